import { describe, expect, it } from 'vitest';
import { countRequests, summariseLatency } from '../../src/analyse/requests.js';
import { samplesOf } from '../support/samples.js';
import { handled, timelineOf } from '../support/timeline.js';

describe('requests counted', () => {
  const sent = [
    { start: 0, elapsed: 10, id: 1 },
    { start: 1, elapsed: 30, id: 2 },
    { start: 2, elapsed: 5, id: 3, outcome: 'refused' as const },
    { start: 3, elapsed: 5, id: 4, outcome: 'abandoned' as const },
  ];

  it('adds up: sent = succeeded + failed + abandoned', () => {
    const log = handled([
      { id: 1, from: 1, to: 9 },
      { id: 2, from: 2, to: 28 },
    ]);
    expect(countRequests(timelineOf(sent, log))).toEqual({
      sent: 4,
      succeeded: 2,
      failed: 1,
      abandoned: 1,
      failuresByKind: { refused: 1 },
      started: 2,
      finished: 2,
    });
  });

  it('says nothing of a side that was not recorded', () => {
    expect(countRequests(timelineOf(undefined, [{ at: 1, kind: 'begin', id: 1 }]))).toEqual({
      started: 1,
      finished: 0,
    });
  });

  it('takes latency from the succeeded requests alone', () => {
    const latency = summariseLatency(samplesOf(sent))!;
    expect([latency.count, latency.min, latency.p50, latency.max, latency.mean]).toEqual([2, 10, 10, 30, 20]);
    expect(summariseLatency(samplesOf(sent.slice(2)))).toBeUndefined();
  });
});
