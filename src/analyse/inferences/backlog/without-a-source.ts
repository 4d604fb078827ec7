import type { Backlog, Where } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { NONE_U32, OUTCOME_CODE } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import { peak, valueAt } from '../../stats/steps.js';
import { AT_ONCE_MS, TURNED_AWAY_AT_ONCE } from '../../turned-away.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import type { Connected } from './connected.js';
import { caveatsOf, lookEvidence, methodsOf, waitEvidence } from './evidence.js';
import { mayHideWaits } from './hidden-waits.js';
import { filledKernel, perhapsNoRoom, toldDepth } from './place.js';
import type { Queue } from './queues.js';
import { LOOKS_AT_FULL, PASSING, PLACED_SHARE, SAME, SMALL_PART, SMALL_SHARE } from './thresholds.js';
import { waitedAtPeak } from './who-waits.js';

/**
 * No log tells who is in service, and the kernel's queue is empty: whoever is connected beyond what max concurrency is estimated at
 * waits inside.
 */
export function withoutBegins({ view, found }: Facts, queues: readonly Queue[]): Backlog {
  const max = found.maxConcurrency;
  const most = queues.reduce((a, b) => ((b.look.established?.value ?? 0) > (a.look.established?.value ?? 0) ? b : a));
  const connected = most.look.established?.value;
  const limited = max?.methods.some(({ name }) => name.id === 'max.method.little');
  const unlimited = view.byClient()?.kind === 'unlimited';
  // Looks at an idle server say nothing of the time when it was busy.
  const busiest = view.inFlight ? peak(view.inFlight).value : 0;
  if (!unlimited && (connected ?? 0) < PLACED_SHARE * busiest && !limited)
    return unknown(say('backlog.why.noBegins', {}), view);
  if (unlimited || tookAlike(view) || (connected !== undefined && connected <= PASSING && busiest <= PASSING))
    return none(view, queues, undefined);
  if (!limited || max?.value === undefined || connected === undefined)
    return unknown(say('backlog.why.noBegins', {}), view);
  // A look and the client's times are no counts of one instant.
  const low = Math.max(0, connected - (max.range?.high ?? max.value) - SAME);
  // Between two looks more may have waited, up to all that were under way; of a record that lacks rows, to those who were seen.
  const underWay = Math.max(connected, busiest);
  // Who has given up may wait on in the server.
  const deserted = Math.max(0, ...view.looks.map(({ closeWait }) => closeWait?.value ?? 0));
  const high = Math.max(low, underWay + deserted + SAME - (max.range?.low ?? max.value));
  const value = Math.min(high, Math.max(low, connected - max.value));
  const where: Where = low > 0 ? 'server' : high > SAME ? 'unknown' : 'none';
  return {
    bound: 'estimate',
    confidence: 'low',
    value,
    range: { low, high },
    where,
    statement: say('backlog.estimate', { n: value, low, high }),
    evidence: lookEvidence(view, most),
    methods: [{ name: say('backlog.method.established', {}), value, agrees: true }],
    caveats: [say('backlog.caveat.placeUnknown', {})],
    recordNext: [say('backlog.next.log', {})],
  };
}

/** So many answers tell what a request takes that does not wait, … */
const ENOUGH_ANSWERS = 20;
/** … and the longest of them took no more than so many times the shortest. */
const ALIKE = 1.25;

/**
 * Every answer took as long as that to the first request, which found the server idle: nobody waited for long. Whoever had no answer was turned away at
 * once.
 */
function tookAlike({ timeline: { samples }, clientPartial }: View): boolean {
  if (!samples || clientPartial) return false;
  let [answers, shortest, longest] = [0, Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < samples.count; i++) {
    const ms = samples.elapsed[i]!;
    if (samples.outcome[i] !== OUTCOME_CODE.succeeded) {
      if (!TURNED_AWAY_AT_ONCE.has(samples.outcome[i]!) || ms > AT_ONCE_MS) return false;
      continue;
    }
    answers++;
    shortest = Math.min(shortest, ms);
    longest = Math.max(longest, ms);
  }
  return answers >= ENOUGH_ANSWERS && longest <= ALIKE * shortest;
}

/**
 * More were connected than were in service: they waited, or were idle. There may have been more between two looks, by as many as ever came from
 * one to the next, and fewer in service than are counted.
 */
export function perhapsIdle({ view, capacity }: Facts, queues: readonly Queue[], top: Queue): Backlog {
  const value = top.total;
  const step = queues.reduce((most, { total }, i) => Math.max(most, total - (queues[i - 1]?.total ?? 0)), 0);
  const high = value + step + (capacity ? capacity.value - capacity.low : 0);
  return {
    bound: 'estimate',
    confidence: 'low',
    value,
    range: { low: 0, high },
    where: 'unknown',
    statement: say('backlog.estimate', { n: value, low: 0, high }),
    evidence: lookEvidence(view, top),
    methods: methodsOf(queues, top, undefined, value),
    caveats: [say('backlog.caveat.placeUnknown', {})],
    recordNext: [say('next.client', {})],
  };
}

/** Nobody waited. */
export function none(view: View, queues: readonly Queue[], connected: Connected | undefined): Backlog {
  const sure = queues.length >= LOOKS_AT_FULL && connected !== undefined && !view.coverage;
  return {
    bound: 'at-least',
    confidence: sure ? 'high' : 'medium',
    value: 0,
    where: 'none',
    kernel: 0,
    server: 0,
    statement: say('backlog.none', {}),
    evidence: queues
      .slice(0, 1)
      .flatMap((queue) => lookEvidence(view, queue))
      .slice(0, 1),
    methods: methodsOf(queues, queues[0]!, connected, 0),
    caveats: [...passing(queues), ...caveatsOf(queues, queues[0]!, false, false)],
    recordNext: [],
  };
}

/** What the looks' curve shows and is no queue. */
function passing(queues: readonly Queue[]): readonly Message[] {
  const most = Math.max(0, ...queues.map(({ kernel }) => kernel));
  return most > 0 && most <= PASSING ? [say('backlog.caveat.passing', { n: most })] : [];
}

/** The most under way at once that were not for sure in service. */
function mostUnserved({ inFlight, surely }: View): number {
  if (!inFlight || !surely) return 0;
  return inFlight.v.reduce((most, n, i) => Math.max(most, n - valueAt(surely, inFlight.t[i]!)), 0);
}

/** Requests in the log that a client's record, if it was cut off, lacks: they may have waited with the others. */
const strangers = ({ service }: View): number =>
  service?.sample.reduce((n, sample) => n + (sample === NONE_U32 ? 1 : 0), 0) ?? 0;

/** Without snapshots: who was sent and not begun; the place is not known, and perhaps not even that all were connected. */
export function fromClient({ view, saturation }: Facts, connected: Connected): Backlog {
  const port = view.timeline.port?.value;
  // The server went on to serve more at once: it had room for those who seemed to wait.
  const unsaturated = saturation !== undefined && !saturation.saturated && !saturation.crowded;
  const perhapsBegun = unsaturated && waitedAtPeak(view, connected);
  const room = unsaturated && !perhapsBegun && !view.service?.lossy;
  const value = room ? 0 : connected.value;
  const methods = [
    { name: say('backlog.method.client', {}), value: connected.value, agrees: connected.value === value },
  ];
  const recordNext = [say('backlog.next.ss', { port })];
  if (value === 0 && mayHideWaits(view)) return unknown(say('backlog.why.coarse', {}), view);
  if (value === 0 && view.coverage) return unknown(say('backlog.why.cut', {}), view);
  if (value === 0) {
    return {
      bound: 'at-least',
      confidence: saturation?.saturated ? 'medium' : 'high',
      value,
      where: 'none',
      statement: say('backlog.none', {}),
      evidence: [],
      methods,
      caveats: [],
      recordNext: [],
    };
  }
  const depth = toldDepth(view);
  // The log counts those that wait inside; who is beyond them may stand in the kernel's queue.
  const where: Where = depth > 0 && value - depth <= Math.max(SMALL_PART, SMALL_SHARE * value) ? 'server' : 'unknown';
  const filled = filledKernel(view, connected);
  if (filled !== undefined) return filledOf(view, connected, filled);
  const uncertain = connected.mayBeUnconnected || perhapsBegun || perhapsNoRoom(view);
  // Who has given up stands in the queue until it is begun.
  const high = Math.max(value, mostUnserved(view) + strangers(view), peak(connected.atMost).value);
  return {
    bound: uncertain ? 'estimate' : 'at-least',
    confidence: uncertain ? 'low' : 'medium',
    value,
    ...(uncertain ? { range: { low: 0, high } } : {}),
    where,
    statement: uncertain
      ? say('backlog.estimate', { n: value, low: 0, high })
      : say('backlog.atLeast', { n: value, where, kernel: undefined, server: undefined }),
    evidence: waitEvidence(view, connected),
    methods,
    caveats: [say('backlog.caveat.placeUnknown', {})],
    recordNext,
  };
}

/** The kernel's queue had no room for more, by the clients that had to ask again. */
function filledOf(view: View, connected: Connected, n: number): Backlog {
  return {
    bound: 'exact',
    confidence: 'medium',
    value: n,
    where: 'kernel',
    kernel: n,
    server: 0,
    statement: say('backlog.exact', { n, where: 'kernel', kernel: n, server: 0 }),
    evidence: waitEvidence(view, connected),
    methods: [{ name: say('backlog.method.client', {}), value: connected.value, agrees: true }],
    caveats: [],
    recordNext: [],
  };
}

/** The recording does not say. */
export function unknown(why: Message, view: View | undefined): Backlog {
  const port = view?.timeline.port?.value;
  const inFlight = view?.inFlight ? peak(view.inFlight).value : 0;
  return {
    bound: 'unknown',
    confidence: 'low',
    where: 'unknown',
    statement: say('backlog.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext: [
      say('backlog.next.ss', { port }),
      ...(inFlight > 0 && !view?.service ? [say('backlog.next.log', {})] : []),
    ],
  };
}
