import { expect, it } from 'vitest';
import { lowerRanks } from '../../../src/analyse/stats/rank-sum.js';

it('tells by how much the ranks of one list are lower than chance would have them', () => {
  const low = Float32Array.from([1, 2, 3, 4, 5]);
  const high = Float32Array.from([6, 7, 8, 9, 10]);
  // By hand: 25 pairs, none of them the other way; the deviation of chance is the root of 25 · 11 / 12.
  expect(lowerRanks(low, high)).toBeCloseTo(12.5 / Math.sqrt(275 / 12));
  expect(lowerRanks(high, low)).toBeCloseTo(-lowerRanks(low, high));
  expect(lowerRanks(low, low)).toBeCloseTo(0);
  expect(lowerRanks(Float32Array.of(1, 3), Float32Array.of(2, 2))).toBeCloseTo(0);
});
