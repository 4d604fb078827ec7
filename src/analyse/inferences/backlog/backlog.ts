import type { Backlog, Confidence } from '../../../model/finding.js';
import { say } from '../../../words/ids.js';
import { between } from '../../stats/spans.js';
import { peak, valueAt } from '../../stats/steps.js';
import { mostBetween } from '../../stats/within.js';
import type { View } from '../../view.js';
import type { Facts, Inference } from '../inference.js';
import { mostServed } from '../max-concurrency/sureness.js';
import { type Connected, connectedOf } from './connected.js';
import { beyondService, noneWaitsBehind } from './crowd.js';
import { caveatsOf, lookEvidence, methodsOf, waitEvidence } from './evidence.js';
import { type Full, fullness, turnedAwayAtTop } from './full.js';
import { endsUnlined, mayHideWaits } from './hidden-waits.js';
import { overflown, stoodFull } from './overflown.js';
import { besidesFull, filledKernel, kernelHoldsAll, noneInside, partsOf } from './place.js';
import { latest, perhapsInside, type Queue, queuesOf } from './queues.js';
import { LOOKS_AT_FULL, PASSING, SAME, SAME_SHARE, SMALL_PART } from './thresholds.js';
import { atLimit, nobodyWaited, onceOnly, standsAtLimit, waitedAtPeak } from './who-waits.js';
import { fromClient, none, perhapsIdle, unknown, withoutBegins } from './without-a-source.js';

/** Stamps this coarse let several requests begin and end at what looks like one instant, ms. */
const COARSE_MS = 1000;

/** The most requests connected and not yet in service at one instant. */
export const backlog = {
  id: 'backlog',
  infer: (facts) => {
    const { view } = facts;
    const connected = connectedOf(view);
    const most = facts.capacity && view.service ? mostServed(view, facts.capacity) : undefined;
    const queues = queuesOf(view, connected, most, facts.found.maxConcurrency);
    if (view.front && hidesInside(queues)) return behindFront(facts, queues);
    if (queues.length > 0 && !(connected && areIdle(view, queues))) return fromLooks(facts, queues, connected);
    // What a server in front has begun may wait behind it.
    if (connected && !view.front) return fromClient(facts, connected);
    return unknown(say('backlog.why.noSource', {}), view);
  },
  failed: (reason) => ({ ...unknown(say('note.inferenceFailed', { inference: 'backlog', reason }), undefined) }),
} satisfies Inference<'backlog'>;

/** Nobody waits before a server in front, and no look shows a queue of the one behind. */
const hidesInside = (queues: readonly Queue[]): boolean =>
  queues.every(({ look: { inner }, total }) => (inner?.value ?? 0) === 0 && total <= PASSING);

/** What the front has under way, and the one behind does not serve by the client's times, waits in one of them. */
function behindFront(facts: Facts, queues: readonly Queue[]): Backlog {
  const { view } = facts;
  if (queues.length === 0 || view.byClient()?.kind !== 'limited') return unknown(say('backlog.why.behind', {}), view);
  return noneWaitsBehind(view) ? none(view, queues, undefined) : withoutBegins(facts, queues);
}

/** Every look was taken while no request was on its way: they tell nothing of those that waited. */
const areIdle = ({ inFlight }: View, queues: readonly Queue[]): boolean =>
  inFlight !== undefined &&
  queues.every(
    ({ look, look: { at }, total }) =>
      total === 0 && at !== undefined && mostBetween(inFlight, at - latest(look), at + latest(look)) === 0,
  );

function fromLooks(facts: Facts, all: readonly Queue[], connected: Connected | undefined): Backlog {
  const { view, found } = facts;
  const queues = atLimit(facts, all);
  const longest = queues.reduce((a, b) => (b.total > a.total ? b : a));
  const events = connected && !connected.mayBeUnconnected ? connected : undefined;
  if (!view.service && longest.server === undefined && longest.kernel <= PASSING) return withoutBegins(facts, queues);
  if (endsUnlined(view)) return unknown(say('backlog.why.noBegins', {}), view);
  if (nobodyWaited(facts, queues, longest, connected)) return nobodySeen(facts, queues, connected);
  // No client says whether that moment's connections had a request on its way, or were kept for the next one.
  const noClient = !view.timeline.samples || view.clientPartial;
  const idle =
    (!view.timeline.samples && onceOnly(queues)) || (noClient && (longest.server ?? 0) > 0 && !standsAtLimit(facts));
  if (idle && longest.kernel <= PASSING) return perhapsIdle(facts, queues, longest);
  // No look was taken while those waited of whom client and log tell.
  const perhapsBegun = facts.saturation?.saturated === false && waitedAtPeak(view, connected);
  if (longest.total === 0 && connected && (connected.mayBeUnconnected || perhapsBegun))
    return fromClient(facts, connected);
  const full = fullness(facts, queues, longest, connected);
  const top = full?.inner && isOneTurnedAway(facts, connected, longest) ? lessOne(longest) : longest;
  const open = wasLonger(queues, top, connected) || isBlurred(view, queues, top, events) || perhapsInside(view, top);
  // The queue was full where the clients count more than any look: of one more that is a look's own blur, else no look saw it at its longest.
  const inner = (top.server ?? 0) > 0;
  const unseen =
    events && full && inner && !stoodFull(queues, top) ? Math.max(0, events.value - halfOpen(queues) - top.total) : 0;
  const parts = partsOf(facts, queues, top, connected, full !== undefined && !open && unseen === 0);
  const filled =
    full || parts.where === 'server' || parts.where === 'both'
      ? undefined
      : (filledKernel(view, connected) ?? (parts.where === 'kernel' ? overflown(view, top, connected) : undefined));
  const { kernel, server, where, value } =
    filled === undefined
      ? besidesFull(facts, queues, parts)
      : { kernel: filled, server: 0, where: 'kernel' as const, value: filled };
  const router = queues.some(({ look }) => (look.inner?.value ?? 0) > 0);
  // Who is accepted and waits inside must be known too, else only the kernel's part is.
  const counted = !view.service && where === 'kernel' && noneInside(found.maxConcurrency);
  const inside =
    counted ||
    (server !== undefined && !perhapsMore(view, connected)) ||
    (found.maxConcurrency?.bound === 'exact' && kernelHoldsAll(view, top, connected));
  // Without a client only shapes put looks and log on one clock: the kernel's part is certain then, not who is inside.
  const paired = view.timeline.samples !== undefined || (server ?? 0) === 0;
  // A server that went on to serve more at once had no queue with an end of its own: it was held up for a moment.
  const heldUp = facts.saturation?.saturated === false;
  const byLooks =
    full !== undefined && !heldUp && !open && unseen <= 1 && !router && inside && paired && where !== 'unknown';
  // Where client and log alone show the queue full, and it is the one that was seen, its length is theirs.
  const byAway =
    !byLooks && where !== 'unknown' && connected?.value === value && turnedAwayAtTop(facts, connected, top);
  const exact = byLooks || byAway || filled !== undefined;
  const crowd =
    exact || heldUp || router
      ? undefined
      : beyondService(facts, queues, { top, connected, seen: { value, where, kernel, server } });
  if (crowd) return crowd;
  const n = value;
  return {
    bound: exact ? 'exact' : 'at-least',
    confidence:
      filled !== undefined
        ? 'medium'
        : byAway && !full
          ? 'high'
          : counted && found.maxConcurrency?.bound !== 'exact'
            ? 'medium'
            : confidenceOf(view, top, value, connected, exact, full),
    value,
    where,
    ...(kernel === undefined ? {} : { kernel }),
    ...(server === undefined ? {} : { server }),
    statement: exact
      ? say('backlog.exact', { n, where, kernel, server })
      : say('backlog.atLeast', { n, where, kernel, server, ...(isSeenFull(queues) ? { full: true } : {}) }),
    evidence: [...lookEvidence(view, top), ...(full?.evidence ?? []), ...waitEvidence(view, connected)].slice(0, 6),
    methods: methodsOf(queues, top, connected, value),
    caveats: caveatsOf(queues, top, server === undefined, router),
    recordNext: exact ? [] : [say('backlog.next.more', {})],
  };
}

/** A look shows that the kernel's part had no room for more. */
const isSeenFull = (queues: readonly Queue[]): boolean => queues.some(({ look, kernel }) => look.full && kernel > 0);

/** No look shows anybody waiting; nor does the log, if its clock would, where a client or a list of connections could. */
function nobodySeen({ view }: Facts, queues: readonly Queue[], connected: Connected | undefined): Backlog {
  if (mayHideWaits(view)) return unknown(say('backlog.why.coarse', {}), view);
  // Whoever gave up while waiting is no connection any more, and without a client nobody tells of him.
  const left = queues.some(({ look }) => (look.closeWait?.value ?? 0) > PASSING);
  if (view.timeline.samples === undefined && left) return unknown(say('backlog.why.inside', {}), view);
  if (mayWaitOutside(view)) return unknown(say('backlog.why.cut', {}), view);
  const looked = view.timeline.samples !== undefined || queues.some(({ look }) => look.established !== undefined);
  return looked ? none(view, queues, connected) : unknown(say('backlog.why.inside', {}), view);
}

/**
 * Where the log tells of a part only, more were connected beside that part, or under way with no look to tell where, than were ever in
 * service in it: some may have waited.
 */
function mayWaitOutside({ coverage, looks, inService, inFlight }: View): boolean {
  if (!coverage) return false;
  const most = (inService ? peak(inService).value : 0) + SAME;
  const { from, to } = coverage;
  const beside = looks.filter(({ at }) => at !== undefined && (at < from || at > to));
  if (beside.some(({ established, closeWait }) => (established?.value ?? 0) + (closeWait?.value ?? 0) > most))
    return true;
  if (!inFlight) return false;
  const crowded = [between(inFlight, Number.NEGATIVE_INFINITY, from), between(inFlight, to, Number.POSITIVE_INFINITY)];
  return crowded.some((part) => peak(part).value > most) && !beside.some(({ at }) => valueAt(inFlight, at!) > most);
}

/** The look that shows one more than clients and log was taken while it was turned away: by these the queue was full without it. */
const isOneTurnedAway = (facts: Facts, connected: Connected | undefined, longest: Queue): boolean =>
  connected !== undefined && longest.total - connected.value === 1 && turnedAwayAtTop(facts, connected, longest);

const lessOne = (queue: Queue): Queue => ({ ...queue, server: (queue.server ?? 1) - 1, total: queue.total - 1 });

/** Clients of a full queue that take themselves for connected, while the server still waits for the last packet of the handshake. */
const halfOpen = (queues: readonly Queue[]): number =>
  Math.max(...queues.map(({ look: { synRecv } }) => synRecv?.value ?? 0));

/** No look tells the limit, and the clients that cannot have been on their way to a connection are more than any look saw waiting. */
function wasLonger(queues: readonly Queue[], top: Queue, connected: Connected | undefined): boolean {
  const looks = queues.map(({ look }) => look);
  const together = looks.some(({ clientEstablished }) => (clientEstablished?.value ?? 0) > 0);
  if (!connected || !together || looks.some(({ limit }) => limit !== undefined)) return false;
  const outside = Math.max(...looks.map(({ synSent, synRecv }) => (synSent?.value ?? 0) + (synRecv?.value ?? 0)));
  return connected.value - outside > top.total + 1;
}

/** Where nothing lists connections, and the client does not say of all who were cut whether they had one. */
const perhapsMore = ({ looks }: View, connected: Connected | undefined): boolean =>
  connected !== undefined &&
  looks.every(({ established }) => established === undefined) &&
  peak(connected.atMost).value > connected.value + SAME;

/**
 * What waits inside is a difference of counts: stamps of whole seconds leave it open by some, where a single look shows the most, or the
 * clients count more.
 */
function isBlurred(
  { timeline, service }: View,
  queues: readonly Queue[],
  top: Queue,
  events: Connected | undefined,
): boolean {
  if ((top.server ?? 0) <= SMALL_PART) return false;
  // Of those in service some are not counted where the log lost lines.
  if (service?.lossy) return true;
  if ((timeline.served?.resolutionMs ?? 0) < COARSE_MS) return false;
  if (events && events.value !== top.total) return events.value > top.total;
  return !events && queues.filter(({ total }) => total === top.total).length < LOOKS_AT_FULL;
}

function confidenceOf(
  view: View,
  top: Queue,
  value: number,
  connected: Connected | undefined,
  exact: boolean,
  full: Full | undefined,
): Confidence {
  const same = (n: number) => Math.abs(n - value) <= Math.max(SAME, SAME_SHARE * value);
  const agrees = connected !== undefined && same(connected.value);
  if (exact && full!.inner) return connected?.value === value && !view.service?.lossy ? 'high' : 'medium';
  if (exact) return full!.signs >= 2 || agrees || top.look.full ? 'high' : 'medium';
  if (top.server === undefined) return 'medium';
  return agrees || (view.timeline.clock.method === 'causality' && top.total > 0) ? 'high' : 'medium';
}
