import type { Confidence } from '../../../model/finding.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import type { Connected } from './connected.js';
import { type Full, turnedAwayAtTop } from './full.js';
import { stoodFull } from './overflown.js';
import { kernelHoldsAll, noneInside, type Parts } from './place.js';
import { perhapsInside, type Queue } from './queues.js';
import { LOOKS_AT_FULL, SAME, SAME_SHARE, SMALL_PART } from './thresholds.js';

/** Stamps this coarse let several requests begin and end at what looks like one instant, ms. */
const COARSE_MS = 1000;

/** The fullest look, why the queue counts as full there, and what that leaves open. */
export interface Fullest {
  readonly queues: readonly Queue[];
  readonly top: Queue;
  readonly full: Full | undefined;
  readonly connected: Connected | undefined;
  /** Others may have waited whom that look does not count. */
  readonly open: boolean;
  /** Those whom clients and log count beyond it. */
  readonly unseen: number;
}

/** @param longest the look with most waiting; less one that was turned away just then, if clients and log say so */
export function fullestOf(
  facts: Facts,
  queues: readonly Queue[],
  longest: Queue,
  connected: Connected | undefined,
  full: Full | undefined,
): Fullest {
  const { view } = facts;
  const events = connected && !connected.mayBeUnconnected ? connected : undefined;
  const top = full?.inner && isOneTurnedAway(facts, connected, longest) ? lessOne(longest) : longest;
  const open = wasLonger(queues, top, connected) || isBlurred(view, queues, top, events) || perhapsInside(view, top);
  // The queue was full where the clients count more than any look: of one more that is a look's own blur, else no look saw it at its longest.
  const inner = (top.server ?? 0) > 0;
  const more = events && full && inner && !stoodFull(queues, top) ? events.value - halfOpen(queues) - top.total : 0;
  return { queues, top, full, connected, open, unseen: Math.max(0, more) };
}

/** How sure a length is, and by what. */
export interface Sure {
  readonly exact: boolean;
  readonly confidence: Confidence;
}

/** @param filled the kernel's queue was full by client and log alone */
export function surenessOf(facts: Facts, fullest: Fullest, parts: Parts, filled: boolean): Sure {
  const { view, found } = facts;
  const { top, full, connected } = fullest;
  const { where, value } = parts;
  if (filled) return { exact: true, confidence: 'medium' };
  // Who is accepted and waits inside must be known too, else only the kernel's part is.
  const counted = !view.service && where === 'kernel' && noneInside(found.maxConcurrency);
  const byLooks = isFullByLooks(facts, fullest, parts, counted);
  // Where client and log alone show the queue full, and it is the one that was seen, its length is theirs.
  const byAway =
    !byLooks && where !== 'unknown' && connected?.value === value && turnedAwayAtTop(facts, connected, top);
  const exact = byLooks || byAway;
  if (byAway && !full) return { exact, confidence: 'high' };
  if (counted && found.maxConcurrency?.bound !== 'exact') return { exact, confidence: 'medium' };
  return { exact, confidence: confidenceOf(view, top, value, connected, exact, full) };
}

/** Whether a look shows the whole queue at a time at which it had no room. */
function isFullByLooks(
  facts: Facts,
  { queues, top, full, connected, open, unseen }: Fullest,
  { server, where }: Parts,
  counted: boolean,
): boolean {
  const { view, found } = facts;
  const inside =
    counted ||
    (server !== undefined && !perhapsMore(view, connected)) ||
    (found.maxConcurrency?.bound === 'exact' && kernelHoldsAll(view, top, connected));
  // Without a client only shapes put looks and log on one clock: the kernel's part is certain then, not who is inside.
  const paired = view.timeline.samples !== undefined || (server ?? 0) === 0;
  const whole = full !== undefined && !isHeldUp(facts) && !open && unseen <= 1;
  return whole && !hasRouter(queues) && inside && paired && where !== 'unknown';
}

/** A server that went on to serve more at once had no queue with an end of its own: it was held up for a moment. */
export const isHeldUp = ({ saturation }: Facts): boolean => saturation?.saturated === false;

/** A look shows a queue behind the port that clients connect to. */
export const hasRouter = (queues: readonly Queue[]): boolean => queues.some(({ look }) => (look.inner?.value ?? 0) > 0);

/** The look that shows one more than clients and log was taken while it was turned away: by these the queue was full without it. */
const isOneTurnedAway = (facts: Facts, connected: Connected | undefined, longest: Queue): boolean =>
  connected !== undefined && longest.total - connected.value === 1 && turnedAwayAtTop(facts, connected, longest);

const lessOne = (queue: Queue): Queue => ({ ...queue, server: (queue.server ?? 1) - 1, total: queue.total - 1 });

/** Clients of a full queue that take themselves for connected, while the server still waits for the last packet of the handshake. */
const halfOpen = (queues: readonly Queue[]): number =>
  Math.max(...queues.map(({ look: { synRecv } }) => synRecv?.value ?? 0));

/**
 * No look tells the limit, and the clients that cannot have been on their way to a connection are more than any look saw waiting. Whose record tells when
 * each had its connection counts none whose handshake hangs, but for those that take themselves for connected.
 */
function wasLonger(queues: readonly Queue[], top: Queue, connected: Connected | undefined): boolean {
  const looks = queues.map(({ look }) => look);
  const together = looks.some(({ clientEstablished }) => (clientEstablished?.value ?? 0) > 0);
  if (!connected || !together || looks.some(({ limit }) => limit !== undefined)) return false;
  const outside = Math.max(
    ...looks.map(
      ({ synSent, synRecv }) => (connected.tellsConnect ? 0 : (synSent?.value ?? 0)) + (synRecv?.value ?? 0),
    ),
  );
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
  // Of whom a client's record that is a part does not tell nobody knows whether a connection was kept for the next request.
  const told = view.timeline.clock.method === 'causality' && !view.clientPartial;
  return agrees || (told && top.total > 0) ? 'high' : 'medium';
}
