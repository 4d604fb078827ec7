import type { ServerEvents, ServerNotice } from '../../model/events.js';
import type { Reading } from '../../model/reading.js';
import type { EpochMs } from '../../model/time.js';
import { logZoneMinutes, statedZoneMinutes } from './zone.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A log of times without a date counts its days from the first of 1970; one of so many days is of another kind. */
const DATELESS_BEFORE = 60 * DAY_MS;
/** Stamps without a year are read into this one, a leap year. */
const YEARLESS = 1972;
const YEARLESS_FROM = Date.UTC(YEARLESS, 0, 1);
const YEARLESS_TO = Date.UTC(YEARLESS + 1, 0, 1);
/** A client's samples from before this are not epoch times. */
const CLIENT_AFTER = Date.UTC(1980, 0, 1);
const NO_TIMES = new Float64Array();

/**
 * Gives stamps without a date the day, and those without a year the year, that brings them nearest to the client's samples, or
 * without these to the lines that have both. Zones
 * reach from -12 to +14 hours, so the nearest day may be one off where the zone is not stated and the clocks differ by half a day; the
 * clock's caveat says it.
 *
 * @param timezone the zone of stamps that state none, as run.yaml names it
 */
export function dated(readings: readonly Reading[], timezone?: string): readonly Reading[] {
  const client = clientMiddle(readings);
  const middle = client ?? datedMiddle(readings);
  if (middle === undefined) return readings;
  const stated = timezone === undefined ? undefined : statedZoneMinutes(timezone, middle);
  // Lines with a date are of the log's own zone already.
  const zoneMs = client === undefined ? 0 : (stated ?? logZoneMinutes(readings) ?? 0) * MINUTE_MS;
  return readings.map((reading) => {
    const shift = shiftOf(reading, middle, zoneMs);
    return shift === undefined ? reading : moved(reading, shift);
  });
}

function clientMiddle(readings: readonly Reading[]): EpochMs | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { samples } of readings) {
    const start = samples?.start ?? NO_TIMES;
    for (let i = 0; i < start.length; i++) {
      if (start[i]! < low) low = start[i]!;
      if (start[i]! > high) high = start[i]!;
    }
  }
  return low > CLIENT_AFTER && Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : undefined;
}

/** Without a client: the middle of the log lines that have a date. */
function datedMiddle(readings: readonly Reading[]): EpochMs | undefined {
  const times = readings.flatMap(({ events }) => [...(events?.time ?? [])]);
  return rangeOf(times.filter((t) => t > CLIENT_AFTER))?.middle;
}

/** How to give the reading's times a date; `undefined` where all have one. One log may hold lines of both kinds. */
function shiftOf(
  { events, sockets, processes, counters }: Reading,
  middle: EpochMs,
  zoneMs: number,
): ((t: EpochMs) => EpochMs) | undefined {
  const times = [...(events?.time ?? [])].filter((t) => !Number.isNaN(t));
  for (const list of [sockets, processes, counters])
    for (const one of list ?? []) if (one.time !== undefined) times.push(one.time);
  const dateless = rangeOf(times.filter(isDateless));
  const yearless = rangeOf(times.filter(isYearless));
  if (!dateless && !yearless) return undefined;
  const zoned = events?.time.some((t, i) => isDateless(t) && events.zoned[i] === 1) ?? false;
  const days = dateless ? Math.round((middle + (zoned ? 0 : zoneMs) - dateless.middle) / DAY_MS) : 0;
  const year = yearless ? nearestYear(yearless.middle, middle) : YEARLESS;
  return (t) => (isDateless(t) ? t + days * DAY_MS : isYearless(t) ? inYear(t, year) : t);
}

/** A time of day with its zone may lie before 1970: `00:44:49+05:30`. */
const isDateless = (t: EpochMs): boolean => t >= -DAY_MS && t < DATELESS_BEFORE;
const isYearless = (t: EpochMs): boolean => t >= YEARLESS_FROM && t < YEARLESS_TO;

function rangeOf(times: readonly EpochMs[]): { middle: EpochMs } | undefined {
  if (times.length === 0) return undefined;
  const low = times.reduce((a, b) => Math.min(a, b));
  const high = times.reduce((a, b) => Math.max(a, b));
  return { middle: (low + high) / 2 };
}

function nearestYear(t: EpochMs, middle: EpochMs): number {
  const year = new Date(middle).getUTCFullYear();
  const away = (y: number) => Math.abs(inYear(t, y) - middle);
  return [year - 1, year, year + 1].reduce((a, b) => (away(b) < away(a) ? b : a));
}

/** The same month, day and time in another year. */
function inYear(t: EpochMs, year: number): EpochMs {
  const date = new Date(Math.floor(t));
  return (
    Date.UTC(year, date.getUTCMonth(), date.getUTCDate()) +
    (t - Date.UTC(YEARLESS, date.getUTCMonth(), date.getUTCDate()))
  );
}

function moved(reading: Reading, by: (t: EpochMs) => EpochMs): Reading {
  const timed = <T extends { readonly time?: EpochMs }>(list: readonly T[]) =>
    list.map((one) => (one.time === undefined ? one : { ...one, time: by(one.time) }));
  return {
    ...reading,
    ...(reading.events ? { events: movedEvents(reading.events, by) } : {}),
    ...(reading.notices ? { notices: timed<ServerNotice>(reading.notices) } : {}),
    ...(reading.sockets ? { sockets: timed(reading.sockets) } : {}),
    ...(reading.processes ? { processes: timed(reading.processes) } : {}),
    ...(reading.counters ? { counters: timed(reading.counters) } : {}),
  };
}

const movedEvents = (events: ServerEvents, by: (t: EpochMs) => EpochMs): ServerEvents => ({
  ...events,
  time: events.time.map((t) => (Number.isNaN(t) ? t : by(t))),
});
