import type { Stamp } from '../../model/time.js';
import { CODE, isWordCode } from './char-codes.js';
import type { StampCursor } from './stamp-cursor.js';

/** Epoch stamps are believed between 2001-09-09 (ten digits begin) and 2100. */
const FIRST_EPOCH_S = 1_000_000_000;
const LAST_EPOCH_S = 4_102_444_800;

/** How many digits an epoch has, and how many of its units are a millisecond. */
const EPOCH_UNITS: Readonly<Record<number, number>> = { 10: 0.001, 13: 1, 16: 1000, 19: 1_000_000 };

/** Seconds, ms, µs or ns since 1970, told by the number of digits; seconds and ms may have a fraction. */
export function readEpoch(cursor: StampCursor): Stamp | undefined {
  const start = cursor.at;
  const digits = cursor.countDigits(start, 20);
  const perMs = EPOCH_UNITS[digits];
  if (perMs === undefined) return undefined;
  const whole = Number(cursor.text.slice(start, start + digits));
  const seconds = whole / perMs / 1000;
  if (seconds < FIRST_EPOCH_S || seconds >= LAST_EPOCH_S) return undefined;
  cursor.at = start + digits;
  let resolutionMs = 1 / perMs;
  let ms = whole / perMs;
  if (digits <= 13 && cursor.code() === CODE.dot) {
    const fraction = cursor.countDigits(cursor.at + 1, 10);
    if (fraction > 0 && fraction < 10) {
      ms += Number(cursor.text.slice(cursor.at, cursor.at + 1 + fraction)) / perMs;
      resolutionMs /= 10 ** fraction;
      cursor.at += 1 + fraction;
    }
  }
  return isWordCode(cursor.code()) ? undefined : { ms, zoned: true, resolutionMs };
}
