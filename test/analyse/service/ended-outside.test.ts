import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/analyse/service/coverage.js';
import { endedOutside } from '../../../src/analyse/service/ended-outside.js';
import { unlinedOf } from '../../../src/analyse/service/hidden.js';
import { valueAt } from '../../../src/analyse/stats/steps.js';
import { timelineOf } from '../../support/timeline.js';

const MS = 20_000;
const STEP = 500;
/** Twelve requests, none of which waits: sent one after the other, each answered after the same time. */
const sent = Array.from({ length: 12 }, (_, id) => ({ id, start: 1_000_000 + STEP * id, elapsed: MS + 2 }));
/** Their lines in a log that writes one at the end of each, from the `a`th to before the `b`th. */
const log = (a: number, b: number) =>
  sent
    .slice(a, b)
    .map(({ id, start }) => ({ at: start + MS + 1, kind: 'span' as const, id, duration: MS, pattern: 'worker' }));

describe('who was answered outside a log of ends alone', () => {
  it('is nobody where it is whole, and known where it tells of begins', () => {
    expect(endedOutside(timelineOf(sent, log(0, 12)))?.samples).toEqual([]);
    expect(coverageOf(timelineOf(sent, log(0, 12)), [])).toBeUndefined();
    expect(endedOutside(timelineOf(sent, [{ at: 1_000_001, kind: 'begin', id: 0 }]))).toBeUndefined();
  });

  it('was in service beside those it tells of, where its head or tail is missing', () => {
    // in service  1 2 3 … 12            the log tells of   1 2 3 … 8
    for (const [a, b] of [
      [0, 8],
      [4, 12],
    ] as const) {
      const timeline = timelineOf(sent, log(a, b));
      expect(endedOutside(timeline)?.samples).toHaveLength(4);
      expect(coverageOf(timeline, [])).toMatchObject({ outside: 4 / 12 });
      expect(valueAt(unlinedOf(timeline)!, 1_000_000 + 12 * STEP)).toBe(4);
    }
  });

  it('tells of all from its first line on, or until one came whose end it lacks', () => {
    expect(coverageOf(timelineOf(sent, log(4, 12)), [])?.from).toBe(1_000_000 + 4 * STEP + MS + 1);
    const to = coverageOf(timelineOf(sent, log(0, 8)), [])!.to;
    expect(Math.abs(to - sent[8]!.start)).toBeLessThanOrEqual(2);
  });
});
