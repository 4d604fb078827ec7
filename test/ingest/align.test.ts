import { describe, expect, it } from 'vitest';
import { align } from '../../src/ingest/align.js';
import { eventsOf } from '../support/events.js';
import { samplesOf } from '../support/samples.js';
import { sourceOf } from '../support/sources.js';

describe('lines that state no zone beside others that do', () => {
  it('are of the same zone, also where nothing bounds them', () => {
    // Nobody had an answer: only the begins, which state their zone, are bounded by the client.
    const samples = samplesOf(
      Array.from({ length: 10 }, (_, i) => ({
        id: i,
        start: 1000 * i,
        elapsed: 300,
        outcome: 'read-timeout' as const,
      })),
    );
    const lines = Array.from({ length: 10 }, (_, i) => [
      { at: 1000 * i + 5, kind: 'begin' as const, id: i },
      { at: 1000 * i + 905 + 7_200_000, kind: 'end' as const, id: i, pattern: 'access' },
    ]).flat();
    const events = { ...eventsOf(lines), zoned: Uint8Array.from(lines, ({ kind }) => (kind === 'begin' ? 1 : 0)) };
    const { onClient, clock } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples },
        { source: sourceOf('server-log', { zone: '120, not stated' }), events },
      ],
      undefined,
    );
    expect(clock.timezoneOffsetMinutes).toBe(120);
    expect(onClient(7_200_905, false) - onClient(5, true)).toBeCloseTo(900, -1);
  });
});
