import type { Evidence, MaxConcurrency, Method } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { END_KIND } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import type { Capacity } from '../../capacity.js';
import { cite } from '../../cite.js';
import type { Saturation } from '../../saturation/saturation.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Inference } from '../inference.js';
import { isCalledThread } from '../reuse/names.js';
import type { ClientEstimate } from './from-client.js';
import { type Accepted, acceptedOf } from './from-sockets.js';
import { childrenOf } from './processes.js';

/** Kinds of sign, each from another source or another look at the data, from which the limit is beyond doubt. */
const SIGNS_FOR_HIGH = 2;
/** One sign alone will do if others waited for so long at the limit, ms, by a clock that both sides bound. */
const LONG_WAIT_MS = 1500;
/** Requests turned away at the limit, and hardly any elsewhere, that leave no doubt of it. */
const MANY_TURNED_AWAY = 5;
/** Pairs of begin and client from which the clock is beyond doubt. */
const PAIRS_FOR_HIGH = 10;
/** The client's estimate and the sockets' count are of the same thing where they differ by no more than this share. */
const NEAR_SHARE = 0.15;
/** Two counts of the same thing may differ by so much: a snapshot is not taken in an instant. */
const SAME = 1;

/** Methods that are the same count, looked at in two ways. */
const COUNTED_IN_LOG: ReadonlySet<string> = new Set(['max.method.sweep', 'max.method.plateau', 'max.method.workers']);

/** The most requests in service at one instant. */
export const maxConcurrency = {
  id: 'maxConcurrency',
  infer: ({ view, capacity, saturation }) =>
    capacity && saturation ? fromLog(view, capacity, saturation) : withoutLog(view),
  failed: (reason) => unknown(say('note.inferenceFailed', { inference: 'maxConcurrency', reason }), []),
} satisfies Inference<'maxConcurrency'>;

function fromLog(view: View, capacity: Capacity, saturation: Saturation): MaxConcurrency {
  const methods = methodsOf(view, capacity, saturation);
  const unproven = isUnproven(view, capacity);
  const certain = capacity.low === capacity.high && !view.service!.lossy;
  const settled = !unproven && (certain || isSettled(view, methods, capacity));
  // Lines written at the end alone say nothing of requests that a dying server never ended.
  const unseen = view.timeline.served!.beginsDerived && view.outage !== undefined;
  const bound = !saturation.saturated || unseen ? 'at-least' : settled ? 'exact' : 'estimate';
  const value = bound === 'at-least' ? lowest(capacity) : capacity.value;
  // Of an incomplete log every other method's count is possible too.
  const told =
    view.service!.lossy || unproven
      ? [...methods.flatMap(({ value: n }) => (typeof n === 'number' ? [n] : [])), acceptedOf(view)?.value ?? value]
      : [];
  const low = Math.min(Math.max(1, capacity.low), value, ...told);
  const high = Math.max(capacity.high, value, ...told);
  return {
    bound,
    confidence:
      bound === 'exact' ? surenessOfLimit(view, capacity, saturation, methods) : surenessOfPeak(view, capacity, bound),
    value,
    ...(low === high || bound === 'exact' ? {} : { range: { low, high } }),
    statement: {
      exact: say('max.exact', { n: value }),
      'at-least': say('max.atLeast', { n: value }),
      estimate: say('max.range', { n: value, low, high }),
    }[bound],
    evidence: [...reached(view, capacity, value), ...saturation.signals.flatMap(({ evidence }) => evidence)],
    methods,
    caveats: caveatsOf(view, capacity, saturation, methods),
    recordNext: nextOf(view, capacity, bound),
  };
}

/**
 * The server died before it had finished enough for lost lines to show, and look after look showed more accepted while others waited.
 */
function isUnproven(view: View, { value }: Capacity): boolean {
  const accepted = acceptedOf(view);
  const few = view.outage !== undefined && view.service!.typical!.complete < PAIRS_FOR_HIGH;
  return few && accepted?.steady === true && accepted.value > value;
}

/** What can be promised as "at least": of an uncertain count what is sure, but never less than one request. */
const lowest = ({ low, high, value }: Capacity): number => (low === high ? value : Math.max(1, low));

const agreeing = (methods: readonly Method[], value: number): number =>
  methods.filter(({ agrees, value: v }) => agrees && typeof v === 'number' && Math.abs(v - value) <= SAME).length;

/**
 * Where the count is open, one more or less is another limit: only the very same number settles it, or what the sockets show look after
 * look if the log's count is next to it.
 */
function isSettled(view: View, methods: readonly Method[], { value, plateau, slots, slotsKnown }: Capacity): boolean {
  // The count that held and the workers that were there are no one count looked at twice.
  if (view.service!.lossy)
    return seconded(methods, value) || (plateau === value && slots === value && slotsKnown === true);
  const accepted = acceptedOf(view);
  const held = accepted?.steady === true && accepted.value === value;
  // Computed begins on a coarse clock are one blurred picture, in whatever way it is counted.
  if (view.timeline.served!.beginsDerived && !seconded(methods, value)) return false;
  return methods.filter((one) => one.value === value).length >= 2 || (held && agreeing(methods, value) >= 2);
}

/** Two counts of different things say the very same: what a log lost, its peak and its plateau lack both. */
const seconded = (methods: readonly Method[], value: number): boolean => {
  const same = methods.filter((one) => one.value === value);
  return same.length >= 2 && same.some(({ name }) => !COUNTED_IN_LOG.has(name.id));
};

function methodsOf(view: View, capacity: Capacity, { saturated }: Saturation): readonly Method[] {
  const { value, sweep, plateau, slots } = capacity;
  const methods: Method[] = [method(say('max.method.sweep', {}), sweep, value)];
  if (plateau !== undefined && saturated) methods.push(method(say('max.method.plateau', {}), plateau, value));
  if (slots !== undefined) methods.push(method(say('max.method.workers', {}), slots, value));
  const accepted = acceptedOf(view);
  // Accepted requests may wait inside; then the number says nothing of the limit and is no method.
  // Nor does it if clients gave up while they were being served.
  const gaveUp = accepted !== undefined && accepted.value < value && accepted.high >= value;
  if (accepted && !gaveUp && accepted.value <= value + SAME && (saturated || accepted.value >= value)) {
    methods.push(method(nameOf(accepted), accepted.value, value));
  }
  const children = childrenOf(view.timeline);
  if (children && Math.abs(children.value - value) <= SAME) {
    methods.push(method(say('max.method.processes', {}), children.value, value));
  }
  // The client's interval is open by a few, mostly; where it leaves one number only, that is a count of its own.
  const client = view.byClient();
  if (saturated && client?.kind === 'limited' && client.low === client.high && client.value === value) {
    methods.push(method(say('max.method.little', {}), client.value, value));
  }
  return methods;
}

const nameOf = ({ by }: Accepted): Message =>
  by === 'owned' ? say('max.method.sockets', {}) : say('max.method.accepted', {});

const method = (name: Message, found: number, value: number): Method => ({
  name,
  value: found,
  agrees: Math.abs(found - value) <= SAME,
});

function surenessOfLimit(
  view: View,
  capacity: Capacity,
  { signals, waitedMs }: Saturation,
  methods: readonly Method[],
) {
  const signs = signals.filter(({ holds }) => holds).length;
  const { clock } = view.timeline;
  const others = methods.filter(({ name }) => name.id !== 'max.method.sweep');
  const bothSides = clock.method === 'causality' || agreeing(others, capacity.value) >= 2;
  const clear = waitedMs >= LONG_WAIT_MS && bothSides && clock.matched >= PAIRS_FOR_HIGH;
  // Where the count itself is open, only the very same number of others settles it: one more or less is another limit.
  const same = others.filter(({ value }) => value === capacity.value).length;
  if (capacity.low !== capacity.high && same < 2) return 'medium';
  // A log that lost lines may have lost begins of which nothing else speaks.
  const { lossy, mended } = view.service!;
  if ((lossy || mended.begins > 0) && agreeing(others, capacity.value) < 2) return 'medium';
  // Whatever it tells in several ways it tells by the same lines.
  if (lossy && !seconded(methods, capacity.value)) return 'medium';
  // One that a dying server never finished may lack its last begins too, unless it tells of many ends after the peak.
  const { served } = view.timeline;
  const endsAfter = served!.end.filter((end, i) => served!.endLine[i]! > 0 && end > capacity.at).length;
  if (view.outage && mended.ends > 0 && endsAfter < PAIRS_FOR_HIGH && same < 2) return 'medium';
  const away = signals.some(({ id, holds, value }) => id === 'turned-away' && holds && value >= MANY_TURNED_AWAY);
  const inHand = hasWorkerEach(view, capacity) || seconded(methods, capacity.value);
  if (served!.learned && signs < SIGNS_FOR_HIGH && !inHand) return 'medium';
  return signs >= SIGNS_FOR_HIGH || clear || away ? 'high' : 'medium';
}

/** A learned line may tell of who waits inside, too, unless whoever is counted has a worker, or a thread of its own, to itself. */
function hasWorkerEach({ timeline, service }: View, { slots, value }: Capacity): boolean {
  if (slots !== undefined) return slots === value;
  return service!.typical?.sequential === true && timeline.served!.workers.every(isCalledThread);
}

function surenessOfPeak(view: View, capacity: Capacity, bound: 'at-least' | 'estimate') {
  if (bound === 'estimate') return capacity.high - capacity.low <= Math.max(2, 0.1 * capacity.value) ? 'medium' : 'low';
  if (capacity.low !== capacity.high || view.timeline.served!.learned) return 'medium';
  return 'high';
}

/** The line with which the count was reached, and the first end. */
function reached({ timeline, service }: View, { at }: Capacity, n: number): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const i = service!.begin.findIndex((begin, k) => begin === at && service!.beginLine[k]! > 0);
  const place = (k: number, line: number) => ({ source: service!.source[k]!, line });
  if (i >= 0)
    evidence.push(cite(timeline, place(i, service!.beginLine[i]!), say('max.says.reached', { n, id: undefined })));
  let first = -1;
  for (let k = 0; k < service!.count; k++) {
    if (service!.endLine[k]! > 0 && service!.end[k]! >= at && (first < 0 || service!.end[k]! < service!.end[first]!))
      first = k;
  }
  if (first >= 0) evidence.push(cite(timeline, place(first, service!.endLine[first]!), say('max.says.firstEnd', {})));
  return evidence;
}

function caveatsOf(
  view: View,
  capacity: Capacity,
  { saturated }: Saturation,
  methods: readonly Method[],
): readonly Message[] {
  const { service, timeline, inFlight, outage } = view;
  const caveats: Message[] = [];
  if (!saturated) {
    caveats.push(say('max.caveat.notSaturated', { inFlight: inFlight ? peak(inFlight).value : undefined }));
  }
  const inferred = timeline.served!.endKind.some((kind) => kind === END_KIND.inferred);
  if (service!.mended.begins + service!.mended.ends > 0 && (service!.lossy || inferred || service!.mended.ends > 0)) {
    caveats.push(say('max.caveat.mended', { ...service!.mended }));
  }
  if (timeline.served!.beginsDerived && capacity.low !== capacity.high) {
    caveats.push(say('max.caveat.coarse', { resolutionMs: timeline.served!.resolutionMs }));
  }
  if (timeline.served!.learned) caveats.push(say('max.caveat.learned', {}));
  if (outage) caveats.push(say('max.caveat.outage', {}));
  for (const { name, value, agrees } of methods) {
    if (!agrees && typeof value === 'number') {
      caveats.push(say('max.caveat.disagree', { method: name, value, n: capacity.value }));
    }
  }
  return caveats;
}

function nextOf(view: View, capacity: Capacity, bound: MaxConcurrency['bound']): readonly Message[] {
  if (bound === 'at-least') {
    return [view.timeline.samples ? say('max.next.more', { n: 2 * capacity.value }) : say('next.client', {})];
  }
  return bound === 'estimate' ? [say('max.next.ms', {})] : [];
}

function withoutLog(view: View): MaxConcurrency {
  const { samples } = view.timeline;
  const client = view.byClient();
  const accepted = acceptedOf(view);
  if (accepted?.atLimit) return bySockets(view, accepted, client?.kind === 'limited' ? client : undefined);
  if (client) return byClient(client);
  if (accepted && accepted.value > 0) return bySockets(view, accepted, undefined);
  const why = samples || view.looks.length > 0 ? say('max.why.noRequests', {}) : say('max.why.noLog', {});
  return unknown(why, [say('max.next.log', {})]);
}

function bySockets(view: View, accepted: Accepted, client: ClientEstimate | undefined): MaxConcurrency {
  // Accepted connections may wait inside the server: in service is between what the client suggests and all of them.
  const apart = client && Math.abs(client.value - accepted.value);
  const near = apart !== undefined && apart <= Math.max(SAME, NEAR_SHARE * accepted.value);
  const value = client && !near && client.value < accepted.value ? client.value : accepted.value;
  const low = Math.min(value, client?.low ?? 1, accepted.low);
  // Of few, one more or less is a share that matters.
  const same = apart === undefined || apart <= NEAR_SHARE * accepted.value;
  // Between two looks more may have been accepted, up to all that were in flight; at the limit the looks show the most.
  const underWay = accepted.atLimit || !view.inFlight ? 0 : peak(view.inFlight).value;
  const highest = Math.max(accepted.high, underWay, same ? 0 : client!.value);
  const settled = accepted.steady && accepted.oneEach && same;
  return {
    bound: settled ? 'exact' : 'estimate',
    confidence: near || accepted.steady ? 'medium' : 'low',
    value,
    ...(settled ? {} : { range: { low: Math.max(1, low), high: Math.max(highest, value) } }),
    statement: settled ? say('max.exact', { n: value }) : say('max.estimate.sockets', { n: value }),
    evidence: [
      cite(
        view.timeline,
        accepted.place,
        say('backlog.says.established', { established: accepted.place.value, inService: undefined }),
      ),
    ],
    methods: [
      method(nameOf(accepted), accepted.value, value),
      ...(client ? [{ name: say('max.method.little', {}), value: client.value, agrees: near }] : []),
    ],
    caveats: settled ? [] : [say('max.caveat.acceptedMayWait', {})],
    recordNext: [say('max.next.log', {})],
  };
}

function byClient({ kind, value, low, high }: ClientEstimate): MaxConcurrency {
  return {
    bound: 'estimate',
    confidence: 'low',
    value,
    range: { low, high },
    statement:
      kind === 'limited'
        ? say('max.estimate.client', { n: value, low, high })
        : say('max.estimate.unlimited', { n: value }),
    evidence: [],
    methods: [
      { name: kind === 'limited' ? say('max.method.little', {}) : say('max.method.inFlight', {}), value, agrees: true },
    ],
    caveats: [say('max.caveat.clientOnly', {})],
    recordNext: [say('max.next.log', {})],
  };
}

function unknown(why: Message, recordNext: readonly Message[]): MaxConcurrency {
  return {
    bound: 'unknown',
    confidence: 'low',
    statement: say('max.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext,
  };
}
