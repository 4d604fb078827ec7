import { describe, expect, it } from 'vitest';
import { lastInPath, PathIds } from '../../../src/ingest/text/path-id.js';

describe('the word of a path that may name a request', () => {
  it.each([
    ['/job/12', '12'],
    ['http://127.0.0.1:8080/v1/job/12/run', '12'],
    ['/job/12.json?x=1', '12'],
    ['/orders/7f3a-11c0/', '7f3a-11c0'],
    ['GET /job/12', '12'],
    ['/v2/search', 'v2'],
  ])('of %s is %s', (target, word) => {
    expect(lastInPath(target)).toBe(word);
  });

  it.each(['http://127.0.0.1:8080', 'http://127.0.0.1:8080/', '/search?page=7', '/echo#7', '12', '', '/lib.7.js'])(
    'is none in %s',
    (target) => {
      expect(lastInPath(target)).toBeUndefined();
    },
  );
});

function judged(words: readonly number[]): boolean {
  const ids = new PathIds();
  for (const word of words) if (!ids.isOff) ids.take(word);
  return ids.areIds();
}

describe('words of paths', () => {
  const numbers = (n: number, of: (k: number) => number) => Array.from({ length: n }, (_, k) => of(k));
  it('are ids where nearly each request has its own', () => {
    expect(judged(numbers(40, (k) => k))).toBe(true);
    expect(judged([...numbers(40, (k) => k), 3, 7])).toBe(true);
  });

  it('are none where all share one, where few items are asked for again and again, or where there are too few', () => {
    expect(judged(numbers(40, () => 2))).toBe(false);
    expect(judged(numbers(40, (k) => k % 10))).toBe(false);
    expect(judged(numbers(4, (k) => k))).toBe(false);
  });

  it('are no longer looked for where hardly any path has one', () => {
    const ids = new PathIds();
    for (let k = 0; k < 1_000; k++) ids.miss();
    expect(ids.isOff).toBe(true);
    const some = new PathIds();
    for (let k = 0; k < 1_200; k++) k % 6 === 0 ? some.take(k) : some.miss();
    expect(some.areIds()).toBe(true);
  });
});
