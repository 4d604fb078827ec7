/** The numbers behind an access line, one of which may be its duration. */
export interface RawDurations {
  readonly row: number;
  readonly texts: readonly string[];
}

/** Durations without a unit with a median above this are microseconds (Apache's %D), below `SECONDS_BELOW` seconds (%T). */
const MICROSECONDS_ABOVE = 10_000;
const SECONDS_BELOW = 1_000;

/**
 * Finds which of the numbers is the duration, and its unit: all lines of a file have the same. A number with a decimal point is
 * one (nginx, gunicorn's `%(L)s`); else the one that takes the most different values, since process ids, sizes and ports repeat
 * themselves; on a tie the last. Lines with another count of numbers than most are left alone.
 */
export function rawDurations(
  raw: readonly RawDurations[],
): readonly { readonly row: number; readonly ms: number; readonly resolutionMs: number }[] {
  const count = commonest(raw.map(({ texts }) => texts.length));
  const lines = raw.filter(({ texts }) => texts.length === count);
  if (count === undefined || lines.length === 0) return [];
  const place = placeOf(lines, count);
  const values = lines.map(({ texts }) => Number(texts[place])).sort((a, b) => a - b);
  const median = values[values.length >> 1]!;
  const decimals = lines.some(({ texts }) => texts[place]!.includes('.'));
  const unit = decimals ? 1000 : median > MICROSECONDS_ABOVE ? 0.001 : median < SECONDS_BELOW ? 1000 : 1;
  return lines.map(({ row, texts }) => {
    const digits = texts[place]!.split('.')[1]?.length ?? 0;
    return { row, ms: Number(texts[place]) * unit, resolutionMs: unit / 10 ** digits };
  });
}

function placeOf(lines: readonly RawDurations[], count: number): number {
  let best = 0;
  let most = 0;
  for (let place = 0; place < count; place++) {
    if (lines.some(({ texts }) => texts[place]!.includes('.'))) return place;
    const different = new Set(lines.map(({ texts }) => texts[place])).size;
    if (different >= most) [best, most] = [place, different];
  }
  return best;
}

function commonest(counts: readonly number[]): number | undefined {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0];
}
