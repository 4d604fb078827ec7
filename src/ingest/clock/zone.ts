import type { Reading } from '../../model/reading.js';
import type { Pairs } from './statement.js';

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
 * file is written on one machine.
 */
export function ownZoneMinutes(readings: readonly Reading[], { statements }: Pairs): number | undefined {
  if (statements.some(({ zoned }) => zoned)) return undefined;
  const mixed = readings.filter(({ events }) => events?.zoned.includes(1) && events.zoned.includes(0));
  return logZoneMinutes(mixed);
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
