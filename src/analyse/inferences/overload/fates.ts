import { append } from '../../../model/append.js';
import type { Message } from '../../../model/message.js';
import { type FailureKind, OUTCOME_CODE, OUTCOMES } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { lifetimeOf, listenedUntil } from '../../service/lifetime.js';
import { PRINT_MS } from '../../service/outage/ends.js';
import type { Outage } from '../../service/outage/outage.js';
import { spansAtLeast, touches } from '../../stats/spans.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import { turnedAwayAtTop } from './at-top.js';

/** By these the server itself says that it sheds load, whatever else is known. */
const SHEDDING: ReadonlySet<string> = new Set(['http-429', 'http-503', 'connect-timeout']);

/** What becomes of requests when the server dies. */
const BY_DEATH: ReadonlySet<FailureKind> = new Set(['refused', 'reset']);

/** What becomes of them while the server still runs, but ails. */
const AILING: ReadonlySet<FailureKind> = new Set(['read-timeout', 'server-error']);

/** Stretches between two moments at the limit that are shorter than this belong to it, ms. */
const NEAR_LIMIT_MS = 2000;

/** The server says itself that it sheds load: from so much of the limit on that is believed. */
const NEAR_SHARE = 0.8;

/** Of the time until the client gave up, so much spent waiting is why it did. */
const WAITED_SHARE = 0.5;
/** Handshakes that one look catches half-way by chance are fewer. */
const HANGING = 5;
/** So many looks at a queue of so many are no moment in which connections come in. */
const LOOKS_OF_QUEUE = 2;
const LONG_QUEUE = 2;
/** So many connections cut or refused are no accident. */
export const MANY_CUT = 5;

export interface Fates {
  /** Failures that the limit explains, by kind: indices of samples. */
  readonly byKind: ReadonlyMap<FailureKind, readonly number[]>;
  /** Failures that nothing explains, by kind. */
  readonly unexplained: ReadonlyMap<FailureKind, number>;
  readonly unrelated: number;
  readonly withWorker: number;
  /** All of these were the last that shows of the server: it may have died, and not a worker. */
  readonly last: boolean;
  /** Of the unrelated, those that the server's death refused or cut. */
  readonly withServer: number;
  /** Of the unrelated, those that ended before the server's death. */
  readonly gaveUpBefore: number;
  readonly failed: number;
}

/**
 * Sorts the failures: those that the limit explains, those that died with a worker or the server, and the rest.
 *
 * @param waited others had to wait
 */
export function fatesOf(facts: Facts, waited: boolean): Fates {
  const { timeline, outage } = facts.view;
  const samples = timeline.samples!;
  const whose = explains(facts, waited);
  const byKind = new Map<FailureKind, number[]>();
  const unexplained = new Map<FailureKind, number>();
  const of = { limit: 0, worker: 0, server: 0, other: 0, none: 0 };
  let firstCut = Number.POSITIVE_INFINITY;
  for (let i = 0; i < samples.count; i++) {
    const kind = OUTCOMES[samples.outcome[i]!]!;
    if (kind === 'succeeded' || kind === 'abandoned') continue;
    const by = whose(kind, i);
    of[by]++;
    if (by === 'worker') firstCut = Math.min(firstCut, samples.start[i]! + samples.elapsed[i]!);
    if (by === 'none') unexplained.set(kind, (unexplained.get(kind) ?? 0) + 1);
    if (by !== 'limit') continue;
    append(byKind, kind, i);
  }
  return {
    byKind,
    unexplained,
    unrelated: of.server + of.other + of.none,
    withWorker: of.worker,
    last: of.worker > 0 && !lives(timeline, firstCut),
    withServer: of.server,
    gaveUpBefore: outage ? of.none : 0,
    failed: of.limit + of.worker + of.server + of.other + of.none,
  };
}

/** Something of the server shows after a time, or the log says that a worker ended. */
function lives(timeline: Timeline, cut: number): boolean {
  const after = cut + PRINT_MS + (timeline.clock.uncertaintyMs ?? 0);
  if (timeline.notices.some(({ notice }) => notice.kind === 'worker-exit')) return true;
  return Math.max(lifetimeOf(timeline).to, listenedUntil(timeline, Number.POSITIVE_INFINITY)) > after;
}

/** What a failure is told by. */
type Cause = 'limit' | 'worker' | 'server' | 'other' | 'none';

function explains({ view, saturation, capacity }: Facts, waited: boolean): (kind: FailureKind, i: number) => Cause {
  const { timeline, outage: died } = view;
  const { start, elapsed } = timeline.samples!;
  const end = timeline.to ?? Number.POSITIVE_INFINITY;
  const near = capacity && spansAtLeast(capacity.steps, Math.ceil(NEAR_SHARE * capacity.value), end);
  // A count from which lines are lost is seldom just at its highest.
  const held = view.service?.lossy ? near : capacity && spansAtLeast(capacity.steps, capacity.value, end);
  const limit = saturation?.saturated ? held : undefined;
  const since = (limit && near?.from[0]) ?? Number.NEGATIVE_INFINITY;
  const cut = view.cutWithWorker();
  const covered = view.coverage;
  // The server says itself what it ran out of.
  const exhausted = saturation?.signals.some(({ id, holds }) => id === 'exhausted' && holds) === true;
  const alive = refusedAlive(view);
  const atTop = turnedAwayAtTop(view);
  const inVain = (i: number, from: number, to: number): boolean =>
    neverBegun(view, i, saturation?.crowded) || waitedMost(view, i, from, to);
  const byLimit = (kind: FailureKind, i: number, from: number, to: number): boolean => {
    if ((kind === 'server-error' && exhausted) || atTop.has(i)) return true;
    // Who gave up reading and was never begun, or late, had waited in a queue, wherever that stood.
    if (kind === 'read-timeout' && !died && inVain(i, from, to)) return true;
    // Where no request of the log is known to be the client's, those who gave up while others waited may have waited too.
    if (kind === 'read-timeout' && !died && waited && view.service && view.begunAt === undefined) return true;
    if (kind === 'read-timeout' && !died && queuedMeanwhile(view, i, from, to)) return true;
    if (kind === 'read-timeout' && died && gaveUpInQueue(view, i, died.at)) return true;
    if (kind === 'reset' && hungAtTheDoor(view, i, from, to)) return true;
    if (!limit) return mayRelate(kind, view) || alive.has(i);
    // When a log that lost lines first came near its limit is not known.
    const late = to >= since - NEAR_LIMIT_MS || (SHEDDING.has(kind) && view.service?.lossy === true);
    return late && relates(kind, limit, from, to);
  };
  return (kind, i) => {
    const from = start[i]!;
    const to = from + elapsed[i]!;
    if (died !== undefined && ofOutage(died, kind, from, to) && !alive.has(i) && !atTop.has(i)) return 'server';
    if (kind === 'other') return 'other';
    if (cut.has(i)) return 'worker';
    const uncovered = covered !== undefined && (to < covered.from || from > covered.to);
    return uncovered || byLimit(kind, i, from, to) ? 'limit' : 'none';
  };
}

/**
 * A log that is whole has no begin for the sample; in a crowd that waits, nor need it be whole. One of ends alone lacks whatever was not
 * ended.
 */
export const neverBegun = (
  { begunAt, service, showsAllBegins, timeline }: View,
  i: number,
  crowded: boolean | undefined = false,
): boolean =>
  begunAt !== undefined &&
  Number.isNaN(begunAt[i]!) &&
  (service?.lossy === false || crowded) &&
  showsAllBegins &&
  timeline.served?.beginsDerived !== true;

/** Of ends alone the log has none of it, and look after look taken while it was on its way, as far as clocks tell, shows others waiting to be accepted. */
function queuedMeanwhile({ begunAt, timeline, looks }: View, i: number, from: number, to: number): boolean {
  const { served, clock } = timeline;
  if (served?.beginsDerived !== true || !Number.isNaN(begunAt?.[i] ?? Number.NaN)) return false;
  const apart = clock.method === 'order' ? (clock.uncertaintyMs ?? 0) : 0;
  const queues = looks.filter(
    ({ at, queued, inner }) =>
      at !== undefined &&
      at > from - apart &&
      at < to + apart &&
      Math.max(queued?.value ?? 0, inner?.value ?? 0) >= LONG_QUEUE,
  );
  return queues.length >= LOOKS_OF_QUEUE;
}

/** A log that lost lines does not begin it, and looks before the server's death show others waiting to be accepted: most of these were never begun. */
const gaveUpInQueue = ({ begunAt, service, looks }: View, i: number, diedAt: number): boolean =>
  service?.lossy === true && begunAt !== undefined && Number.isNaN(begunAt[i]!) && queueShows(looks, diedAt);

/** When it was begun, most of the client's patience was over. */
const waitedMost = ({ begunAt }: View, i: number, from: number, to: number): boolean =>
  begunAt !== undefined && begunAt[i]! - from > WAITED_SHARE * (to - from);

/** No begin is known, and a look taken while it was on its way shows handshakes that hang: the kernel had no room, and cut it in the end. */
const hungAtTheDoor = ({ begunAt, looks }: View, i: number, from: number, to: number): boolean =>
  (begunAt === undefined || Number.isNaN(begunAt[i]!)) &&
  looks.some(
    ({ at, synRecv, synSent }) =>
      at !== undefined && at > from && at < to && (synRecv?.value ?? 0) + (synSent?.value ?? 0) >= HANGING,
  );

/** A dying server refuses and cuts; what it still answered, and what timed out before, is no part of its death. */
function ofOutage({ at, shutAt, until }: Outage, kind: FailureKind, from: number, to: number): boolean {
  if (from > (until ?? Number.POSITIVE_INFINITY)) return false;
  if (!BY_DEATH.has(kind)) return to >= at;
  // Of a door that is shut it is known when, by the first whom it refuses.
  return shutAt !== undefined && kind === 'refused' ? to >= shutAt : to >= (shutAt ?? at) - NEAR_LIMIT_MS;
}

/** With the limit known: it held at some time while the request was on its way. */
const relates = (kind: FailureKind, limit: Parameters<typeof touches>[0], from: number, to: number): boolean =>
  SHEDDING.has(kind) || touches(limit, from - NEAR_LIMIT_MS, to + NEAR_LIMIT_MS);

/**
 * With no limit seen in the log, only what the server says by itself counts; without a log, or with that of a server in front alone, every failure
 * may be the limit's, unless the server died: what ailed it explains late answers and errors as well, if no queue showed while it lived.
 */
const mayRelate = (kind: FailureKind, { service, front, outage: died, looks }: View): boolean =>
  SHEDDING.has(kind) ||
  ((service === undefined || front) && (died === undefined || !AILING.has(kind) || queueShows(looks, died.at)));

/** Looks before a time show others waiting to be accepted. */
const queueShows = (looks: View['looks'], before: number): boolean =>
  looks.filter(({ at, queued }) => (at === undefined || at < before) && (queued?.value ?? 0) >= LONG_QUEUE).length >=
  LOOKS_OF_QUEUE;

/**
 * Refused while the server lived on, by more than restart it: it turned them away, also where no limit shows (lines of the log are lost, say).
 */
function refusedAlive({ timeline, outage: died }: View): ReadonlySet<number> {
  const { start, elapsed, outcome } = timeline.samples!;
  const life = lifetimeOf(timeline);
  const end = died?.shutAt ?? died?.at ?? Number.POSITIVE_INFINITY;
  const to = Math.max(Math.min(life.to, end) - NEAR_LIMIT_MS, listenedUntil(timeline, end));
  const refused = new Set<number>();
  for (const [i, code] of outcome.entries()) {
    if (code === OUTCOME_CODE.refused && start[i]! > life.from && start[i]! + elapsed[i]! < to) refused.add(i);
  }
  return refused.size >= MANY_CUT ? refused : new Set();
}

export const leftOut = ({ unrelated, withWorker, last }: Fates): readonly Message[] => [
  ...(unrelated > 0 ? [say('overload.caveat.unrelated', { requests: unrelated })] : []),
  ...(withWorker > 0
    ? [say(last ? 'overload.caveat.cutAtLast' : 'overload.caveat.workerDied', { requests: withWorker })]
    : []),
];
