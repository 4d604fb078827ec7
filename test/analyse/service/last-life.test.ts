import { describe, expect, it } from 'vitest';
import { outageOf } from '../../../src/analyse/service/outage/outage.js';
import { handled, timelineOf } from '../../support/timeline.js';

describe('the moment of a server’s death', () => {
  it('is the cut of those in service, also where the next client comes much later', () => {
    //  served  |███|    |██████x           cut at 7 s
    //  later                      x x x    refused from 12 s on
    const sent = [
      { id: 1, start: 0, elapsed: 3000 },
      { id: 2, start: 4000, elapsed: 3000, outcome: 'reset' as const },
      { id: 3, start: 5000, elapsed: 2000, outcome: 'reset' as const },
      ...[0, 1, 2, 3].map((n) => ({ id: 10 + n, start: 12_000 + n, elapsed: 1, outcome: 'refused' as const })),
    ];
    const log = [
      ...handled([{ id: 1, from: 2, to: 2998 }]),
      { at: 4002, kind: 'begin' as const, id: 2 },
      { at: 5002, kind: 'begin' as const, id: 3 },
    ];
    expect(outageOf(timelineOf(sent, log))?.at).toBe(7000);
  });
});
