import type { ServerEvents } from '../../model/events.js';
import type { Reading } from '../../model/reading.js';
import type { EpochMs } from '../../model/time.js';
import type { ClockChange } from './clock-change.js';
import { stampedBefore } from './late-stamps.js';

/** Readings with a jump of the server's wall clock taken out: of its log, and of looks in local time, which were taken beside it. */
export function withoutChange(readings: readonly Reading[], change: ClockChange): readonly Reading[] {
  const at = stampAfter(readings, change);
  return readings.map((reading) => {
    const log = changedLog(reading, change, at);
    if (at === undefined) return log;
    const { sockets, processes, counters } = reading;
    return {
      ...log,
      ...(sockets ? { sockets: changedLooks(sockets, at, change.byMs) } : {}),
      ...(processes ? { processes: changedLooks(processes, at, change.byMs) } : {}),
      ...(counters ? { counters: changedLooks(counters, at, change.byMs) } : {}),
    };
  });
}

/** What the log's clock showed just after the jump. */
function stampAfter(readings: readonly Reading[], { source, line }: ClockChange): EpochMs | undefined {
  let [first, at] = [Number.POSITIVE_INFINITY, undefined as EpochMs | undefined];
  for (const { events } of readings) {
    // Rows are not in the order of lines where a log holds lines of several kinds.
    for (let i = 0; events && i < events.count; i++) {
      if (events.source[i] !== source || events.line[i]! < line || events.line[i]! >= first) continue;
      [first, at] = [events.line[i]!, events.time[i]];
    }
  }
  return at;
}

/**
 * Lines are written in the order in which requests end, but may state when they began: of a clock that was put forward the stamp itself tells
 * on which side of the jump it was taken, of one that was put back the line, unless the lines around it contradict (`late-stamps.ts`).
 */
function changedLog(reading: Reading, change: ClockChange, jump: EpochMs | undefined): Reading {
  const { events, notices } = reading;
  if (!events) return reading;
  const { source, line, byMs } = change;
  const late = byMs < 0 ? stampedBefore(events, change) : new Set<number>();
  const after = (at: { source: number; line: number; zoned: boolean; time: EpochMs }) =>
    at.source === source && !at.zoned && (byMs > 0 && jump !== undefined ? at.time > jump - byMs / 2 : at.line >= line);
  const time = events.time.map((t, i) =>
    !late.has(i) && after({ source: events.source[i]!, line: events.line[i]!, zoned: events.zoned[i] === 1, time: t })
      ? t - byMs
      : t,
  );
  return {
    ...reading,
    events: { ...events, time } satisfies ServerEvents,
    ...(notices
      ? {
          notices: notices.map((one) =>
            one.time !== undefined && after({ ...one, time: one.time, zoned: one.zoned === true })
              ? { ...one, time: one.time - byMs }
              : one,
          ),
        }
      : {}),
  };
}

/**
 * Clocks that are put forward show no time between, so that the stamp tells on which side a look was taken; those that are put back
 * show an hour twice, and the order in the file tells.
 */
function changedLooks<T extends { readonly time?: EpochMs; readonly zoned?: boolean }>(
  looks: readonly T[],
  at: EpochMs,
  byMs: number,
): readonly T[] {
  let last: EpochMs | undefined;
  let putBack = false;
  return looks.map((look) => {
    const { time } = look;
    if (time === undefined || look.zoned === true) return look;
    if (last !== undefined && time < last + byMs / 2 && byMs < 0) putBack = true;
    last = time;
    const after = byMs > 0 ? time > at - byMs / 2 : putBack;
    return after ? { ...look, time: time - byMs } : look;
  });
}
