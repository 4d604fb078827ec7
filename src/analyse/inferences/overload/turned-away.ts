import type { Evidence, Method, Overload } from '../../../model/finding.js';
import { type ClientSamples, type FailureKind, OUTCOME_CODE } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import { cite, placeOfSample } from '../../cite.js';
import { isSentOver } from '../../service/outage/cuts.js';
import type { View } from '../../view.js';
import { overflowsOf } from '../backlog/overflows.js';
import type { Facts } from '../inference.js';
import { sentAtTop } from './at-top.js';
import { type Fates, leftOut, MANY_CUT, neverBegun } from './fates.js';
import { queuedEvidence } from './waited.js';

/** Connections cut within so long were cut by one event, ms. */
const ONE_MOMENT_MS = 1500;

/** So few connections cut are no habit of a server. */
const FEW_CUT = 2;

/** Cut after so much of the usual time in service, a request was in service. */
const CUT_LATE = 0.1;

export function turnedAway(facts: Facts, outcome: Exclude<FailureKind, 'other'>, fates: Fates): Overload {
  const { view, saturation } = facts;
  const { timeline } = view;
  const list = fates.byKind.get(outcome)!;
  const samples = timeline.samples!;
  const first = list.reduce((a, b) => (samples.start[b]! < samples.start[a]! ? b : a));
  const requests = list.length;
  const methods: Method[] = [
    { name: say('overload.method.client', {}), value: requests, agrees: true },
    ...support(facts, outcome, list),
  ];
  const agreeing = methods.filter(({ agrees }) => agrees).length;
  // Of another kind more failed, which only the time sets apart from the limit; or what was cut had been served for a while, and the lines
  // of a worker's death may be lost.
  const contested =
    failuresOf(samples, outcome) < mostFailures(samples, fates.byKind) ||
    (outcome === 'reset' && view.service?.lossy === true && list.every((i) => isCutLate(view, i)));
  // HTTP 429 says itself that there were too many.
  const limited = saturation?.saturated === true || outcome === 'http-429';
  // Without a message it is told by time alone that connections were cut.
  const untold = outcome === 'reset' && samples.untold !== undefined;
  const plain = limited && !contested && !untold && !(outcome === 'reset' && cutAtOnce(samples, list));
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
      ...(untold ? [say('overload.caveat.untold', {})] : []),
      ...(others.length > 0 ? [say('overload.caveat.otherKinds', { kinds: others.join(', ') })] : []),
      ...leftOut(fates),
    ],
    recordNext: untold ? [say('overload.next.messages', {})] : [],
  };
}

const failuresOf = ({ outcome }: ClientSamples, kind: FailureKind): number =>
  outcome.reduce((n, code) => n + (code === OUTCOME_CODE[kind] ? 1 : 0), 0);

/** The most failures of one kind, of those that the limit explains in part. */
const mostFailures = (samples: ClientSamples, byKind: Fates['byKind']): number =>
  Math.max(...[...byKind.keys()].map((kind) => failuresOf(samples, kind)));

/** So long after its sending that the request may have been in service. */
const isCutLate = ({ timeline, service, byClient }: View, i: number): boolean =>
  timeline.samples!.elapsed[i]! > CUT_LATE * (service?.typical?.service.median ?? byClient()?.serviceMs ?? 0);

/**
 * A connection or two that were cut long after they had come in, or several in one moment, while others waited and were served: a worker
 * died under them, of which the log has no line. A limit cuts at once, and a full queue would show; nor does it cut while there is room.
 */
export function isStray(facts: Facts, { byKind }: Fates): boolean {
  const { view, saturation, found } = facts;
  const { timeline, service, coverage } = view;
  const list = byKind.get('reset') ?? [];
  const mayBeLost = service?.lossy !== false || coverage !== undefined || timeline.served?.beginsDerived === true;
  const waited = saturation?.saturated === true || (!service && queuedEvidence(facts) !== undefined);
  if (!mayBeLost || !waited || !(list.length <= FEW_CUT || cutTogether(timeline.samples!, list))) return false;
  return hadRoom(view, list) || (list.every((i) => isCutLate(view, i)) && found.backlog?.bound !== 'exact');
}

/** Far more were under way at another time than when any of these was sent, and the server had room for them. */
function hadRoom({ timeline, ended }: View, list: readonly number[]): boolean {
  const cut = new Set(list);
  return ended !== undefined && sentAtTop(timeline.samples!, ended, (i) => cut.has(i)).length === 0;
}

/**
 * All were cut within a moment, after which nobody was answered any more, or however long they had been on their way: a limit would have
 * gone on, and cut each when it came. The end of the server looks so.
 */
function cutAtOnce(samples: ClientSamples, list: readonly number[]): boolean {
  const { start, elapsed, outcome } = samples;
  const last = list.reduce((latest, i) => Math.max(latest, start[i]! + elapsed[i]!), Number.NEGATIVE_INFINITY);
  if (list.some((i) => start[i]! + elapsed[i]! < last - ONE_MOMENT_MS)) return false;
  const answered = outcome.some((code, i) => code === OUTCOME_CODE.succeeded && start[i]! + elapsed[i]! > last);
  return !answered || isSentOver(samples, list);
}

/** Cut within a moment, however long each had been on its way: something died that held them all. */
function cutTogether(samples: ClientSamples, list: readonly number[]): boolean {
  const ends = Float64Array.from(list, (i) => samples.start[i]! + samples.elapsed[i]!).sort();
  return ends.at(-1)! - ends[0]! <= ONE_MOMENT_MS && isSentOver(samples, list);
}

/** Counters and sockets show that the kernel let no more in. */
function kernelsWord(view: View): readonly Method[] {
  const overflow = overflowsOf(view);
  const stuck = Math.max(0, ...view.looks.map(({ synSent }) => synSent?.value ?? 0));
  return [
    ...(overflow ? [{ name: say('overload.method.counters', {}), value: overflow.by, agrees: true }] : []),
    ...(stuck > 0 ? [{ name: say('overload.method.sockets', {}), value: stuck, agrees: true }] : []),
  ];
}

/** What other sources say of the same fate. */
function support({ view }: Facts, outcome: FailureKind, list: readonly number[]): readonly Method[] {
  const { timeline } = view;
  // Who gave up reading had a connection for all the client knew; the server may never have had it.
  if (outcome === 'connect-timeout' || (outcome === 'read-timeout' && list.every((i) => neverBegun(view, i)))) {
    return kernelsWord(view);
  }
  if (outcome === 'reset') return cutWhenFull(view, list);
  if (outcome === 'server-error') {
    const n = timeline.notices.filter(({ notice }) => notice.kind === 'exception').length;
    return n > 0 ? [{ name: say('overload.method.log', {}), value: n, agrees: true }] : [];
  }
  if (outcome === 'http-429' || outcome === 'http-503') {
    const status = Number(outcome.slice(5));
    const told = timeline.served?.status ?? timeline.endsOnly?.status;
    const served = told?.reduce((sum, code) => sum + (code === status ? 1 : 0), 0) ?? 0;
    const n = served + (view.rejected.get(status) ?? 0);
    return n > 0 ? [{ name: say('overload.method.status', {}), value: n, agrees: true }] : [];
  }
  return [];
}

/** The log begins none of those that were cut, and each came when about as many as ever were under way: there was no room for it. */
function cutWhenFull(view: View, list: readonly number[]): readonly Method[] {
  const { samples } = view.timeline;
  if (list.length < MANY_CUT || cutAtOnce(samples!, list) || !list.every((i) => neverBegun(view, i))) return [];
  const cut = new Set(list);
  const full = sentAtTop(samples!, view.ended!, (i) => cut.has(i)).length;
  return full === cut.size ? [{ name: say('overload.method.full', {}), value: full, agrees: true }] : [];
}

export function exceptionEvidence({ timeline }: View, outcome: FailureKind): readonly Evidence[] {
  if (outcome !== 'server-error') return [];
  for (const one of timeline.notices) {
    if (one.notice.kind === 'exception')
      return [cite(timeline, one, say('overload.says.exception', { name: one.notice.name }))];
  }
  return [];
}
