import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascending, pick } from '../../../src/analyse/stats/order.js';

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
