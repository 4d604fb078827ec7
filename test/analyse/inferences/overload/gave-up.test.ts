import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { handled, timelineOf } from '../../../support/timeline.js';

const PATIENCE_MS = 3000;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** Two workers of a second each, a request after the other, and clients that give up before their turn. Who is who the log does not say. */
const log = handled(
  times(20, (i) => ({ id: i, from: 1000 * (i >> 1) + 1, to: 1000 * (i >> 1) + 1000, worker: `w${i & 1}` })),
).map(({ id: _, ...event }) => event);
const sent = times(20, (i) => {
  const answered = 1000 * ((i >> 1) + 1) + 1;
  return answered <= PATIENCE_MS + 1
    ? { id: i, start: 0, elapsed: answered }
    : { id: i, start: 0, elapsed: PATIENCE_MS, outcome: 'read-timeout' as const };
});

describe('many clients that gave up reading, of whom no line of the log is known to tell', () => {
  it('are not said to have another cause than the limit, nor that nothing happened', () => {
    const { clock, ...run } = timelineOf(sent, log);
    const { overload } = analyseRun({ ...run, clock: { ...clock, method: 'none', matched: 0 } }).findings;
    expect(['read-timeout', 'unknown']).toContain(overload.outcome);
    expect(overload.bound).not.toBe('exact');
  });
});
