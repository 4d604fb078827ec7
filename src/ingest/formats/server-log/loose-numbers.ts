import { MAX_PID } from '../../logs/parts/who-found.js';
import { commonest, type RawDurations } from './raw-durations.js';

/** A column of more different numbers counts something. */
const MOST_DIFFERENT = 1000;

/**
 * Columns of whole numbers that a file's lines do not name, by row: other files of the run may tell that they are processes. Lines
 * with another count of numbers than most are left out.
 *
 *     "GET /?id=1 HTTP/1.1" 200 3 836939 12
 *     "GET /?id=2 HTTP/1.1" 200 3 808368 13
 */
export function looseNumbers(raw: readonly RawDurations[]): readonly ReadonlyMap<number, number>[] {
  const count = commonest(raw.map(({ texts }) => texts.length)) ?? 0;
  const lines = raw.filter(({ texts }) => texts.length === count);
  const columns = Array.from({ length: count }, (_, place) => lines.map(({ texts }) => Number(texts[place])));
  return columns.flatMap((values) => {
    const different = new Set(values);
    const mayBePids = values.every((n) => Number.isInteger(n) && n > 0 && n <= MAX_PID);
    if (!mayBePids || different.size < 2 || different.size > MOST_DIFFERENT) return [];
    return [new Map(lines.map(({ row }, i) => [row, values[i]!]))];
  });
}
