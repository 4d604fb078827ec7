import { describe, expect, it } from 'vitest';
import { ThreadTurns } from '../../../src/ingest/text/thread-turns.js';

/** Two threads that send one request after another, with a pause between; the stamps are of one end of each. */
function stamped(end: 'start' | 'end', pauseMs: number, elapsed: readonly number[]) {
  const turns = new ThreadTurns();
  const next = [1000, 1200];
  for (const [i, ms] of elapsed.entries()) {
    const thread = i % 2;
    const start = next[thread]!;
    next[thread] = start + ms + pauseMs;
    turns.take(`Thread Group 1-${thread + 1}`, end === 'end' ? start + ms : start, ms, 2);
  }
  return turns.stampIs;
}

describe('which end of a sample is stamped, by the client’s threads', () => {
  it('is the one by which none of them does two things at once', () => {
    const elapsed = [842, 506, 508, 505, 700, 509, 504, 611];
    expect(stamped('end', 2, elapsed)).toBe('end');
    expect(stamped('start', 2, elapsed)).toBe('start');
  });

  it('is not told where threads pause for longer than requests differ, or none has a second request', () => {
    expect(stamped('end', 900, [500, 506, 508, 505])).toBeUndefined();
    expect(stamped('start', 0, [842, 506])).toBeUndefined();
  });

  it('is not told by names that several threads have', () => {
    const turns = new ThreadTurns();
    for (const [stamp, elapsed] of [
      [1000, 500],
      [1200, 900],
      [2100, 300],
    ] as const)
      turns.take('Thread Group 1-1', stamp, elapsed, 2);
    expect(turns.stampIs).toBeUndefined();
  });

  it('is the one by which they were started in the order of their numbers, where none has a second request', () => {
    // Six are served, a second each; the others are turned away at once.
    const started = (end: 'start' | 'end', isServed: (n: number) => boolean) => {
      const turns = new ThreadTurns();
      for (let n = 1; n <= 40; n++) {
        const elapsed = isServed(n) ? 1000 : 4;
        turns.take(`Crowd 1-${n}`, 1000 + 10 * n + (end === 'end' ? elapsed : 0), elapsed, 2);
      }
      return turns.stampIs;
    };
    expect(started('end', (n) => n <= 6)).toBe('end');
    expect(started('start', (n) => n > 34)).toBe('start');
    expect(started('start', (n) => n <= 6)).toBeUndefined();
  });

  it('is not told by numbers that say nothing of when a thread was started', () => {
    const turns = new ThreadTurns();
    for (let k = 0; k < 40; k++) turns.take(`vu-${(k * 17) % 40}`, 1000 + 100 * k, k % 7 === 0 ? 1000 : 4, 2);
    expect(turns.stampIs).toBeUndefined();
  });
});
