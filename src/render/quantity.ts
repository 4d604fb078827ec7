import type { Wording } from '../words/words.js';

/** What a number counts or measures. */
export type Unit = 'ms' | 'per-second' | 'ppm' | 'count';

/** The decimals that a table shows of a unit: what a clock of milliseconds can tell, and no more. */
const DECIMALS: Readonly<Record<Unit, number>> = { ms: 0, 'per-second': 1, ppm: 1, count: 0 };

/** Below this, a duration in ms is shown with one decimal: whole numbers would hide a tenth of it. */
const FINE_BELOW_MS = 10;

/** A number as a table's column shows it; its unit stands in the column's head. */
export function inColumn(value: number, unit: Unit, wording: Wording): string {
  const digits = unit === 'ms' && Math.abs(value) < FINE_BELOW_MS ? 1 : DECIMALS[unit];
  return wording.number(value, digits);
}
