import type { OverloadOutcome, ReusePattern, Where, WorkerUnit } from '../../../src/model/finding.js';
import { OUTCOMES } from '../../../src/model/samples.js';
import type { Setup } from './setup.js';
import type { SimRequest, World } from './world.js';

/** What the findings must come to, by the contract's definitions, known because the run was made up. */
export interface Truth {
  readonly maxConcurrency: {
    readonly value: number;
    /** Time at the maximum with others waiting or turned away, ms. */
    readonly saturatedMs: number;
    /** Others were turned away at the maximum. */
    readonly turnedAway: number;
  };
  readonly backlog: {
    readonly value: number;
    readonly kernel: number;
    readonly server: number;
    readonly where: Where;
    /** How long it was full with more to come, ms. */
    readonly fullMs: number;
  };
  readonly reuse: {
    readonly pattern: ReusePattern;
    /** As true, where the run shows too little of a rule. */
    readonly also?: ReusePattern;
    readonly unit?: WorkerUnit;
    readonly workers: number;
    /** Requests of workers that had served before. */
    readonly again: number;
    readonly recycledAfter?: number;
  };
  readonly overload: { readonly outcome: OverloadOutcome; readonly requests: number };
  /** When the last thing happened, ms since the first request. */
  readonly endsAt: number;
  readonly clock: { readonly zoneMinutes: number; readonly offsetMs: number; readonly driftPpm: number };
}

interface Change {
  readonly at: number;
  readonly service: number;
  readonly kernel: number;
  readonly server: number;
  readonly outside: number;
}

/** Reads off a simulated world what an all-knowing observer would say. */
export function truthOf(setup: Setup, world: World): Truth {
  const sweep = sweepOf(setup, world);
  return {
    maxConcurrency: { value: sweep.max, saturatedMs: sweep.saturatedMs, turnedAway: sweep.turnedAway },
    backlog: sweep.backlog,
    reuse: reuseOf(setup, world),
    endsAt: world.endsAt,
    overload: overloadOf(world, sweep.saturatedMs > 0 || sweep.turnedAway > 0, setup),
    clock: { zoneMinutes: setup.clock.zoneMinutes, offsetMs: setup.clock.offsetMs, driftPpm: setup.clock.driftPpm },
  };
}

function changesOf(setup: Setup, { requests }: World): Change[] {
  const router = setup.server.admission.kind === 'router';
  const changes: Change[] = [];
  const put = (from: number, to: number, what: Partial<Change>) => {
    if (!(to > from)) return;
    const all = { service: 0, kernel: 0, server: 0, outside: 0, ...what };
    changes.push({ ...all, at: from });
    changes.push({ at: to, service: -all.service, kernel: -all.kernel, server: -all.server, outside: -all.outside });
  };
  for (const r of requests) {
    const gone = leftAt(setup, r);
    if (!Number.isNaN(r.begunAt)) put(r.begunAt, r.endedAt, { service: 1 });
    if (Number.isNaN(r.connectedAt)) put(r.sentAt, r.overAt, { outside: 1 });
    else {
      put(r.sentAt, r.connectedAt, { outside: 1 });
      const accepted = first(r.acceptedAt, gone);
      const begun = first(r.begunAt, gone);
      put(r.connectedAt, Math.min(accepted, begun), { kernel: 1 });
      if (router) {
        put(r.acceptedAt, first(r.handedOnAt, gone), { server: 1 });
        put(r.handedOnAt, begun, { kernel: 1 });
      } else put(r.acceptedAt, begun, { server: 1 });
    }
  }
  return changes.sort((a, b) => a.at - b.at || a.service - b.service);
}

/** When a request that is never begun leaves the queue: with an error at once; whoever gave up stands in it as long as the server lives. */
function leftAt({ server }: Setup, { begunAt, overAt, outcome }: SimRequest): number {
  if (!Number.isNaN(begunAt) || Number.isNaN(overAt)) return Number.POSITIVE_INFINITY;
  const gaveUp = outcome === 'read-timeout' || outcome === 'abandoned';
  return gaveUp ? (server.diesAt ?? Number.POSITIVE_INFINITY) : overAt;
}

const first = (at: number, otherwise: number): number => (Number.isNaN(at) ? otherwise : at);

function sweepOf(setup: Setup, world: World) {
  const changes = changesOf(setup, world);
  const { max, backlog } = maximaOf(changes);
  let saturatedMs = 0;
  let fullMs = 0;
  let service = 0;
  let waiting = 0;
  let outside = 0;
  let last = Number.NaN;
  for (const change of changes) {
    const ms = change.at - last;
    if (ms > 0 && service === max && waiting + outside > 0) saturatedMs += ms;
    if (ms > 0 && waiting === backlog.value && waiting > 0 && outside > 0) fullMs += ms;
    service += change.service;
    waiting += change.kernel + change.server;
    outside += change.outside;
    last = change.at;
  }
  const inside = setup.server.admission.kind === 'accept-all' && Number.isFinite(setup.server.admission.queue);
  const died = setup.server.diesAt ?? Number.POSITIVE_INFINITY;
  // Whom a dead server refuses no limit turned away.
  const away = world.requests.filter((one) => turnedAway(one) && one.overAt < died);
  const away0 =
    away.length > 0 ? Math.max(...away.map(({ overAt }) => overAt)) - Math.min(...away.map(({ sentAt }) => sentAt)) : 0;
  const kernelFull = world.overflows.length > 0 ? fullMs : 0;
  return {
    max,
    saturatedMs,
    turnedAway: away.length,
    backlog: {
      ...backlog,
      where: whereOf(backlog.kernel, backlog.server),
      fullMs: inside && away.length > 0 ? Math.max(away0, kernelFull) : kernelFull,
    },
  };
}

const turnedAway = ({ outcome, begunAt }: SimRequest): boolean =>
  Number.isNaN(begunAt) && outcome !== 'succeeded' && outcome !== 'abandoned' && outcome !== 'read-timeout';

/** Waits this short are a request on its way through, ms. */
const PASSING_MS = 1;

function maximaOf(changes: readonly Change[]) {
  let max = 0;
  const at = { service: 0, kernel: 0, server: 0 };
  let backlog = { value: 0, kernel: 0, server: 0 };
  for (const [i, change] of changes.entries()) {
    at.service += change.service;
    at.kernel += change.kernel;
    at.server += change.server;
    max = Math.max(max, at.service);
    const holds = (changes[i + 1]?.at ?? Number.POSITIVE_INFINITY) - change.at;
    const value = at.kernel + at.server;
    if (value > backlog.value && holds > PASSING_MS) {
      backlog = { value, kernel: at.kernel, server: at.server };
    }
  }
  return { max, backlog };
}

/** A part so small beside the other that it makes no second place. */
const SMALL = 0.05;

function whereOf(kernel: number, server: number): Where {
  if (kernel + server === 0) return 'none';
  const small = Math.max(2, SMALL * (kernel + server));
  if (server <= small && kernel > server) return 'kernel';
  if (kernel <= small && server > kernel) return 'server';
  return 'both';
}

function reuseOf({ server }: Setup, { requests }: World): Truth['reuse'] {
  const served = requests.filter(({ begunAt }) => !Number.isNaN(begunAt));
  const pattern = patternOf(server, served);
  return { ...pattern, again: served.length - pattern.workers };
}

function patternOf(server: Setup['server'], served: readonly SimRequest[]): Omit<Truth['reuse'], 'again'> {
  const firstEnd = Math.min(...served.map(({ endedAt }) => endedAt));
  const chances = served.filter(({ begunAt }) => begunAt > firstEnd).length;
  const workers = new Set(served.map(({ worker }) => `${worker!.pid}/${worker!.thread}`)).size;
  const unit = unitOf(server);
  const loop =
    server.workers === 'event-loop' &&
    served.some((r) =>
      served.some((q) => q !== r && q.worker?.pid === r.worker?.pid && q.begunAt < r.endedAt && q.begunAt > r.begunAt),
    );
  if (server.workers === 'shared-name') return { pattern: 'unknown', workers };
  // Idents that happened not to be given again tell that each request had a thread of its own.
  if (server.workers === 'recycled-ident')
    return { pattern: 'unknown', workers, ...(workers === served.length ? { also: 'per-request' as const } : {}) };
  if (loop) return { pattern: 'event-loop', unit: 'coroutine', workers };
  if (chances === 0) return { pattern: 'inconclusive', unit, workers };
  if (server.workers === 'thread-per-request' || server.workers === 'process-per-request')
    return { pattern: 'per-request', unit, workers };
  const slots = server.workers === 'single' ? 1 : server.capacity;
  // A pool that gave each request another of its workers looks like a server that makes one for each.
  const once = workers === served.length ? { also: 'per-request' as const } : {};
  const base = { pattern: workers === 1 ? ('single' as const) : ('reused' as const), unit, workers, ...once };
  if (server.recycleAfter === undefined || workers <= slots) return base;
  const recycled = { unit, workers, recycledAfter: server.recycleAfter };
  if (workers >= 2 * slots + 1) return { ...recycled, pattern: 'recycled' };
  return { ...recycled, pattern: base.pattern, also: 'recycled' };
}

/** Where every process shows a single thread, the unit is the process. */
function unitOf({ workers, capacity, processes }: Setup['server']): WorkerUnit {
  const single = workers === 'thread-pool' && capacity === processes;
  // An event loop that never had two at once is a process with one thread.
  const loop = workers === 'event-loop';
  return single || loop || workers === 'process-per-request' || workers === 'process-pool' || workers === 'single'
    ? 'process'
    : 'thread';
}

function overloadOf(world: World, reached: boolean, setup: Setup): Truth['overload'] {
  const dies = setup.server.diesAt;
  const byKind = new Map<string, number>();
  for (const one of world.requests) {
    if (one.outcome === 'succeeded' || one.outcome === 'abandoned') continue;
    // Whoever gave up before the worker died had no part in that.
    const withWorker = one.cut && one.outcome === 'reset';
    if (withWorker || (dies !== undefined && one.overAt >= dies)) continue;
    byKind.set(one.outcome, (byKind.get(one.outcome) ?? 0) + 1);
  }
  let outcome: OverloadOutcome | undefined;
  for (const kind of OUTCOMES) {
    const n = byKind.get(kind) ?? 0;
    if (n > 0 && n > (outcome === undefined ? 0 : byKind.get(outcome)!)) outcome = kind as OverloadOutcome;
  }
  if (outcome !== undefined && reached) return { outcome, requests: byKind.get(outcome)! };
  if (dies !== undefined && world.requests.some(({ overAt }) => overAt >= dies))
    return { outcome: 'outage', requests: 0 };
  return { outcome: reached ? 'queued' : 'none-observed', requests: 0 };
}
