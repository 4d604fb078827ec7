import { EVENT, type ServerEvents } from '../../model/events.js';
import type { EpochMs } from '../../model/time.js';
import type { ClockChange } from './clock-change.js';

/**
 * Whether a line that stands behind a jump of the clock bears a stamp of before it. Lines with a duration may state when their request began; of its
 * two times the one nearer to the lines around it is right, if it was begun before the jump at all.
 *
 *     10:00:05 begin 1
 *     09:00:25 end 1                          put back
 *     10:00:05 GET /1 in 20001 ms             stamped at the begin
 *
 * @param now when the line before it was written, by the clock of before the jump
 * @param jumpAt when the jump was, by that clock
 */
export function isStampedBefore(
  { kind, time, duration, resolution }: ServerEvents,
  i: number,
  { byMs, now, jumpAt }: { readonly byMs: number; readonly now: EpochMs; readonly jumpAt: EpochMs },
): boolean {
  if (kind[i] !== EVENT.span || Number.isNaN(duration[i]!)) return false;
  const [asBefore, asAfter] = [time[i]!, time[i]! - byMs];
  return Math.abs(asBefore - now) < Math.abs(asAfter - now) && asBefore - duration[i]! <= jumpAt + resolution[i]!;
}

/** Those lines of a log behind a change. */
export function stampedBefore(events: ServerEvents, { source, line, byMs }: ClockChange): ReadonlySet<number> {
  const behind = Array.from(events.line.keys())
    .filter((i) => events.source[i] === source && events.line[i]! >= line && events.zoned[i] !== 1)
    .filter((i) => !Number.isNaN(events.time[i]!))
    .sort((a, b) => events.line[a]! - events.line[b]!);
  const late = new Set<number>();
  if (behind.length === 0) return late;
  const jumpAt = events.time[behind[0]!]! - byMs;
  let now = jumpAt;
  for (const i of behind) {
    if (isStampedBefore(events, i, { byMs, now, jumpAt })) late.add(i);
    else now = events.time[i]! - byMs;
  }
  return late;
}
