import type { MaxConcurrency, Where } from '../../../model/finding.js';
import { OUTCOME_CODE } from '../../../model/samples.js';
import { valueAt } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import { acceptedAt } from '../max-concurrency/from-sockets.js';
import type { Connected } from './connected.js';
import { hidingWaits, mayHoldMore } from './may-wait-inside.js';
import type { Queue } from './queues.js';
import {
  PASSING,
  PLACED_IN_ONE,
  PLACED_SHARE,
  SAME,
  SAME_SHARE,
  SMALL_PART,
  SMALL_SHARE,
  SPARSE_MS,
} from './thresholds.js';

/** Clients that could not connect in time, from which a queue had no room for them: one alone may have had another reason. */
const MANY_UNCONNECTED = 3;

/**
 * Connections that nobody lists may stand inside as well, unless the clients that can have been connected are no more than the kernel's
 * queue. So may those whose clients have given up.
 */
export function kernelHoldsAll(view: View, { kernel }: Queue, connected: Connected | undefined): boolean {
  const { looks } = view;
  if (looks.some(hidingWaits(view))) return false;
  if (looks.some(({ established }) => established !== undefined)) return true;
  if (connected === undefined || connected.value <= kernel + Math.max(SAME, SAME_SHARE * kernel)) return true;
  return drainsAlone(looks, connected);
}

/** Looks that show the kernel's queue and nobody beside it, from which there is no queue inside. */
const LOOKS_ALONE = 2;

/**
 * A queue inside the server stands full as long as there is one in the kernel. Where those who had not been begun yet, connected or not, are
 * as many as the kernel's queue when that gets shorter, nobody ever waited inside.
 *
 *     sent, not begun   ████████▇▆▅▄▃▂▁        the rest had no connection yet
 *     in the kernel     ▅▅▅▅▅▅▅▅▅▅▅▄▃▂▁
 */
const drainsAlone = (looks: View['looks'], { atMost }: Connected): boolean =>
  looks.filter(
    ({ at, queued }) =>
      at !== undefined && queued !== undefined && queued.value > PASSING && valueAt(atMost, at) <= queued.value + SAME,
  ).length >= LOOKS_ALONE;

/** The queue and its parts at the instant at which it was longest; a part that nobody saw is absent. */
export interface Parts {
  readonly value: number;
  readonly where: Where;
  readonly kernel: number | undefined;
  readonly server: number | undefined;
}

/** The parts at the fullest look; where client and log saw a longer queue between two looks, that is the value. */
export function partsOf(
  { found, view }: Facts,
  queues: readonly Queue[],
  top: Queue,
  connected: Connected | undefined,
  full: boolean,
): Parts {
  const { kernel, server } = top;
  const events = connected && !connected.mayBeUnconnected ? connected : undefined;
  const place = standsInside(queues, top) ? 'both' : placeOfTop(found.maxConcurrency, view, top, connected);
  const hidden = () =>
    mayHoldMore(view, found.maxConcurrency, top) || queues.map(({ look }) => look).some(hidingWaits(view));
  if (place === 'kernel' && hidden()) return { value: top.total, where: 'unknown', kernel, server: undefined };
  // The kernel holds no more than the backlog and one or two: more were not connected, whatever the client says.
  const fits = place !== 'kernel' || top.look.limit === undefined || (events?.value ?? 0) <= top.look.limit + SAME;
  const between = !full && events !== undefined && events.value > top.total && fits;
  const value = between ? events.value : top.total;
  if (!between) return { value, where: place, kernel, server };
  // Clients that take themselves for connected, and of whom the server knows nothing, got no further than the kernel.
  if (top.total <= PASSING && believed(view) >= Math.max(PASSING + 1, value - top.total - SAME))
    return { value, where: 'kernel', kernel: value, server: 0 };
  // Of a queue that was much longer between two looks nobody saw where the rest stood; what overflows a router's inner queue is in the router.
  // And one or two who wait inside are no more than a look's blur: they are a difference of counts.
  const blurred = place === 'server' && top.total <= PASSING;
  const share = place === 'server' && isSparse(view.looks) ? PLACED_IN_ONE : PLACED_SHARE;
  const seenLittle = Math.max(top.total, toldDepth(view)) < share * value || blurred;
  // Who is accepted and waits says nothing of those that are not accepted; who is not while all are busy waits where the rest does. Of a log that is
  // cut or lost lines only who is beyond all that may be in service counts as inside: it may be the rest.
  const least = view.coverage !== undefined || view.service?.lossy === true;
  const fewSeen = place === 'server' || (top.kernel <= PASSING && (least || isSparse(view.looks)));
  if (place !== 'both' && seenLittle && fewSeen)
    return { value, where: 'unknown', kernel: undefined, server: undefined };
  // Where other looks show some waiting inside beside it, the rest may have stood there.
  if (place === 'kernel' && queues.some((queue) => (queue.server ?? 0) > SMALL_PART && queue.kernel > PASSING))
    return { value, where: 'both', kernel: undefined, server: undefined };
  const innerFull = place === 'kernel' && (top.look.inner?.value ?? 0) > 0;
  if (place === 'kernel' && !innerFull) return { value, where: place, kernel: value, server: 0 };
  if (place === 'server') return { value, where: place, kernel: 0, server: value };
  if (innerFull) return { value, where: 'both', kernel, server: value - kernel };
  // The parts of one look are not those of another instant.
  if (place === 'both') return { value, where: place, kernel: undefined, server: undefined };
  return { value, where: 'unknown', kernel: undefined, server: undefined };
}

/** The most that the log itself says wait inside. */
export const toldDepth = ({ timeline: { notices } }: View): number =>
  Math.max(0, ...notices.map(({ notice }) => (notice.kind === 'queue-depth' ? notice.depth : 0)));

/** A client that the kernel has no room for asks again after a second, ms: its connection takes as long … */
export const ASKED_AGAIN_MS = 900;

/**
 * Whether client and log alone show the kernel's queue full: as many waited as its limit allows, and others were so long in getting their
 * connection that they had to ask again. `undefined` where that is not so, else how many it held.
 */
export function filledKernel(view: View, connected: Connected | undefined): number | undefined {
  const { looks } = view;
  const limit = Math.max(0, ...looks.map((look) => look.limit ?? 0));
  // Linux lets one more in than the backlog says. Of a short one a few more are not the same any more.
  const holds = limit + 1;
  if (!connected || connected.mayBeUnconnected || SAME > SAME_SHARE * holds) return undefined;
  if (Math.abs(connected.value - holds) > SAME) return undefined;
  return perhapsNoRoom(view) ? holds : undefined;
}

/** Many had to ask again: some of them took themselves for connected while the kernel still had no room for them. */
export const perhapsNoRoom = ({ timeline }: View): boolean => askedAgain(timeline) >= MANY_UNCONNECTED;

const askedAgain = ({ samples }: View['timeline']): number =>
  samples?.connect.filter((ms, i) => ms >= ASKED_AGAIN_MS && samples.outcome[i] !== OUTCOME_CODE['connect-timeout'])
    .length ?? 0;

/** Connections that clients have and the server has not: a full queue dropped the last packet of the handshake. */
const believed = ({ looks }: View): number =>
  Math.max(
    0,
    ...looks.map(({ established, clientEstablished }) => (clientEstablished?.value ?? 0) - (established?.value ?? 0)),
  );

/**
 * Parts are those of one instant. A kernel's queue that another look shows full, or that left clients unconnected between two looks, stands
 * beside the one inside the server; in the second case nobody saw how long it was.
 */
export function besidesFull({ view }: Facts, queues: readonly Queue[], parts: Parts): Parts {
  if (parts.where !== 'server') return parts;
  if (queues.some(({ look }) => look.full)) return { ...parts, where: 'both' };
  const timedOut =
    view.timeline.samples?.outcome.filter((code) => code === OUTCOME_CODE['connect-timeout']).length ?? 0;
  return timedOut + askedAgain(view.timeline) < MANY_UNCONNECTED
    ? parts
    : { ...parts, where: 'both', kernel: undefined, server: undefined };
}

/** So many looks that show the same few inside are no blur. */
const LOOKS_ALIKE = 3;

/**
 * A queue inside that is full stays as long as it is while others wait in the kernel:
 *
 *     in the kernel   3  6  2  .
 *     inside          2  2  2  2
 */
function standsInside(queues: readonly Queue[], { kernel, server = 0 }: Queue): boolean {
  const filled = queues.filter((queue) => queue.kernel > 0);
  const alike = queues.filter((queue) => queue.server === server).length;
  return server > 1 && kernel > 0 && alike >= LOOKS_ALIKE && filled.every((queue) => queue.server === server);
}

function placeOfTop(max: MaxConcurrency | undefined, view: View, top: Queue, connected: Connected | undefined): Where {
  // A log that is cut does not tell whether those beyond the most that it shows in service waited inside.
  const accepted = acceptedAt(top.look)?.value ?? 0;
  if (view.coverage && top.kernel > 0 && (top.server ?? 0) === 0 && accepted > (max?.value ?? 0) + SAME)
    return 'unknown';
  if (top.server !== undefined) return placeOf(top.kernel, top.server);
  return kernelHoldsAll(view, top, connected) ? placeWithoutLog(max, top) : 'unknown';
}

/**
 * Without a log only sockets tell. A full inner queue is beside what the router itself holds; the kernel's queue is all there is where
 * the accepted are the same number as the client's response times suggest, or one to a process.
 */
function placeWithoutLog(max: MaxConcurrency | undefined, { kernel, look }: Queue): Where {
  if (look.inner?.full) return 'both';
  if (look.inner && look.inner.value > 0) return 'server';
  // That the sockets agree with themselves says nothing of those who are accepted and wait.
  const seconded = max?.bound === 'exact' || (max?.methods.length ?? 0) > 1;
  const alone =
    max !== undefined &&
    max.confidence !== 'low' &&
    seconded &&
    max.methods.every(({ agrees }) => agrees) &&
    fewInside(max, kernel);
  return kernel > 0 && alone ? 'kernel' : 'unknown';
}

/** The counts of those who are accepted, and of those who are served, leave no more between them than a look's blur. */
function fewInside(max: MaxConcurrency, kernel: number): boolean {
  const inside = apartBy(max);
  return inside <= Math.max(SMALL_PART, SMALL_SHARE * (kernel + inside));
}

function apartBy({ methods }: MaxConcurrency): number {
  const counts = methods.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  return Math.max(...counts) - Math.min(...counts);
}

/** Without a log: as many are accepted, not only read, as the client's times say are served, or one more that is on its way in or out. */
export const noneInside = (max: MaxConcurrency | undefined): boolean =>
  max !== undefined &&
  max.methods.length > 1 &&
  apartBy(max) <= 1 &&
  max.methods.every(({ name }) => name.id !== 'max.method.read');

function placeOf(kernel: number, server: number): Where {
  const share = SMALL_SHARE * (kernel + server);
  if (kernel > 0 && server <= Math.max(SMALL_PART, share) && server <= kernel) return 'kernel';
  // The kernel's part is counted and no difference.
  if (server > 0 && kernel <= Math.max(PASSING, share) && kernel <= server) return 'server';
  return kernel > 0 && server > 0 ? 'both' : 'none';
}

/** A queue may come and go between two looks, or beside the only one. */
export const isSparse = (looks: View['looks']): boolean =>
  looks.filter(({ at }) => at !== undefined).length === 1 || apart(looks) > SPARSE_MS;

/** How far the looks are apart on average, ms. */
export function apart(looks: View['looks']): number {
  const times = looks.flatMap(({ at }) => (at === undefined ? [] : [at]));
  return times.length > 1 ? (times.at(-1)! - times[0]!) / (times.length - 1) : 0;
}
