import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';

const AHEAD = 700;

/** Each waits four seconds, is served for two, and has its answer `back(i)` ms later. */
const aligned = (back: (i: number) => number) => {
  const list = Array.from({ length: 30 }, (_, i) => ({ id: i, sent: 500 * i, begin: 500 * i + 4000 + 13 * i }));
  const samples = samplesOf(
    list.map(({ id, sent, begin }) => ({ id, start: sent, elapsed: begin + 2000 + back(id) - sent })),
  );
  const events = eventsOf(
    list.flatMap(({ id, begin }) => [
      { at: begin + AHEAD, kind: 'begin' as const, id },
      { at: begin + 2000 + AHEAD, kind: 'end' as const, id },
    ]),
  );
  return align(
    [
      { source: sourceOf('client-samples', { stamp: 'start' }), samples },
      { source: sourceOf('server-log', {}), events },
    ],
    undefined,
  ).clock;
};

describe('the difference of clocks where every request waited', () => {
  it('is told by answers that all arrive as long after their end', () => {
    const { offsetMs = 0, uncertaintyMs = 0, caveats } = aligned((i) => 1 + (i % 3));
    expect(Math.abs(offsetMs - AHEAD)).toBeLessThanOrEqual(uncertaintyMs);
    expect(uncertaintyMs).toBeLessThanOrEqual(100);
    expect(caveats.map(({ id }) => id)).toContain('clock.delivered');
  });

  it('stays open where they do not', () => {
    const { offsetMs = 0, uncertaintyMs = 0 } = aligned((i) => 1 + 40 * (i % 7));
    expect(Math.abs(offsetMs - AHEAD)).toBeLessThanOrEqual(uncertaintyMs);
    expect(uncertaintyMs).toBeGreaterThan(1000);
  });
});
