import type { ClockSetup } from './setup.js';

/** ms since the first request, true clock, as the client's and the server's clock show it (EpochMs). */
export const clientTime = ({ startsAt }: ClockSetup, t: number): number => startsAt + t;
export const serverTime = ({ startsAt, offsetMs, driftPpm }: ClockSetup, t: number): number =>
  startsAt + t + offsetMs + t * driftPpm * 1e-6;

/** Minutes east of UTC that the server's wall clock shows `t` ms after the first request. */
export const zoneAt = ({ zoneMinutes, change }: ClockSetup, t: number): number =>
  zoneMinutes + (change !== undefined && t >= change.at ? change.byMinutes : 0);

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Wall-clock parts of an instant in a zone; microseconds are cut as clocks cut them. */
function parts(epochMs: number, zoneMinutes: number) {
  const micros = Math.floor((epochMs + zoneMinutes * 60_000) * 1000);
  const date = new Date(Math.floor(micros / 1000));
  return { date, micros: ((micros % 1_000_000) + 1_000_000) % 1_000_000 };
}

const time = (date: Date): string =>
  `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}`;

/** `2023-02-10 10:30:16.222266`, with as many digits as the resolution has (ms: 0.001, 1 or 1000). */
export function isoStamp(epochMs: number, zoneMinutes: number, resolution: number, comma = '.'): string {
  const { date, micros } = parts(epochMs, zoneMinutes);
  const day = `${date.getUTCFullYear()}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}`;
  return `${day} ${time(date)}${fraction(micros, resolution, comma)}`;
}

/** `10:30:16.222`: no date. */
export function timeStamp(epochMs: number, zoneMinutes: number, resolution: number): string {
  const { date, micros } = parts(epochMs, zoneMinutes);
  return `${time(date)}${fraction(micros, resolution, '.')}`;
}

function fraction(micros: number, resolution: number, comma: string): string {
  if (resolution >= 1000) return '';
  return resolution >= 1 ? `${comma}${pad(Math.floor(micros / 1000), 3)}` : `${comma}${pad(micros, 6)}`;
}

/** `+05:45` */
export function zoneText(minutes: number, colon = ':'): string {
  const abs = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(abs / 60))}${colon}${pad(abs % 60)}`;
}

/** `10/Feb/2023:10:30:16 +0545` */
export function commonStamp(epochMs: number, zoneMinutes: number): string {
  const { date } = parts(epochMs, zoneMinutes);
  return `${pad(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${time(date)} ${zoneText(zoneMinutes, '')}`;
}

/** `10/Feb/2023 10:30:16` */
export function werkzeugStamp(epochMs: number, zoneMinutes: number): string {
  const { date } = parts(epochMs, zoneMinutes);
  return `${pad(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()} ${time(date)}`;
}

/** `Sat Feb 18 14:53:00 2023` */
export function ctimeStamp(epochMs: number, zoneMinutes: number): string {
  const { date } = parts(epochMs, zoneMinutes);
  return `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)} ${time(date)} ${date.getUTCFullYear()}`;
}
