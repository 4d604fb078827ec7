import { setTimeout as later } from 'node:timers/promises';

const two = (value: number): string => String(value).padStart(2, '0');

/** The machine's zone at that moment as `+05:30`. */
export function zoneOf(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `2026-11-23T20:13:15.123+05:30`: wall clock of the machine, as its server's log has it, with the zone stated. */
export function isoWithZone(date: Date): string {
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day}T${time}.${String(date.getMilliseconds()).padStart(3, '0')}${zoneOf(date)}`;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `1s`, `1.5m`, `2h`, or bare seconds, as milliseconds. `undefined`: not a duration above zero. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim());
  const ms = match ? Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 0) : 0;
  return ms > 0 && Number.isFinite(ms) ? ms : undefined;
}

/** Waits, or less if the signal comes first. Never throws. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await later(Math.max(0, ms), undefined, signal ? { signal } : {}).catch(() => undefined);
}
