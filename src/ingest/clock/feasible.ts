/** One-sided statements about one number: it is at least each of `lows`, at most each of `highs`. */
export interface Bounds {
  readonly lows: Float64Array;
  readonly highs: Float64Array;
}

/**
 * The interval that satisfies all bounds; where none does (a pair was mismatched, or the clock moved), the one that
 * satisfies most, and how many bounds it leaves out. An empty side is infinite.
 *
 *     count of satisfied bounds   ▁▂▄▆██▆▄▂▁      lows raise it as the number grows, highs lower it
 */
export function feasibleOffset({ lows, highs }: Bounds): { low: number; high: number; violations: number } {
  const sortedLows = Float64Array.from(lows).sort();
  const sortedHighs = Float64Array.from(highs).sort();
  const low = sortedLows.at(-1) ?? Number.NEGATIVE_INFINITY;
  const high = sortedHighs[0] ?? Number.POSITIVE_INFINITY;
  if (low <= high) return { low, high, violations: 0 };
  let best = { low: Number.NaN, high: Number.NaN, violations: Number.POSITIVE_INFINITY };
  let behind = 0;
  for (let i = -1; i < sortedLows.length; i++) {
    const candidate = sortedLows[i] ?? Number.NEGATIVE_INFINITY;
    if (sortedLows[i + 1] === candidate) continue;
    while (behind < sortedHighs.length && sortedHighs[behind]! < candidate) behind++;
    const violations = sortedLows.length - 1 - i + behind;
    if (violations >= best.violations) continue;
    const nextLow = sortedLows[i + 1] ?? Number.POSITIVE_INFINITY;
    const nextHigh = sortedHighs[behind] ?? Number.POSITIVE_INFINITY;
    best = { low: candidate, high: Math.min(nextLow, nextHigh), violations };
  }
  return best;
}
