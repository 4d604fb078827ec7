import type { Evidence, Method, Overload, OverloadOutcome } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { type ClientSamples, type FailureKind, OUTCOME_CODE, OUTCOMES } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import { cite, placeOfSample } from '../../cite.js';
import { coverageOf, isClientPartial } from '../../service/coverage.js';
import { lifetimeOf, listenedUntil } from '../../service/lifetime.js';
import type { Outage } from '../../service/outage.js';
import { sortNumbers } from '../../stats/order.js';
import { nearestRank } from '../../stats/quantile.js';
import { spansAtLeast, touches } from '../../stats/spans.js';
import type { View } from '../../view.js';
import { overflowsOf } from '../backlog/connected.js';
import type { Facts, Inference } from '../inference.js';

/** Kinds in the contract's order, by which ties are decided; `other` tells nothing of overload. */
const KINDS = OUTCOMES.filter(
  (kind): kind is Exclude<FailureKind, 'other'> => kind !== 'succeeded' && kind !== 'other' && kind !== 'abandoned',
);
/** By these the server itself says that it sheds load, whatever else is known. */
const SHEDDING: ReadonlySet<string> = new Set(['http-429', 'http-503', 'connect-timeout']);
/** In these ways a server ends requests by itself. */
const FAILED_BY_SERVER = new Set<number>(
  (['refused', 'reset', 'server-error'] as const).map((kind) => OUTCOME_CODE[kind]),
);
/** What becomes of requests when the server dies. */
const BY_DEATH: ReadonlySet<FailureKind> = new Set(['refused', 'reset']);
/** What becomes of them while the server still runs, but ails. */
const AILING: ReadonlySet<FailureKind> = new Set(['read-timeout', 'server-error']);
/** A request cut so long before or after a worker's exit died with the worker, ms. */
const DIED_WITH_WORKER_MS = 2000;
/** Connections cut within so long were cut by one event, ms. */
const ONE_MOMENT_MS = 1500;
/** A clock with steps up to this shows any wait that matters, ms. */
const FINE_MS = 100;
/** Looks further apart than so many steps of a coarse clock let a queue come and go unseen. */
const LOOKS_PER_STEP = 2;
/** Stretches between two moments at the limit that are shorter than this belong to it, ms. */
const NEAR_LIMIT_MS = 2000;
/** The server says itself that it sheds load: from so much of the limit on that is believed. */
const NEAR_SHARE = 0.8;
/** So few connections cut are no habit of a server. */
const FEW_CUT = 2;
/** Cut after so much of the usual time in service, a request was in service. */
const CUT_LATE = 0.1;
/** Requests that take no more than so many times as long as the quick ones did not wait for each other. */
const SLOWED_BY = 1.5;
/** A queue that no source shows in service may still be told by so many waiting clients. */
const SOME_WAITED = 2;

/** So many connections cut or refused, and such a share of all, are no accident, though no limit shows at which it was. */
const MANY_CUT = 5;
const CUT_SHARE = 0.25;

/** What happened to requests beyond capacity and backlog. */
export const overload = {
  id: 'overload',
  infer: (facts) => (facts.view.timeline.samples ? fromClient(facts) : withoutClient(facts)),
  failed: (reason) => unknown(say('note.inferenceFailed', { inference: 'overload', reason })),
} satisfies Inference<'overload'>;

function fromClient(facts: Facts): Overload {
  const { view } = facts;
  const fates = fatesOf(facts);
  const kind = commonest(fates.byKind);
  if (kind !== undefined && !(kind === 'reset' && isStray(facts, fates))) return turnedAway(facts, kind, fates);
  if (view.outage) return outage(view, fates);
  const waited = queuedEvidence(facts);
  if (waited) return queued(facts, waited, fates);
  if ((!view.service || view.front) && isUneven(view.timeline.samples!)) {
    return { ...unknown(say('overload.why.uneven', {})), recordNext: [say('max.next.log', {})] };
  }
  if (!view.service && view.byClient()?.kind === 'open') {
    return { ...unknown(say('overload.why.steady', {})), recordNext: [say('max.next.log', {})] };
  }
  const cut = cutOff(view.timeline.samples!);
  if (cut >= MANY_CUT && cut >= CUT_SHARE * view.timeline.samples!.count) {
    return { ...unknown(say('overload.why.cut', { requests: cut })), recordNext: [say('overload.next.more', {})] };
  }
  return noneObserved(facts, fates);
}

/** Connections that were refused or cut, and requests that the server failed. */
const cutOff = ({ outcome }: ClientSamples): number =>
  outcome.reduce((n, code) => n + (FAILED_BY_SERVER.has(code) ? 1 : 0), 0);

/** The slow among the answered took much longer than the quick: without a log it can't be told whether they waited or were more work. */
function isUneven({ outcome, elapsed }: ClientSamples): boolean {
  const times = sortNumbers(elapsed.filter((ms, i) => outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(ms)));
  return times.length > 0 && nearestRank(times, 0.9) > SLOWED_BY * nearestRank(times, 0.1);
}

interface Fates {
  /** Failures that the limit explains, by kind: indices of samples. */
  readonly byKind: ReadonlyMap<FailureKind, readonly number[]>;
  readonly unrelated: number;
  readonly withWorker: number;
  /** Of the unrelated, those that the server's death refused or cut. */
  readonly withServer: number;
  /** Of the unrelated, those that ended before the server's death. */
  readonly gaveUpBefore: number;
  readonly failed: number;
}

/** Sorts the failures: those that the limit explains, those that died with a worker or the server, and the rest. */
function fatesOf({ view, saturation, capacity }: Facts): Fates {
  const { timeline, outage: died } = view;
  const samples = timeline.samples!;
  const end = timeline.to ?? Number.POSITIVE_INFINITY;
  const near = capacity && spansAtLeast(capacity.steps, Math.ceil(NEAR_SHARE * capacity.value), end);
  // A count from which lines are lost is seldom just at its highest.
  const held = view.service?.lossy ? near : capacity && spansAtLeast(capacity.steps, capacity.value, end);
  const limit = saturation?.saturated ? held : undefined;
  const since = (limit && near?.from[0]) ?? Number.NEGATIVE_INFINITY;
  const byKind = new Map<FailureKind, number[]>();
  const unended = unendedSamples(view);
  const covered = coverageOf(timeline);
  // The server says itself what it ran out of.
  const exhausted = saturation?.signals.some(({ id, holds }) => id === 'exhausted' && holds) === true;
  const alive = refusedAlive(view);
  let unrelated = 0;
  let withWorker = 0;
  let withServer = 0;
  let gaveUpBefore = 0;
  let failed = 0;
  for (let i = 0; i < samples.count; i++) {
    const kind = OUTCOMES[samples.outcome[i]!]!;
    if (kind === 'succeeded' || kind === 'abandoned') continue;
    failed++;
    const from = samples.start[i]!;
    const to = from + samples.elapsed[i]!;
    const uncovered = covered !== undefined && (to < covered.from || from > covered.to);
    const said = kind === 'server-error' && exhausted;
    // When a log that lost lines first came near its limit is not known.
    const late = to >= since - NEAR_LIMIT_MS || (SHEDDING.has(kind) && view.service?.lossy === true);
    // Who gave up reading and was never begun had waited in a queue, wherever that stood.
    const inVain = kind === 'read-timeout' && !died && neverBegun(view, i);
    const shed = said || inVain;
    const byLimit = shed || (limit ? late && relates(kind, limit, from, to) : mayRelate(kind, view) || alive.has(i));
    const withIt = died !== undefined && ofOutage(died, kind, from, to) && !alive.has(i);
    if (withIt) withServer++;
    if (kind === 'other' || withIt) unrelated++;
    else if (diedWithWorker(view, i, to, unended)) withWorker++;
    else if (uncovered || byLimit) {
      const list = byKind.get(kind);
      if (list) list.push(i);
      else byKind.set(kind, [i]);
    } else {
      unrelated++;
      if (died) gaveUpBefore++;
    }
  }
  return { byKind, unrelated, withWorker, withServer, gaveUpBefore, failed };
}

/** A log that is whole has no begin for the sample. */
const neverBegun = ({ begunAt, service, showsAllBegins }: View, i: number): boolean =>
  begunAt !== undefined && Number.isNaN(begunAt[i]!) && service?.lossy === false && showsAllBegins;

/** A dying server refuses and cuts; what it still answered, and what timed out before, is no part of its death. */
const ofOutage = ({ at, until }: Outage, kind: FailureKind, from: number, to: number): boolean =>
  to >= at - (BY_DEATH.has(kind) ? NEAR_LIMIT_MS : 0) && from <= (until ?? Number.POSITIVE_INFINITY);

/** With the limit known: it held at some time while the request was on its way. */
const relates = (kind: FailureKind, limit: Parameters<typeof touches>[0], from: number, to: number): boolean =>
  SHEDDING.has(kind) || touches(limit, from - NEAR_LIMIT_MS, to + NEAR_LIMIT_MS);

/**
 * With no limit seen in the log, only what the server says by itself counts; without a log every failure may be the limit's, unless the
 * server died: what ailed it explains late answers and errors as well.
 */
const mayRelate = (kind: FailureKind, { service, outage: died }: View): boolean =>
  SHEDDING.has(kind) || (service === undefined && (died === undefined || !AILING.has(kind)));

/**
 * Refused while the server lived on, by more than restart it: it turned them away, also where no limit shows (lines of the log are lost, say).
 */
function refusedAlive({ timeline, outage: died }: View): ReadonlySet<number> {
  const { start, elapsed, outcome } = timeline.samples!;
  const life = lifetimeOf(timeline);
  const end = died?.at ?? Number.POSITIVE_INFINITY;
  const to = Math.max(Math.min(life.to, end) - NEAR_LIMIT_MS, listenedUntil(timeline, end));
  const refused = new Set<number>();
  for (const [i, code] of outcome.entries()) {
    if (code === OUTCOME_CODE.refused && start[i]! > life.from && start[i]! + elapsed[i]! < to) refused.add(i);
  }
  return refused.size >= MANY_CUT ? refused : new Set();
}

/** The request was in service, no line ended it, and the client's connection was cut: the worker died under it. */
function diedWithWorker({ timeline, begunAt }: View, i: number, to: number, unended: ReadonlySet<number>): boolean {
  const samples = timeline.samples!;
  const kind = samples.outcome[i];
  if (kind !== OUTCOME_CODE.reset && kind !== OUTCOME_CODE['server-error']) return false;
  if (!begunAt || Number.isNaN(begunAt[i]!)) return false;
  if (kind === OUTCOME_CODE.reset && unended.has(i)) return true;
  return timeline.notices.some(
    ({ notice, time }) =>
      notice.kind === 'worker-exit' && time !== undefined && Math.abs(time - to) <= DIED_WITH_WORKER_MS,
  );
}

/** Samples whose request the log begins and never ends. */
function unendedSamples({ service }: View): ReadonlySet<number> {
  const unended = new Set<number>();
  for (let k = 0; service && k < service.count; k++) if (service.endLine[k] === 0) unended.add(service.sample[k]!);
  return unended;
}

function commonest(byKind: Fates['byKind']): Exclude<FailureKind, 'other'> | undefined {
  let best: Exclude<FailureKind, 'other'> | undefined;
  for (const kind of KINDS) {
    const n = byKind.get(kind)?.length ?? 0;
    if (n > 0 && n > (best === undefined ? 0 : byKind.get(best)!.length)) best = kind;
  }
  return best;
}

function turnedAway(facts: Facts, outcome: Exclude<FailureKind, 'other'>, fates: Fates): Overload {
  const { view, saturation } = facts;
  const { timeline } = view;
  const list = fates.byKind.get(outcome)!;
  const samples = timeline.samples!;
  const first = list.reduce((a, b) => (samples.start[b]! < samples.start[a]! ? b : a));
  const requests = list.length;
  const methods: Method[] = [
    { name: say('overload.method.client', {}), value: requests, agrees: true },
    ...support(facts, outcome),
  ];
  const agreeing = methods.filter(({ agrees }) => agrees).length;
  // Of another kind more failed, which only the time sets apart from the limit; or what was cut had been served for a while, and the lines
  // of a worker's death may be lost.
  const contested =
    failuresOf(samples, outcome) < mostFailures(samples, fates.byKind) ||
    (outcome === 'reset' && view.service?.lossy === true && list.every((i) => isCutLate(view, i)));
  const plain = saturation?.saturated === true && !contested && !(outcome === 'reset' && cutLastOfAll(samples, list));
  const others = [...fates.byKind].filter(([kind]) => kind !== outcome).map(([kind, of]) => `${kind} ${of.length}`);
  return {
    bound: (agreeing >= 2 && !contested) || plain ? 'exact' : 'estimate',
    confidence: (agreeing >= 2 && !contested) || plain ? 'high' : 'medium',
    outcome,
    onsetAt: samples.start[first]!,
    requests,
    statement: say('overload.kind', { outcome, requests, failed: fates.failed }),
    evidence: [
      cite(timeline, placeOfSample(timeline, first), say('overload.says.first', { outcome })),
      ...exceptionEvidence(view, outcome),
    ],
    methods,
    caveats: [
      ...(others.length > 0 ? [say('overload.caveat.otherKinds', { kinds: others.join(', ') })] : []),
      ...leftOut(fates),
    ],
    recordNext: [],
  };
}

const failuresOf = ({ outcome }: ClientSamples, kind: FailureKind): number =>
  outcome.reduce((n, code) => n + (code === OUTCOME_CODE[kind] ? 1 : 0), 0);

/** The most failures of one kind, of those that the limit explains in part. */
const mostFailures = (samples: ClientSamples, byKind: Fates['byKind']): number =>
  Math.max(...[...byKind.keys()].map((kind) => failuresOf(samples, kind)));

/** So long after its sending that the request may have been in service. */
const isCutLate = ({ timeline, service }: View, i: number): boolean =>
  timeline.samples!.elapsed[i]! > CUT_LATE * (service?.typical?.service.median ?? 0);

/**
 * A connection or two that were cut long after they had come in, while others waited and were served: a worker died under them, of which
 * the log has no line. A limit cuts at once, and a full queue would show.
 */
function isStray({ view, saturation, found }: Facts, { byKind }: Fates): boolean {
  const { timeline, service } = view;
  const list = byKind.get('reset') ?? [];
  const mayBeLost =
    service?.lossy === true || coverageOf(timeline) !== undefined || timeline.served?.beginsDerived === true;
  return (
    mayBeLost &&
    saturation?.saturated === true &&
    list.length <= FEW_CUT &&
    list.every((i) => isCutLate(view, i)) &&
    found.backlog?.bound !== 'exact'
  );
}

/** All were cut within a moment, and nobody was answered any more: a limit would have gone on, the end of the server looks so. */
function cutLastOfAll({ start, elapsed, outcome }: ClientSamples, list: readonly number[]): boolean {
  const ends = list.map((i) => start[i]! + elapsed[i]!);
  const last = ends.reduce((a, b) => Math.max(a, b));
  if (ends.some((end) => end < last - ONE_MOMENT_MS)) return false;
  return outcome.every((code, i) => code !== OUTCOME_CODE.succeeded || !(start[i]! + elapsed[i]! > last));
}

/** What other sources say of the same fate. */
function support({ view }: Facts, outcome: FailureKind): readonly Method[] {
  const { timeline, looks } = view;
  if (outcome === 'connect-timeout') {
    const overflow = overflowsOf(view);
    const stuck = Math.max(0, ...looks.map(({ synSent }) => synSent?.value ?? 0));
    return [
      ...(overflow ? [{ name: say('overload.method.counters', {}), value: overflow.by, agrees: true }] : []),
      ...(stuck > 0 ? [{ name: say('overload.method.sockets', {}), value: stuck, agrees: true }] : []),
    ];
  }
  if (outcome === 'server-error') {
    const n = timeline.notices.filter(({ notice }) => notice.kind === 'exception').length;
    return n > 0 ? [{ name: say('overload.method.log', {}), value: n, agrees: true }] : [];
  }
  if (outcome === 'http-429' || outcome === 'http-503') {
    const status = Number(outcome.slice(5));
    const n = timeline.served?.status.reduce((sum, code) => sum + (code === status ? 1 : 0), 0) ?? 0;
    return n > 0 ? [{ name: say('overload.method.status', {}), value: n, agrees: true }] : [];
  }
  return [];
}

function exceptionEvidence({ timeline }: View, outcome: FailureKind): readonly Evidence[] {
  if (outcome !== 'server-error') return [];
  for (const one of timeline.notices) {
    if (one.notice.kind === 'exception')
      return [cite(timeline, one, say('overload.says.exception', { name: one.notice.name }))];
  }
  return [];
}

const leftOut = ({ unrelated, withWorker }: Fates): readonly Message[] => [
  ...(unrelated > 0 ? [say('overload.caveat.unrelated', { requests: unrelated })] : []),
  ...(withWorker > 0 ? [say('overload.caveat.workerDied', { requests: withWorker })] : []),
];

function outage(view: View, fates: Fates): Overload {
  const { timeline, outage: died } = view;
  // Without a log nobody knows whether those who gave up before had met a limit.
  const open = (!view.service && fates.gaveUpBefore > 0) || died!.byCuts === true;
  const first = OUTCOMES[timeline.samples!.outcome[died!.sample]!]!;
  const says =
    died!.evidence?.kind === 'server-stop' ? say('overload.says.stopped', {}) : say('overload.says.listenerGone', {});
  return {
    bound: open ? 'estimate' : 'exact',
    // A server that refuses at its limit and is not seen again looks the same, unless another source says that it went.
    confidence: died!.evidence && !open ? 'high' : 'medium',
    outcome: 'outage',
    onsetAt: died!.at,
    requests: fates.withServer,
    statement: say('overload.outage', { requests: fates.withServer }),
    evidence: [
      cite(timeline, placeOfSample(timeline, died!.sample), say('overload.says.first', { outcome: first })),
      ...(died!.evidence ? [cite(timeline, died!.evidence, says)] : []),
    ],
    methods: [
      { name: say('overload.method.client', {}), value: fates.withServer, agrees: true },
      ...brokenOff(view),
      ...(died!.evidence ? [{ name: says, value: undefined, agrees: true }] : []),
    ],
    caveats: [],
    recordNext: [say('overload.next.more', {})],
  };
}

/** Requests that the log begins and never ends, beside those that the client knows to have failed. */
function brokenOff({ timeline, service }: View): readonly Method[] {
  const open = service && !timeline.served?.beginsDerived ? timeline.served?.open : 0;
  return open ? [{ name: say('overload.method.brokenOff', {}), value: open, agrees: true }] : [];
}

interface Waited {
  readonly from?: number;
  readonly requests?: number;
  readonly sure: boolean;
}

/** Whether capacity was reached at all. */
function queuedEvidence({ view, saturation, found }: Facts): Waited | undefined {
  if (saturation?.saturated) return { sure: true, ...(saturation.from === undefined ? {} : { from: saturation.from }) };
  const waiting = found.backlog?.value ?? 0;
  if (waiting >= SOME_WAITED && found.backlog?.where !== 'none' && view.service) return { sure: false };
  if (saturation?.crowded) return { sure: false };
  // A log that is there for a part of the run only does not speak for the rest.
  if (view.service && !view.front && !coverageOf(view.timeline)) return undefined;
  const queue = view.looks.filter(({ queued }) => (queued?.value ?? 0) > 0).length;
  if (queue >= SOME_WAITED) return { sure: true };
  const client = view.byClient();
  return client?.kind === 'limited' ? { sure: false } : undefined;
}

function queued({ view }: Facts, { from, sure }: Waited, fates: Fates): Overload {
  const { timeline, begunAt } = view;
  let longest = -1;
  let ms = 0;
  for (let i = 0; begunAt && i < begunAt.length; i++) {
    const wait = begunAt[i]! - timeline.samples!.start[i]!;
    if (wait > ms) {
      ms = wait;
      longest = i;
    }
  }
  return {
    bound: sure ? 'exact' : 'estimate',
    confidence: sure ? 'high' : 'medium',
    outcome: 'queued',
    ...(from === undefined ? {} : { onsetAt: from }),
    statement: say('overload.queued', {}),
    evidence:
      longest < 0 ? [] : [cite(timeline, placeOfSample(timeline, longest), say('overload.says.waited', { ms }))],
    methods: [{ name: say('overload.method.client', {}), value: 0, agrees: true }],
    caveats: leftOut(fates),
    recordNext: [],
  };
}

function noneObserved({ view, capacity }: Facts, fates: Fates): Overload {
  // A log that lost lines hides who waited, one that is cut or does not pair with the client tells of a part only.
  const told = view.waiting !== undefined || view.looks.length > 0;
  const fine = showsWaits(view);
  // Nor is a wait ruled out where it is open how many were in service.
  const counted = capacity !== undefined && capacity.low === capacity.high;
  const sure = counted && view.service?.lossy !== true && told && fine && isWhole(view);
  return {
    bound: sure ? 'exact' : 'estimate',
    confidence: sure && fates.unrelated === 0 ? 'high' : 'medium',
    outcome: 'none-observed',
    statement: say('overload.noneObserved', {}),
    evidence: [],
    methods: [{ name: say('overload.method.client', {}), value: 0, agrees: true }],
    caveats: leftOut(fates),
    recordNext: view.service ? [say('overload.next.more', {})] : [],
  };
}

/** Log and client's record are there for the whole run. */
const isWhole = ({ timeline }: View): boolean => !coverageOf(timeline) && !isClientPartial(timeline);

/** On a clock whose steps are as long as a request takes a wait does not show, but in looks as close as its steps, or at the client if all took alike. */
function showsWaits({ timeline, service, looks }: View): boolean {
  const { resolutionMs = 0 } = timeline.served ?? {};
  if (resolutionMs <= FINE_MS || resolutionMs < (service?.typical?.service.median ?? 0)) return true;
  const times = [timeline.from, ...looks.map(({ at }) => at), timeline.to].filter((time) => time !== undefined);
  const close = times.every((time, k) => k === 0 || time - times[k - 1]! <= LOOKS_PER_STEP * resolutionMs);
  return (looks.length > 0 && close) || !isUneven(timeline.samples!);
}

/** The log's word counts only for requests of which the client says nothing: here, all. */
function withoutClient({ view }: Facts): Overload {
  const exhausted = view.timeline.notices.find(
    ({ notice }) => notice.kind === 'exception' && notice.resource !== undefined,
  );
  if (!exhausted) return unknown(say('overload.why.noClient', {}));
  return {
    ...unknown(say('overload.why.noClient', {})),
    bound: 'estimate',
    outcome: 'server-error',
    statement: say('overload.kind', { outcome: 'server-error', requests: 1, failed: 1 }),
    evidence: exceptionEvidence(view, 'server-error'),
    methods: [{ name: say('overload.method.log', {}), value: 1, agrees: true }],
  };
}

function unknown(why: Message): Overload & { outcome: OverloadOutcome } {
  return {
    bound: 'unknown',
    confidence: 'low',
    outcome: 'unknown',
    statement: say('overload.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext: [say('next.client', {})],
  };
}
