import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascending, firstAtLeast, pick, sortNumbers } from '../../../src/analyse/stats/order.js';

test('places are ascending and stable, for whole and for broken values, without those that are no number', () => {
  const value = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constant(Number.NaN), fc.constant(1e9));
  fc.assert(
    fc.property(fc.array(value), fc.constantFrom(0, 0.25), (list, broken) => {
      const values = Float64Array.from(list, (x) => x + broken);
      const expected = [...values.keys()].filter((i) => !Number.isNaN(values[i]!));
      expected.sort((a, b) => values[a]! - values[b]! || a - b);
      expect([...ascending(values)]).toEqual(expected);
      expect([...pick(values, ascending(values))]).toEqual(expected.map((i) => values[i]));
    }),
  );
});

test('numbers are sorted as typed arrays sort them, whether they are counted or compared', () => {
  const value = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constant(Number.NaN), fc.constant(1e9));
  fc.assert(
    fc.property(fc.array(value), fc.constantFrom(0, 0.25), (list, broken) => {
      for (const values of [Float64Array.from(list), Float32Array.from(list, (x) => x + broken)]) {
        expect(sortNumbers(values.slice())).toEqual(values.slice().sort());
      }
    }),
  );
});

test('the first that is not below a value is found by halving', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: -1, max: 10 }), (list, least) => {
      const sorted = list.sort((a, b) => a - b);
      const first = sorted.findIndex((x) => x >= least);
      expect(firstAtLeast(sorted, least)).toBe(first < 0 ? sorted.length : first);
    }),
  );
});
