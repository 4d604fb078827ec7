import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';

const MINUTE_MS = 60_000;

describe('a log whose requests state no zone and whose server says in other lines that it is +0000', () => {
  /** Ten requests of 1 s; the server's clock, and its wall clock beyond what its own lines state, are so far ahead. */
  function clockOf({
    aheadMs,
    localMinutes = 0,
    idleMs = 3000,
  }: {
    aheadMs: number;
    localMinutes?: number;
    idleMs?: number;
  }) {
    const started = 1_000_000_000;
    const sent = Array.from({ length: 10 }, (_, i) => started + idleMs + 1500 * i - aheadMs);
    const lines = sent.flatMap((at, id) => [
      { at: at + 5 + aheadMs + localMinutes * MINUTE_MS, kind: 'begin' as const, id },
      { at: at + 1005 + aheadMs + localMinutes * MINUTE_MS, kind: 'end' as const, id },
    ]);
    const events = eventsOf(lines);
    return align(
      [
        {
          source: sourceOf('client-samples', { stamp: 'start' }),
          samples: samplesOf(sent.map((start, id) => ({ id, start, elapsed: 1008 }))),
        },
        {
          source: sourceOf('server-log', { zone: '0, not stated' }),
          events: { ...events, line: events.line.map((n) => n + 1), zoned: new Uint8Array(lines.length) },
          notices: [{ source: 0, line: 1, time: started, zoned: true, notice: { kind: 'worker-start', pid: 4002 } }],
        },
      ],
      undefined,
    ).clock;
  }

  it('is in that zone, and its clock is off by all the rest, if it goes on in the same time', () => {
    const clock = clockOf({ aheadMs: 18.9 * MINUTE_MS });
    expect(clock.timezoneOffsetMinutes).toBe(0);
    expect(Math.abs(clock.offsetMs! - 18.9 * MINUTE_MS)).toBeLessThanOrEqual(clock.uncertaintyMs!);
    expect(clock.caveats).toEqual([]);
  });

  it('is not where its requests are in local time, and the other lines in UTC', () => {
    for (const localMinutes of [330, -300]) {
      const clock = clockOf({ aheadMs: 0, localMinutes });
      expect(clock.timezoneOffsetMinutes).toBe(localMinutes);
      expect(Math.abs(clock.offsetMs!)).toBeLessThan(10);
    }
  });

  it('is not known to be where the first request came long after', () => {
    expect(clockOf({ aheadMs: 18.9 * MINUTE_MS, idleMs: 40 * MINUTE_MS }).timezoneOffsetMinutes).toBe(15);
  });
});
