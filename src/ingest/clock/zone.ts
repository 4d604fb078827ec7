import type { Reading } from '../../model/reading.js';
import type { Pairs } from './statement.js';

const MINUTE_MS = 60_000;
/** Zones are a quarter of an hour apart; what is nearer to one than to the next is of that one, ms. */
const NEAR_MS = 7.5 * MINUTE_MS;
/** Lines of two threads may change places, of which one stamps whole seconds, by so much, ms. */
const WRITTEN_MS = 2000;

/**
 * Minutes east of UTC of a stated zone at an instant: `UTC`, `Z`, an offset (`+05:30`, `-0800`, `UTC+2`) or an IANA name.
 * `undefined` if it is none of these. The machine's own zone plays no part.
 */
export function statedZoneMinutes(zone: string, at: number): number | undefined {
  const text = zone.trim();
  if (/^(?:utc|gmt|z)$/i.test(text)) return 0;
  const offset = /^(?:utc|gmt)?\s*([+-])(\d{1,2}):?(\d{2})?$/i.exec(text);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return offset[1] === '-' ? -minutes : minutes;
  }
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone: text, timeZoneName: 'longOffset' });
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? 0 : statedZoneMinutes(name, at);
  } catch {
    return undefined;
  }
}

/**
 * The zone that a log states in some of its lines for those of its lines that state none, where no pair tells how the two differ: one
 * file is written on one machine. It states it in lines of requests, or in the server's own.
 */
export function ownZoneMinutes(readings: readonly Reading[], { statements }: Pairs): number | undefined {
  if (statements.some(({ zoned }) => zoned)) return undefined;
  const mixed = readings.filter((one) => one.events?.zoned.includes(0));
  const zone = logZoneMinutes(mixed.filter((one) => one.events?.zoned.includes(1)));
  if (zone !== undefined) return zone;
  const beside = mixed.filter((one) => followInTime(one));
  return beside.length > 0 ? logZoneMinutes(beside) : undefined;
}

/**
 * Whether lines of requests differ from the server's own lines round them by the zone that these state: some programs state UTC in the one
 * and write local time in the other. Lines that follow each other in the file are written one after the other.
 *
 *     [2026-09-15 13:00:50 +0000] [4001] [INFO] Booting …
 *     2026-09-15 13:00:53,120 - processing request …           3 s later, and not an hour and 3 s: it is `+0000` as well
 */
function followInTime(reading: Reading): boolean {
  const { events, notices = [] } = reading;
  const zoneMinutes = logZoneMinutes([reading]);
  if (!events || zoneMinutes === undefined) return false;
  let nearest = Number.POSITIVE_INFINITY;
  // Both are in the file's order.
  let next = 0;
  for (const { line, time, zoned } of notices) {
    if (!zoned || time === undefined) continue;
    while (next < events.count && events.line[next]! <= line) next++;
    const since = (row: number) => events.time[row]! - time - zoneMinutes * MINUTE_MS;
    if (next < events.count) nearest = Math.min(nearest, since(next));
    if (next > 0) nearest = Math.min(nearest, -since(next - 1));
  }
  return nearest > -WRITTEN_MS && nearest < NEAR_MS;
}

/** The zone that all of the logs' stamps state, if they state one and the same. */
export function logZoneMinutes(readings: readonly Reading[]): number | undefined {
  const zones = new Set<string>();
  for (const { events, source } of readings) {
    if (events && events.count > 0) for (const zone of source.variant.zone?.split(', ') ?? []) zones.add(zone);
  }
  zones.delete('not stated');
  const [only] = zones;
  return zones.size === 1 && only !== undefined && /^-?\d+$/.test(only) ? Number(only) : undefined;
}
