import { FINE_MS } from '../../fine.js';
import type { Look } from '../../looks.js';
import { spansAtLeast, timeAtEach, touches } from '../../stats/spans.js';
import { peak, timeWhile } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import type { Connected } from './connected.js';
import { latest, type Queue } from './queues.js';
import { LOOKS_AT_FULL, PASSING } from './thresholds.js';

/** The limit holds where so much of it is reached: between two requests a worker is free for a moment. */
const AT_LIMIT_SHARE = 0.8;

/**
 * Where a limit shows, the looks taken while it held: before that a server that loads its code may keep connections waiting which no
 * limit makes wait. Where none does, all looks.
 */
export function atLimit({ capacity, saturation, view }: Facts, all: readonly Queue[]): readonly Queue[] {
  const died = view.outage?.at ?? Number.POSITIVE_INFINITY;
  const living = all.filter(({ look }) => look.at === undefined || isLiving(look, look.at, died));
  const queues = living.length > 0 ? living : all;
  if (!capacity || !saturation?.saturated || saturation.from === undefined) return queues;
  const spans = spansAtLeast(capacity.steps, Math.max(1, Math.ceil(AT_LIMIT_SHARE * capacity.value)), saturation.to!);
  const { from, to } = view.coverage ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  // Of looks that a cut log does not cover nobody knows whether the limit held; what waits in their sight waits all the same.
  const held = queues.filter(
    ({ look, look: { at } }) => at === undefined || at < from || at > to || touches(spans, at, at + latest(look)),
  );
  return held.some(({ total }) => total > 0) ? held : queues;
}

/** Taken before the server died: well before, or with the listening socket still there. */
const isLiving = (look: Look, at: number, died: number): boolean =>
  at + latest(look) < died || (at < died && look.queued !== undefined);

/**
 * A connection or two that one look catches on their way in are no queue; nor is a wait of which no look shows anything, where the
 * server went on to serve more at once than it did then: it had room, and something else made them wait.
 */
export function nobodyWaited(
  { saturation, capacity, view }: Facts,
  queues: readonly Queue[],
  top: Queue,
  connected: Connected | undefined,
): boolean {
  if (
    !isPassing(queues, top) &&
    top.total > 0 &&
    !(connected && saturation?.saturated === false && onceOnly(queues) && showsWaits(view))
  )
    return false;
  const room =
    capacity !== undefined &&
    saturation !== undefined &&
    !saturation.saturated &&
    !saturation.crowded &&
    (view.service?.lossy ? hadRoom(view, connected) : !waitedAtPeak(view, connected));
  return (connected?.value ?? 0) === 0 || room;
}

/** So much of the time in which others waited must be at the peak for the server to have had no room then. */
const AT_PEAK_SHARE = 0.9;
/** … and so long in all, ms. */
const AT_PEAK_MS = 300;

/**
 * Whether those that seem to have waited did so while as many were in service as ever were. Of a server that dies in the meantime nobody knows whether they
 * waited: it takes its last lines with it.
 */
export function waitedAtPeak({ inService }: View, connected: Connected | undefined): boolean {
  if (!inService || !connected) return false;
  const most = peak(inService).value;
  const time = (least: number) => timeWhile(inService, connected.steps, (n, waiting) => waiting > 0 && n >= least);
  const atPeak = time(most);
  return atPeak >= AT_PEAK_MS && atPeak >= AT_PEAK_SHARE * time(0);
}

/** Whatever lines the log lost: while anybody waited, fewer can have been in service than surely were at another time. */
function hadRoom({ surely, possibly }: View, connected: Connected | undefined): boolean {
  if (!surely || !possibly || !connected) return false;
  const most = peak(surely).value;
  return timeWhile(possibly, connected.steps, (n, waiting) => waiting > 0 && n >= most) === 0;
}

/** By client and log a wait would show: of a log of whole seconds, or of clocks that may be far apart, a look's word is all there is. */
const showsWaits = ({ timeline: { served, clock } }: View): boolean =>
  Math.max(served?.resolutionMs ?? 0, served?.steps ? 0 : (clock.uncertaintyMs ?? 0)) <= FINE_MS;

const isPassing = (queues: readonly Queue[], top: Queue): boolean =>
  top.total <= PASSING && queues.filter(({ total }) => total > 0).length < LOOKS_AT_FULL;

/** A single look shows somebody waiting: a moment at which the server was busy with itself. */
export const onceOnly = (queues: readonly Queue[]): boolean => queues.filter(({ total }) => total > 0).length === 1;

/** Where requests wait inside, one count, or one so little below it, holds … */
const OFF_LIMIT = 1;
const OFF_LIMIT_SHARE = 0.03;
/** … for so much of the time … */
const HELD_SHARE = 0.5;
/** … in which at least so much of the highest is in service. */
const BUSY_SHARE = 0.5;

/**
 * Whether those in service stay as many, as they do where others wait for a place. Connections beyond a count that goes up and down are kept by
 * clients for their next request.
 *
 *     connections   ██████████████       ██████████████
 *     in service    ▄▄▄▄▄▄▄▄▄▄▄▄▄▄       ▄▆▃▅▂▆▄▃▅▂▄▆▃▅
 *                   wait inside          kept alive
 */
export function standsAtLimit({ capacity }: Facts): boolean {
  if (!capacity) return false;
  const { steps, value } = capacity;
  const times = [...timeAtEach(steps, steps, (n) => n >= BUSY_SHARE * value)];
  const heldAt = (limit: number) =>
    times.reduce(
      (sum, [n, ms]) => sum + (n <= limit && n >= limit - Math.max(OFF_LIMIT, OFF_LIMIT_SHARE * limit) ? ms : 0),
      0,
    );
  const busy = times.reduce((sum, [, ms]) => sum + ms, 0);
  return times.some(([limit]) => heldAt(limit) >= HELD_SHARE * busy);
}
