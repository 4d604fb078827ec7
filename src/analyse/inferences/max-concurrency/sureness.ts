import type { Method } from '../../../model/finding.js';
import { NONE_U32, OUTCOME_CODE } from '../../../model/samples.js';
import type { ServedRequests } from '../../../model/timeline.js';
import type { Capacity } from '../../capacity.js';
import type { Saturation } from '../../saturation/saturation.js';
import { lacksEnds } from '../../service/ended-outside.js';
import type { View } from '../../view.js';
import { wereReplaced } from '../reuse/lived.js';
import { livesOf } from '../reuse/lives.js';
import { isCalledThread } from '../reuse/names.js';
import { acceptedAt, acceptedOf } from './from-sockets.js';
import { SAME } from './methods.js';

/** Kinds of sign, each from another source or another look at the data, from which the limit is beyond doubt. */
const SIGNS_FOR_HIGH = 2;
/** One sign alone will do if others waited for so long at the limit, ms, by a clock that both sides bound. */
const LONG_WAIT_MS = 1500;
/** … or for so long, ms, if all workers of a pool were at work. */
const POOL_WAIT_MS = 750;
/** Requests turned away at the limit, and hardly any elsewhere, that leave no doubt of it. */
const MANY_TURNED_AWAY = 5;
/** Pairs of begin and client from which the clock is beyond doubt. */
const PAIRS_FOR_HIGH = 10;
/** … or where each place was left so many times after the peak. */
const TURNS_EACH = 3;

/** Methods that are the same count, looked at in two ways: what the log lacks they all lack. */
const COUNTED_IN_LOG: ReadonlySet<string> = new Set([
  'max.method.sweep',
  'max.method.plateau',
  'max.method.workers',
  'max.method.whenFull',
]);

/** Methods that count connections. */
const SOCKETS: ReadonlySet<string> = new Set(['max.method.sockets', 'max.method.accepted']);

/**
 * The server died before it had finished enough for lost lines to show, or without a client nothing but that it finished nothing tells of it, and
 * look after look showed more accepted while others waited.
 */
export function isUnproven(view: View, { value }: Capacity): boolean {
  const accepted = acceptedOf(view);
  const { complete } = view.service!.typical!;
  const few = view.outage ? complete < PAIRS_FOR_HIGH : view.timeline.samples === undefined && complete === 0;
  return few && accepted?.steady === true && accepted.value > value;
}

/** So few more may be those whose begins were lost. */
const HARDLY_MORE = 0.05;

/** In service at most: those too that the log of a server that died may lack, if look after look shows hardly more accepted. */
export function mostServed(view: View, capacity: Capacity): number {
  if (!isUnproven(view, capacity)) return capacity.value;
  const accepted = acceptedOf(view)!.value;
  return accepted - capacity.value <= Math.max(SAME, HARDLY_MORE * accepted) ? accepted : capacity.value;
}

/**
 * A log that begins late or breaks off may have missed the limit: it tells of no more requests than were in service
 * at once, or looks at other times show more accepted, while
 * others waited for that, than any at its own.
 *
 *     log        ▐██████████▌
 *     accepted    1 1 2 2 2 2   3 3 3 4 4 4
 *
 * So may it where it is silent while its workers take the places of others: for a moment both may have served.
 */
export function isCutShort(view: View, { value }: Capacity): boolean {
  const { coverage, looks, service } = view;
  const all = service!.typical!.complete <= value;
  if (!coverage) return all && lacksEnds(view.timeline);
  if (all || wasTurnedOver(view)) return true;
  let within = value;
  let outside = 0;
  for (const look of looks) {
    const accepted = acceptedAt(look)?.value;
    if (look.at === undefined || accepted === undefined || (look.queued?.value ?? 0) === 0) continue;
    if (look.at >= coverage.from && look.at <= coverage.to) within = Math.max(within, accepted);
    else outside = Math.max(outside, accepted);
  }
  return outside > within;
}

/** So many requests each and more serve the processes of a pool, which others replace only if it is turned over. */
const OF_A_POOL = 2;

/** Others hold the server's sockets before or after the part of the run of which a log tells than the pool that serves in it. */
function wasTurnedOver(view: View): boolean {
  const served = view.timeline.served!;
  const lives = livesOf(served);
  return served.count >= OF_A_POOL * lives.length && wereReplaced(view, served, lives);
}

/**
 * How many of those that were under way at a time were served, though no line of a log that tells of all others does: it lost both of theirs. Those
 * of before its first line or after its last are another matter.
 */
export function answeredWithoutLine({ timeline, begunAt, coverage }: View, at: number): number {
  const { samples, served } = timeline;
  if (!samples || !begunAt || coverage || served?.beginsDerived) return 0;
  const { start, elapsed, outcome, id } = samples;
  return outcome.reduce(
    (n, code, i) =>
      n +
      (code === OUTCOME_CODE.succeeded &&
      !Number.isNaN(id[i]!) &&
      Number.isNaN(begunAt[i]!) &&
      start[i]! <= at &&
      at < start[i]! + elapsed[i]!
        ? 1
        : 0),
    0,
  );
}

const agreeing = (methods: readonly Method[], value: number): number =>
  methods.filter(({ agrees, value: v }) => agrees && typeof v === 'number' && Math.abs(v - value) <= SAME).length;

/**
 * Where the count is open, one more or less is another limit: only the very same number settles it, or what the sockets show look after
 * look if the log's count is next to it.
 */
export function isSettled(
  view: View,
  methods: readonly Method[],
  { value, plateau, slots, slotsKnown }: Capacity,
): boolean {
  // The count that held and the workers that were there are no one count looked at twice.
  if (view.service!.lossy)
    return isSeconded(view, methods, value) || (plateau === value && slots === value && slotsKnown === true);
  const accepted = acceptedOf(view);
  const held = accepted?.steady === true && accepted.value === value;
  // Computed begins on a coarse clock are one blurred picture, in whatever way it is counted.
  if (view.timeline.served!.beginsDerived && !isSeconded(view, methods, value)) return false;
  return methods.filter((one) => one.value === value).length >= 2 || (held && agreeing(methods, value) >= 2);
}

/** Two counts of different things say the very same: what a log lost, its peak and its plateau lack both. */
export function isSeconded(view: View, methods: readonly Method[], value: number): boolean {
  const same = methods.filter((one) => one.value === value);
  return same.length >= 2 && same.some(({ name }) => !COUNTED_IN_LOG.has(name.id) && !countsMore(view, name.id));
}

/**
 * Of a log that lost lines the count is open by a few: the most connections that any look saw, with idle ones and those that are about to be
 * turned away among them, may agree with it by chance unless others waited to be accepted.
 */
const countsMore = (view: View, method: string): boolean =>
  SOCKETS.has(method) && view.service!.lossy && acceptedOf(view)?.atLimit !== true;

export function surenessOfLimit(
  view: View,
  capacity: Capacity,
  { signals, waitedMs }: Saturation,
  methods: readonly Method[],
) {
  const signs = signals.filter(({ holds }) => holds).length;
  const { clock } = view.timeline;
  const others = methods.filter(({ name }) => name.id !== 'max.method.sweep');
  const bothSides = clock.method === 'causality' || agreeing(others, capacity.value) >= 2;
  // All workers of a pool that are known for their turns were busy: that is its size, whatever happened in the meantime.
  const pool = capacity.slots === capacity.value && capacity.slotsKnown === true && !view.service!.lossy;
  const clear = waitedMs >= (pool ? POOL_WAIT_MS : LONG_WAIT_MS) && bothSides && clock.matched >= PAIRS_FOR_HIGH;
  // Where the count itself is open, only the very same number of others settles it: one more or less is another limit.
  const same = others.filter(({ value }) => value === capacity.value).length;
  if (capacity.low !== capacity.high && same < 2) return 'medium';
  // A log that lost lines may have lost begins of which nothing else speaks.
  const { mended } = view.service!;
  const begunBefore = beginsBeforeItsHead(view);
  const lossy = view.service!.lossy && !begunBefore;
  if ((lossy || (mended.begins > 0 && !begunBefore)) && agreeing(others, capacity.value) < 2) return 'medium';
  // Whatever it tells in several ways it tells by the same lines.
  if (lossy && !isSeconded(view, methods, capacity.value)) return 'medium';
  // One that a dying server never finished may lack its last begins too, unless it tells of many ends after the peak.
  const { served } = view.timeline;
  const endsAfter = served!.end.filter((end, i) => served!.endLine[i]! > 0 && end > capacity.at).length;
  const turns = Math.min(PAIRS_FOR_HIGH, TURNS_EACH * capacity.value);
  if (view.outage && mended.ends > 0 && endsAfter < turns && !isSeconded(view, methods, capacity.value))
    return 'medium';
  const away = signals.some(({ id, holds, value }) => id === 'turned-away' && holds && value >= MANY_TURNED_AWAY);
  const inHand =
    hasWorkerEach(view, capacity) || isSeconded(view, methods, capacity.value) || (clear && tookAlike(view));
  if (served!.learned && signs < SIGNS_FOR_HIGH && !inHand) return 'medium';
  // Without a client's record one sign is all that there can be; what the sockets count is another source.
  const alone = view.timeline.samples === undefined && signs > 0 && isSeconded(view, methods, capacity.value);
  return signs >= SIGNS_FOR_HIGH || clear || away || alone ? 'high' : 'medium';
}

/**
 * A log whose head was cut off lost no line behind that: its ends without a begin are of requests begun before, and come within the time that one takes.
 *
 *     log      ┆ end 1  end 2  begin 5  begin 6  end 3  begin 7 …
 */
function beginsBeforeItsHead({ timeline, service, coverage }: View): boolean {
  const { samples, served } = timeline;
  const { mended, typical } = service!;
  if (!coverage || !samples || !served || mended.begins !== served.orphanEnds.count || mended.begins === 0)
    return false;
  const first = samples.start.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const until = coverage.from + typical!.service.max + served.resolutionMs;
  return first + typical!.service.min < coverage.from && served.orphanEnds.time.every((at) => at <= until);
}

/** The longest time in service is no more than so many times the shortest, … */
const ALIKE = 1.25;

/** … though others waited for long: what the lines begin holds no wait. */
const tookAlike = ({ service }: View): boolean => {
  const { complete, service: took } = service!.typical!;
  return complete >= PAIRS_FOR_HIGH && took.max <= ALIKE * took.min;
};

/** A learned line may tell of who waits inside, too, unless whoever is counted has a worker, or a thread of its own, to itself. */
function hasWorkerEach({ timeline, service }: View, { slots, value, at }: Capacity): boolean {
  if (slots !== undefined) return slots === value;
  const served = timeline.served!;
  if (served.identity === 'recycled-ident') return hasIdentEach(served, value, at);
  return service!.typical?.sequential === true && served.workers.every(isCalledThread);
}

/** So many requests to an ident on average: a number that counts requests or clients does not come again so often. */
const REQUESTS_EACH = 2;

/** Idents are given again, but not while they are in use: as many as there are at one time are as many threads. */
function hasIdentEach({ count, begin, end, worker }: ServedRequests, value: number, at: number): boolean {
  const busy = new Set<number>();
  for (let i = 0; i < count; i++) if (begin[i]! <= at && at < end[i]!) busy.add(worker[i]!);
  busy.delete(NONE_U32);
  return busy.size === value && REQUESTS_EACH * new Set(worker).size <= count;
}

export function surenessOfPeak(view: View, capacity: Capacity, bound: 'at-least' | 'estimate') {
  if (bound === 'estimate') return capacity.high - capacity.low <= Math.max(2, 0.1 * capacity.value) ? 'medium' : 'low';
  if (capacity.low !== capacity.high) return 'medium';
  return view.timeline.served!.learned && !hasWorkerEach(view, capacity) ? 'medium' : 'high';
}
