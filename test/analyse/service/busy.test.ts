import { describe, expect, it } from 'vitest';
import { busierThanTime } from '../../../src/analyse/service/busy.js';
import { servedRequests } from '../../../src/ingest/merge/served.js';
import { eventsOf } from '../../support/events.js';

/** Requests that one worker ends each second, stamped to whole seconds. */
const ended = (each: number, durationMs: number) =>
  servedRequests(
    eventsOf(
      Array.from({ length: 3 * each }, (_, i) => ({
        at: 1000 * (1 + Math.floor(i / each)),
        kind: 'span' as const,
        id: i,
        worker: 'a',
        duration: durationMs,
        resolution: 1000,
      })),
    ),
    () => -1,
  )!;

describe('a worker whose requests take longer together than there was time', () => {
  it('had several at once, whatever whole seconds say', () => {
    expect([...busierThanTime(ended(20, 700)).values()][0]).toBeGreaterThan(8);
  });

  it('is told from one that served them one after another', () => {
    expect(busierThanTime(ended(1, 900)).size).toBe(0);
  });
});
