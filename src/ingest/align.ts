import { EVENT } from '../model/events.js';
import type { Reading } from '../model/reading.js';
import { OUTCOME_CODE } from '../model/samples.js';
import type { Clock } from '../model/timeline.js';
import { say } from '../words/ids.js';
import { type Bounds, feasibleOffset } from './clock/feasible.js';
import { statedZoneMinutes } from './clock/zone.js';

/** Zones differ from UTC by whole multiples of this, minutes. */
const ZONE_STEP_MINUTES = 15;
/** The client stamps whole milliseconds, start and elapsed each: two roundings, ms. */
const CLIENT_ROUNDING_MS = 2;

/**
 * Finds how far the server's clock is ahead of the client's, from causality. For a request that the client sent at `a` and
 * got answered at `e`, and that the server began at `b` and ended at `d` by its own clock:
 *
 *     client   a|------------------------------|e
 *     server        b|---- in service ----|d             b − offset ≥ a,   d − offset ≤ e
 *
 * so each pair says `d − e ≤ offset ≤ b − a`; the interval that all pairs allow is the answer, its half-width the error.
 */
export function align(readings: readonly Reading[], timezone: string | undefined): Clock {
  const bounds = boundsOf(readings);
  const stated = statedZone(readings, timezone);
  const zoned = readings.every(({ events }) => events === undefined || events.zoned.every((z) => z === 1));
  if (bounds.matched === 0) return unpaired(readings, stated, zoned);
  const { low, high, violations } = feasibleOffset(bounds);
  const oneSided = !Number.isFinite(low) || !Number.isFinite(high);
  const total = oneSided ? (Number.isFinite(low) ? low : high) : (low + high) / 2;
  const zoneMinutes = zoned ? 0 : (stated ?? nearestZone(total));
  const resolution = coarsest(readings);
  return {
    ...(zoned && stated === undefined ? {} : { timezoneOffsetMinutes: stated ?? zoneMinutes }),
    offsetMs: total - zoneMinutes * 60_000,
    uncertaintyMs: oneSided ? Math.max(resolution, CLIENT_ROUNDING_MS) : (high - low) / 2,
    method: oneSided ? 'causality-one-sided' : 'causality',
    matched: bounds.matched,
    caveats: [
      ...(zoned || stated !== undefined ? [] : [say('clock.zoneInferred', { minutes: zoneMinutes })]),
      ...(violations > 0 ? [say('clock.violations', { violations, matched: bounds.matched })] : []),
    ],
  };
}

/** What must be taken from a server stamp to be on the client's clock, ms. */
export function serverShift(clock: Clock, zoned: boolean): number {
  return (clock.offsetMs ?? 0) + (zoned ? 0 : (clock.timezoneOffsetMinutes ?? 0) * 60_000);
}

function nearestZone(totalMs: number): number {
  // A little less than 0 rounds to -0.
  return Math.round(totalMs / 60_000 / ZONE_STEP_MINUTES) * ZONE_STEP_MINUTES || 0;
}

function statedZone(readings: readonly Reading[], timezone: string | undefined): number | undefined {
  if (timezone === undefined) return undefined;
  const first = readings.find(({ events }) => events && events.count > 0)?.events?.time.find(Number.isFinite);
  return statedZoneMinutes(timezone, first ?? 0);
}

function unpaired(readings: readonly Reading[], stated: number | undefined, zoned: boolean): Clock {
  const has = readings.some(({ events }) => events !== undefined && events.count > 0);
  if (!has) return { method: 'none', matched: 0, caveats: [] };
  if (stated !== undefined || zoned) {
    return {
      ...(stated === undefined ? {} : { timezoneOffsetMinutes: stated }),
      method: 'stated-zone',
      matched: 0,
      caveats: [say('clock.unpaired', {})],
    };
  }
  return { method: 'none', matched: 0, caveats: [say('clock.unknown', {})] };
}

/** For each id that occurs once on both sides, what it says of the offset. */
function boundsOf(readings: readonly Reading[]): Bounds & { matched: number } {
  const starts = uniqueSamples(readings);
  const lows: number[] = [];
  const highs: number[] = [];
  const matched = new Set<number>();
  for (const { events } of readings) {
    if (!events) continue;
    for (let i = 0; i < events.count; i++) {
      const sample = starts.get(events.id[i]!);
      const time = events.time[i]!;
      if (sample === undefined || Number.isNaN(time)) continue;
      const { start, end, repeated } = sample;
      if (repeated) continue;
      const resolution = events.resolution[i]!;
      const kind = events.kind[i];
      if (kind === EVENT.begin) highs.push(time + resolution - start);
      if (kind === EVENT.span && !Number.isNaN(events.duration[i]!)) {
        highs.push(time + resolution + events.durationResolution[i]! - events.duration[i]! - start);
      }
      if (kind !== EVENT.begin && !Number.isNaN(end)) lows.push(time - end - CLIENT_ROUNDING_MS);
      matched.add(events.id[i]!);
    }
  }
  return { lows: Float64Array.from(lows), highs: Float64Array.from(highs), matched: matched.size };
}

interface Sent {
  readonly start: number;
  /** `NaN` unless the client got the answer. */
  readonly end: number;
  repeated: boolean;
}

function uniqueSamples(readings: readonly Reading[]): Map<number, Sent> {
  const sent = new Map<number, Sent>();
  for (const { samples } of readings) {
    if (!samples) continue;
    for (let i = 0; i < samples.count; i++) {
      const id = samples.id[i]!;
      const start = samples.start[i]!;
      if (Number.isNaN(id) || Number.isNaN(start)) continue;
      const known = sent.get(id);
      if (known) known.repeated = true;
      else {
        const answered = samples.outcome[i] === OUTCOME_CODE.succeeded;
        sent.set(id, { start, end: answered ? start + samples.elapsed[i]! : Number.NaN, repeated: false });
      }
    }
  }
  return sent;
}

function coarsest(readings: readonly Reading[]): number {
  let most = 0;
  for (const { events } of readings) {
    for (let i = 0; events && i < events.count; i++) most = Math.max(most, events.resolution[i]!);
  }
  return most;
}
