import type { Evidence } from '../../../model/finding.js';
import type { Timeline } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { cite, placeOfSample } from '../../cite.js';
import { FINE_MS } from '../../fine.js';
import { lacksRows } from '../../service/coverage.js';
import { peak } from '../../stats/steps.js';
import { mostBetween } from '../../stats/within.js';
import { TURNED_AWAY_AT_ONCE } from '../../turned-away.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import type { Connected } from './connected.js';
import { overflowsOf } from './overflows.js';
import type { Queue } from './queues.js';
import { LOOKS_AT_FULL, PASSING, SAME, SAME_SHARE } from './thresholds.js';
import { hangingAt, type Outside, outsideOf } from './unconnected.js';

/** Why the queue counts as having had no room. */
export interface Full {
  readonly signs: number;
  /** It is a queue inside the server, which no line shows: the number is a difference of others. */
  readonly inner?: boolean;
  readonly evidence: readonly Evidence[];
}

/** So many looks that show the same number are a queue that stands full, and not one that comes and goes. */
const LOOKS_OF_PLATEAU = 4;

/** … and so many one that stands full inside the server. */
const LOOKS_STEADY = 3;

/** Signs that the queue had no room for more. A full kernel queue means that the server took no more either. */
export function fullness(
  facts: Facts,
  queues: readonly Queue[],
  top: Queue,
  connected: Connected | undefined,
): Full | undefined {
  const { view } = facts;
  const { timeline } = view;
  const evidence: Evidence[] = [];
  let signs = 0;
  const above = queues.filter(({ look }) => look.full);
  if (above.length > 0) signs++;
  const kernelTop = queues.reduce((a, b) => (b.kernel > a.kernel ? b : a));
  const atTop = queues.filter(({ kernel }) => kernel > 0 && kernel >= kernelTop.kernel - 1).length;
  const outside = outsideOf(view, queues);
  const stuck = queues.filter((queue) => outside.get(queue)!.count > 0);
  // A queue that is known to hold more was full between two looks, and nobody saw how long it was then.
  const reached = kernelTop.look.limit === undefined || kernelTop.kernel > kernelTop.look.limit;
  const full = kernelTop.kernel > 0 && atTop >= LOOKS_AT_FULL && (reached || above.length > 0);
  // Whom no look lists may have asked again between two of them, and found room until then.
  const listed = stuck.some(({ look }) => hangingAt(look) > 0);
  const told = listed || standsAt(queues, kernelTop) || (connected && Math.abs(connected.value - top.total) <= 1);
  if (full && told && stuck.length >= LOOKS_AT_FULL && !hadRoom(queues, outside)) {
    signs++;
    evidence.push(evidenceOf(timeline, stuck, outside));
  }
  const overflow = overflowsOf(view);
  if (full && overflow && !mayBeLonger(view, kernelTop, connected)) {
    signs++;
    evidence.push(cite(timeline, overflow, say('backlog.says.overflow', { counter: overflow.name, by: overflow.by })));
  }
  // While the kernel's queue fills, whoever is turned away is so for another reason.
  if (signs === 0 && (top.server ?? 0) > 0)
    return kernelTop.kernel <= PASSING ? innerLimit(facts, queues, connected) : undefined;
  // Where it is open how many were in service, the part inside is a difference that may be too large, and no limit.
  if (facts.found.maxConcurrency?.bound === 'estimate' && (top.server ?? 0) > 0) return undefined;
  // Of the longest queue only what was seen while the kernel's part had no room is the most that there can be.
  if (!top.look.full && top.kernel < kernelTop.kernel - 1) return undefined;
  return signs > 0 ? { signs, evidence } : undefined;
}

/** Look after look shows the very same length: a queue that is filled up again and again would be seen shorter, too. */
const standsAt = (queues: readonly Queue[], { kernel }: Queue): boolean =>
  queues.filter((queue) => queue.kernel === kernel).length >= LOOKS_OF_PLATEAU;

/** The look at which most were left outside, or the first of them in the client's record. */
function evidenceOf(timeline: Timeline, stuck: readonly Queue[], outside: ReadonlyMap<Queue, Outside>): Evidence {
  const most = stuck.reduce((a, b) => ((b.look.synSent?.value ?? 0) > (a.look.synSent?.value ?? 0) ? b : a)).look;
  const { synSent, synRecv } = most;
  if (synSent && synSent.value > 0) return cite(timeline, synSent, say('backlog.says.synSent', { n: synSent.value }));
  if (synRecv && synRecv.value > 0) return cite(timeline, synRecv, say('backlog.says.synRecv', { n: synRecv.value }));
  const { count, sample } = stuck.map((queue) => outside.get(queue)!).reduce((a, b) => (b.count > a.count ? b : a));
  return cite(timeline, placeOfSample(timeline, sample!), say('backlog.says.unconnected', { n: count }));
}

/**
 * The queue got shorter while as many clients as before were without a connection: they wait to ask again, a second or more, and may find room.
 * Where no two looks in a row show the longest with no fewer outside, nobody saw how long it was when they were left out.
 *
 *     in the queue   99 99 95 99 96 92      room: 99 is what a look after the last question showed      99 99 99 89 99      full
 *     outside        75 72 72 65 65 65                                                                 75 75 81 81 70
 */
function hadRoom(queues: readonly Queue[], outside: ReadonlyMap<Queue, Outside>): boolean {
  const hanging = (queue: Queue) => outside.get(queue)!.count;
  const most = Math.max(...queues.map(({ kernel }) => kernel));
  let room = false;
  for (const [i, queue] of queues.entries()) {
    const before = queues[i - 1];
    if (!before || hanging(before) === 0 || hanging(queue) < hanging(before)) continue;
    if (queue.kernel >= most && before.kernel >= most) return false;
    room ||= queue.kernel < before.kernel;
  }
  return room;
}

/**
 * Counters say that a queue overflowed, but not when: of one whose limit no look tells, and that stood at its longest in a few looks, more may have
 * waited between two, unless the clients that can have waited are no more.
 */
function mayBeLonger({ looks }: View, top: Queue, connected: Connected | undefined): boolean {
  if (top.look.limit !== undefined) return false;
  const held = looks.filter(({ queued }) => queued?.value === top.look.queued?.value).length;
  return held < LOOKS_OF_PLATEAU && (!connected || peak(connected.atMost).value > top.total + 1);
}

/** A queue inside the server is full where the next requests were turned away while it was at its longest. */
function innerLimit(
  { saturation, view, found }: Facts,
  queues: readonly Queue[],
  connected: Connected | undefined,
): Full | undefined {
  // Of a record that is a part nobody knows whether more waited between two looks.
  if (view.clientPartial || lacksRows(view.timeline)) return undefined;
  // The number is a difference: where lines are lost or stamps are coarse it may be off, and no limit.
  if (view.service?.lossy) return undefined;
  const away = saturation?.signals.find(({ id, holds }) => id === 'turned-away' && holds);
  // Who is turned away after a wait was in the queue: it ends by time and not by length.
  if (!away || waitedInVain(view) >= SOME_IN_VAIN * away.value) return undefined;
  const most = Math.max(...queues.map(({ total }) => total));
  const steady = queues.filter(({ total }) => total === most).length;
  // Unless look after look shows the very number that the clients tell, beside all workers.
  const sharp = found.maxConcurrency?.bound === 'exact' && steady >= LOOKS_STEADY && connected?.value === most;
  if ((view.timeline.served?.resolutionMs ?? 0) > FINE_MS && !sharp) return undefined;
  const same = Math.max(SAME, SAME_SHARE * most);
  // Where the clients count many more no look was taken while it was full.
  if (connected && connected.value > most + same) return undefined;
  const atTop = queues.filter(({ total }) => total >= most - same).length;
  return atTop >= LOOKS_AT_FULL ? { signs: 1, inner: true, evidence: away.evidence } : undefined;
}

/** Turned away after so long, a request had a place in the queue, ms. */
const IN_VAIN_MS = 1000;
/** As a share of those that were turned away. */
const SOME_IN_VAIN = 0.5;

const waitedInVain = ({ timeline, begunAt }: View): number => {
  const { samples } = timeline;
  if (!samples || !begunAt) return 0;
  return samples.outcome.reduce(
    (n, code, i) =>
      n + (TURNED_AWAY_AT_ONCE.has(code) && Number.isNaN(begunAt[i]!) && samples.elapsed[i]! > IN_VAIN_MS ? 1 : 0),
    0,
  );
};

/** So many must have been turned away … */
const MANY_AWAY = 5;
/** … and so much of them while the queue was at its longest, give or take one. */
const AWAY_AT_TOP = 0.9;

/**
 * Client and log alone show a queue full: whenever somebody was turned away it was at its longest.
 *
 *     waiting   20      ┌──────────────┐
 *                    ┌──┘ x x xx x  x  └──┐    x turned away
 */
export function turnedAwayAtTop({ view }: Facts, connected: Connected | undefined, top: Queue): boolean {
  const { samples, served } = view.timeline;
  if (!connected || !samples || connected.mayBeUnconnected) return false;
  // Of a log that is a part nobody knows who waited beyond it.
  if (view.coverage && peak(connected.atMost).value > connected.value + SAME) return false;
  // Of short waits some pass for a hiccup and are not counted: they must be none, or a look show as many as are.
  const whole = peak(connected.withShort).value <= connected.value + 1;
  if (!whole && connected.value !== top.total) return false;
  const steps = whole ? connected.withShort : connected.steps;
  if (
    view.service?.lossy ||
    !view.showsAllBegins ||
    (served?.resolutionMs ?? 0) > FINE_MS ||
    connected.value < MANY_AWAY
  )
    return false;
  const cut = view.cutWithWorker();
  let away = 0;
  let atTop = 0;
  for (let i = 0; i < samples.count; i++) {
    if (!TURNED_AWAY_AT_ONCE.has(samples.outcome[i]!) || !Number.isNaN(view.begunAt![i]!) || cut.has(i)) continue;
    if (samples.elapsed[i]! > IN_VAIN_MS) return false;
    away++;
    const start = samples.start[i]!;
    if (mostBetween(steps, start, start + samples.elapsed[i]!) >= connected.value - 1) atTop++;
  }
  return away >= MANY_AWAY && atTop >= AWAY_AT_TOP * away;
}
