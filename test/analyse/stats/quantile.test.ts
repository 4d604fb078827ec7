import { describe, expect, it } from 'vitest';
import { nearestRank, quantileInterval } from '../../../src/analyse/stats/quantile.js';

const upTo = (n: number) => Float64Array.from({ length: n }, (_, i) => i + 1);

describe('quantiles by nearest rank', () => {
  it('are values of the sample itself', () => {
    expect([0.5, 0.9, 0.95, 0.99, 1].map((p) => nearestRank(upTo(100), p))).toEqual([50, 90, 95, 99, 100]);
    expect([0, 0.5, 0.51].map((p) => nearestRank(upTo(4), p))).toEqual([1, 2, 3]);
  });
});

describe('the interval of a quantile', () => {
  // Reference: the binomial distribution summed exactly. Median of 100: P(39 < X ≤ 60) = 0.9648.
  it('are the order statistics 40 and 61 for the median of 100', () => {
    expect(quantileInterval(upTo(100), 0.5)).toEqual([40, 61]);
  });

  it('is left out where the sample is too small', () => {
    expect(quantileInterval(upTo(5), 0.5)).toBeUndefined();
    expect(quantileInterval(upTo(100), 0.99)).toBeUndefined();
    expect(quantileInterval(upTo(1000), 0.99)).toBeDefined();
  });

  it('stays about two standard deviations wide for a million values', () => {
    const [low, high] = quantileInterval(upTo(1_000_000), 0.5)!;
    expect(low).toBeGreaterThan(499_000);
    expect(low).toBeLessThan(499_040);
    expect(high).toBeGreaterThan(500_960);
    expect(high).toBeLessThan(501_000);
  });

  it('covers the true median as often as it says', () => {
    let seed = 12345;
    const random = () => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31;
      return seed / 2 ** 31;
    };
    let covered = 0;
    for (let round = 0; round < 2000; round++) {
      const [low, high] = quantileInterval(Float64Array.from({ length: 41 }, random).sort(), 0.5)!;
      if (low <= 0.5 && 0.5 <= high) covered++;
    }
    expect(covered / 2000).toBeGreaterThan(0.94);
  });
});
