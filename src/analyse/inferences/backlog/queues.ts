import type { MaxConcurrency } from '../../../model/finding.js';
import { NONE_U32, OUTCOME_CODE } from '../../../model/samples.js';
import type { Look, Seen } from '../../looks.js';
import { hiddenIn, unlinedOf } from '../../service/hidden.js';
import { firstAtLeast } from '../../stats/order.js';
import { between } from '../../stats/spans.js';
import { countOpen, peak, type Steps, timeWhile, valueAt } from '../../stats/steps.js';
import { mostBetween } from '../../stats/within.js';
import { stayedUnread, unreadAt } from '../../unread.js';
import type { View } from '../../view.js';
import type { Connected } from './connected.js';
import { type Covered, coveredBy, type IdleLimit, idleLimit } from './explained.js';
import { hidingWaits } from './may-wait-inside.js';
import { PASSING, SAME_SHARE, SMALL_PART } from './thresholds.js';

/** Commands run for some time after the stamp before them: counts within this time of it are compared, ms. */
const LOOK_TAKES_MS = 500;

/** How long after its stamp a look was taken at the latest, ms. */
export const latest = ({ lateMs = 0 }: Look): number => lateMs + LOOK_TAKES_MS;

/** An inner queue smaller than this may be the look's own blur. */
const SMALLEST_INNER = 2;

/** What one look shows of those who wait. */
export interface Queue {
  readonly look: Look;
  /** In the accept queue of the port that clients connect to; in a router's inner one too, once that is full or others wait before it. */
  readonly kernel: number;
  /** Accepted and not begun, a router's queue included; `undefined` where nothing tells who is in service. */
  readonly server: number | undefined;
  readonly total: number;
  readonly place: Seen;
}

/** Who waits where at each look. */
export function queuesOf(
  view: View,
  connected: Connected | undefined,
  capacity?: number,
  max?: MaxConcurrency,
): readonly Queue[] {
  if (isClientSide(view)) return [];
  const idle = idleLimit(view, connected);
  const hidden = view.service ? hiddenIn(view.service, view.timeline.samples) : (most: number) => most;
  const explained = {
    idle,
    deserted: desertedOf(view),
    limit: max?.bound === 'exact' ? max.value : undefined,
    covered: coveredBy(view),
    unlined: unlinedOf(view.timeline),
    hidden,
    hidesWaits: hidingWaits(view),
    ...(capacity === undefined ? {} : { mostEver: mostEver(view, capacity, hidden) }),
  };
  const leavesUnread = !view.service && stayedUnread(view);
  return view.looks.flatMap((look) => {
    const outer = look.queued ?? look.ownerless;
    if (!outer && !look.established) return [];
    const inner = look.inner?.value ?? 0;
    const queued = outer?.value ?? 0;
    const inside =
      insideOf(view, look, queued, inner, explained, capacity) ??
      besides(look, queued, connected) ??
      (leavesUnread ? unreadAt(look)?.unread.value : undefined);
    const place = (look.inner && inner > queued ? look.inner : outer) ?? look.established!;
    // Behind a router the waiting are accepted already. Their share in a full inner queue is the kernel's, what overflows it the router's.
    const split = look.inner?.full === true || (inside !== undefined && inside > inner);
    const kernel = split ? queued + inner : queued;
    const server =
      inside === undefined ? (inner > 0 && !split ? inner : undefined) : Math.max(inside, inner) - (split ? inner : 0);
    // What a server in front has begun may wait in it all the same, once the queue behind is full.
    const listed = look.inner?.accepted !== undefined && look.established !== undefined;
    const hides = view.front && !listed && look.inner?.full === true && (server ?? 0) <= PASSING;
    return [{ look, kernel, server: hides ? undefined : server, total: kernel + (server ?? 0), place }];
  });
}

/** How many a look can show in states that other sources explain. */
interface Explained {
  readonly idle: IdleLimit;
  /** Requests whose client has given up and which the server goes on with. */
  readonly deserted: (at: number) => number;
  /** How many are in service while others wait to be accepted, where that is known for sure. */
  readonly limit: number | undefined;
  /** Requests on their way of which the log may have no line though they are in service. */
  readonly unlined: Steps | undefined;
  /** In service at most at any time. */
  readonly mostEver?: number;
  /** A count of those in service, with what a log that lost lines hides besides. */
  readonly hidden: (most: number) => number;
  /** Some who wait inside are perhaps not shown. */
  readonly hidesWaits: (look: Look) => boolean;
  readonly covered: Covered;
}

/** The looks were taken where the clients run: not one row is of the server's end, so that they tell nothing of its queue. */
const isClientSide = ({ looks }: View): boolean =>
  looks.some(({ clientEstablished }) => (clientEstablished?.value ?? 0) > 0) &&
  looks.every(({ queued, established }) => queued === undefined && (established?.value ?? 0) === 0);

/** Accepted and not in service: ESTABLISHED less accept queue less in service, an inner queue's at least; idle kept-alive connections are no more than the clients' own count allows. */
function insideOf(
  view: View,
  look: Look,
  queued: number,
  inner: number,
  explained: Explained,
  capacity: number | undefined,
): number | undefined {
  const { inService } = view;
  const { idle, deserted, limit, covered, hidden } = explained;
  if ((view.front || !inService) && look.inner?.accepted) return beforeThoseBehind(view, look, queued, inner);
  if (!inService || !look.established) return undefined;
  // Stamps of whole seconds and a clock known to some hundred ms leave open who was in service at that very moment.
  const { clock, served } = view.timeline;
  const blur = Math.max(clock.uncertaintyMs ?? 0, served?.resolutionMs ?? 0);
  if (look.at !== undefined && !covered(look.at, look.at + latest(look))) {
    // Whatever a log that was cut hides there, no more than the limit were in service; and none is idle of so many on their way.
    const busyAll = view.inFlight && valueAt(view.inFlight, look.at) >= look.established.value;
    return limit !== undefined && busyAll ? Math.max(inner, look.established.value - queued - limit) : undefined;
  }
  // When is not known, or not on the log's clock, which nothing relates to that of the looks: as many may have been in service as ever were.
  const tied = view.timeline.samples !== undefined && view.timeline.clock.offsetMs !== undefined && !isAdrift(view);
  if (look.at === undefined || !tied) {
    return explained.mostEver === undefined || explained.hidesWaits(look)
      ? undefined
      : Math.max(inner, look.established.value - queued - mostAdrift(view, explained));
  }
  const to = look.at + latest(look) + blur;
  // Of a log that lost lines nobody knows how many more it hides: what is possible counts, and what it hides besides.
  const steps = view.service?.lossy ? (view.possibly ?? inService) : inService;
  // Within such a blur one request's end and the next one's begin overlap: no more than the limit were in service.
  const lossy = view.service?.lossy === true;
  const under = mostBetween(steps, look.at - blur, to);
  const counted = lossy
    ? Math.min(hidden(under), limit ?? Number.POSITIVE_INFINITY)
    : Math.min(under, capacity ?? Number.POSITIVE_INFINITY);
  // While others wait to be accepted all workers are busy, whatever lines a log has lost, or of ends alone may have.
  const untold = lossy || served?.beginsDerived === true;
  const busy = untold && queued > 0 ? Math.max(counted, capacity ?? 0) : counted;
  // So may those be of whom a log of ends alone tells nothing, up to the limit.
  const unlined = explained.unlined ? mostBetween(explained.unlined, look.at - blur, to) : 0;
  const service = Math.max(busy, Math.min(busy + unlined, limit ?? Number.POSITIVE_INFINITY));
  // A request goes on when its client has given up: its connection waits for the server to close it. Others in that state are leftovers.
  const left = Math.min(look.closeWait?.value ?? 0, deserted(look.at));
  const inside = look.established.value + left - queued - service;
  const limited = Math.min(inside, idle(look.at, to, look.established.value, service) - queued);
  if (limited >= Math.max(lossy ? SMALL_PART + 1 : SMALLEST_INNER, inner)) return limited;
  // Where lines are lost, those of whom nobody knows whether they were begun may all wait inside.
  if (lossy && inner === 0 && queued > 0) {
    const surely = limit ?? (view.surely ? valueAt(view.surely, look.at) : 0);
    const most = look.established.value + left - queued - surely;
    if (most > Math.max(SMALL_PART, SAME_SHARE * queued)) return undefined;
  }
  return inner;
}

/** Connected to a server in front, and not accepted by the one behind; of connections kept for later no more than there are requests on their way. */
function beforeThoseBehind({ inFlight, clientPartial }: View, look: Look, queued: number, inner: number) {
  const { at, established } = look;
  const accepted = look.inner?.accepted?.value;
  if (!established || accepted === undefined) return undefined;
  const tells = inFlight && !clientPartial && at !== undefined;
  const underWay = tells ? mostBetween(inFlight, at, at + latest(look)) : Number.POSITIVE_INFINITY;
  const waiting = Math.min(established.value - queued, underWay - queued) - accepted;
  return waiting >= Math.max(SMALLEST_INNER, inner) ? waiting : inner;
}

/** The clocks may be apart by more than a usual time in service: who was in it at one moment is anybody's guess. */
const isAdrift = ({ timeline: { clock }, service }: View): boolean =>
  (clock.uncertaintyMs ?? 0) > (service?.typical?.service.median ?? Number.POSITIVE_INFINITY);

/** In service at most at any time, where nothing tells when; where client and log are adrift, so may all be that the log leaves possible. */
function mostAdrift(view: View, { mostEver = 0, unlined, limit }: Explained): number {
  if (!isAdrift(view)) return mostEver;
  const possible = view.possibly ? peak(view.possibly).value : 0;
  const most = Math.max(mostEver, possible) + (unlined ? peak(unlined).value : 0);
  return limit ?? most;
}

/** Accepted and not begun for so long in all about one look, ms: more than the moments between one request's end and the next one's begin. */
const HELD_INSIDE_MS = 40;

/**
 * Whether at the time of a look some were accepted and not begun for a while, though no instant of it shows how many: a server that takes a
 * connection and starts a process for it has them neither in the kernel's queue nor in service until then.
 */
export function perhapsInside(
  { inService, waiting, service, timeline }: View,
  { look, kernel, server }: Queue,
): boolean {
  if (!inService || !waiting || !look.established || look.at === undefined || service?.lossy || server !== 0)
    return false;
  const accepted = look.established.value - kernel;
  const blur = Math.max(timeline.clock.uncertaintyMs ?? 0, timeline.served?.resolutionMs ?? 0);
  const from = look.at - blur;
  const to = look.at + latest(look) + blur;
  const held = timeWhile(
    between(inService, from, to),
    between(waiting, from, to),
    (n, w) => w > 0 && accepted - n >= SMALLEST_INNER,
  );
  return held >= HELD_INSIDE_MS;
}

/** In service at most at any time: in a log that lost lines what is possible, and what it hides besides. */
function mostEver({ service, possibly }: View, capacity: number, hidden: Explained['hidden']): number {
  return service?.lossy && possibly ? hidden(Math.max(capacity, peak(possibly).value)) : capacity;
}

/** Where no command lists connections: the clients that were connected and not begun, by samples and log, less the accept queue. */
function besides(look: Look, queued: number, connected: Connected | undefined): number | undefined {
  const { at, established } = look;
  if (established || at === undefined || !connected || connected.mayBeUnconnected) return undefined;
  const waiting = Math.min(valueAt(connected.steps, at), valueAt(connected.steps, at + latest(look)));
  return waiting - queued >= SMALLEST_INNER ? waiting - queued : 0;
}

/** Ends of the client that the server does not notice before its own. */
const GAVE_UP = new Set<number>([OUTCOME_CODE['read-timeout'], OUTCOME_CODE.abandoned]);

/** Counts requests that the server went on with after their client had given up, or that it never came to begin. */
function desertedOf({ timeline: { samples }, service }: View): (at: number) => number {
  if (!samples || !service) return () => 0;
  const from = new Float64Array(service.count).fill(Number.NaN);
  for (let k = 0; k < service.count; k++) {
    const i = service.sample[k]!;
    if (i === NONE_U32 || !GAVE_UP.has(samples.outcome[i]!)) continue;
    const over = samples.start[i]! + samples.elapsed[i]!;
    if (over < service.end[k]!) from[k] = over;
  }
  const begun = countOpen(from, service.end);
  if (service.lossy) return (at) => valueAt(begun, at);
  const seen = new Set(service.sample);
  const over = samples.start.map((start, i) => start + samples.elapsed[i]!);
  const never = over.filter((_, i) => GAVE_UP.has(samples.outcome[i]!) && !seen.has(i)).sort();
  return (at) => valueAt(begun, at) + firstAtLeast(never, at);
}
