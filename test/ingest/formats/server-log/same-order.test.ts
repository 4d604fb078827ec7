import { describe, expect, it } from 'vitest';
import { comeInOrder } from '../../../../src/ingest/formats/server-log/same-order.js';

const numbers = (n: number, of: (k: number) => number) => Array.from({ length: n }, (_, k) => of(k));

describe('requests', () => {
  it('come in the order of the client’s answers where a few changed places, or one side lacks some', () => {
    const ends = numbers(60, (k) => k ^ 1);
    expect(comeInOrder(ends, new Set(numbers(60, (k) => k)))).toBe(true);
    expect(comeInOrder(ends, new Set(numbers(40, (k) => k + 10)))).toBe(true);
  });

  it('do not where the client’s numbers are those of items', () => {
    expect(
      comeInOrder(
        numbers(60, (k) => k + 1),
        new Set(numbers(60, (k) => ((k + 1) * 37) % 61)),
      ),
    ).toBe(false);
  });

  it('are too few to tell', () => {
    expect(comeInOrder([1, 2, 3, 4, 5], new Set([5, 4, 3, 2, 1]))).toBe(true);
  });
});
