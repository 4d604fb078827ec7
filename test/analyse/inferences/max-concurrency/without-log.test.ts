import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { timelineOf } from '../../../support/timeline.js';

const PORT = 8080;

//   accepted   6 ──────────   queued  9 8 7 …      by the client's times two are served at once, the rest of the six waits inside
describe('what client and sockets tell without a log', () => {
  const sent = Array.from({ length: 40 }, (_, id) => ({
    id,
    start: id,
    elapsed: 1000 * ((id >> 1) + 1) - id,
    connect: 1,
  }));
  const found = (accepted: number) =>
    analyseRun({
      ...timelineOf(sent, undefined),
      port: { value: PORT, from: 'option' },
      sockets: Array.from({ length: 10 }, (_, i) => ({
        source: 0,
        line: 1,
        time: 1000 * i + 500,
        zoned: true,
        command: 'ss',
        shows: { connections: true, listeners: true, owners: false },
        listeners: [{ address: '*', port: PORT, queued: 20 - i, limit: 128, line: 2 }],
        connections: [
          {
            port: PORT,
            side: 'server' as const,
            state: 'ESTABLISHED' as const,
            owner: 'unknown' as const,
            withData: 0,
            count: 20 - i + accepted,
            line: 3,
          },
        ],
      })),
    }).findings.maxConcurrency;

  it('is said to be the one’s or the other’s as it is', () => {
    const apart = found(6);
    expect(apart).toMatchObject({ bound: 'estimate', value: 2, range: { high: 6 } });
    expect(apart.statement.id).toBe('max.estimate.client');
    const alike = found(2);
    expect(alike).toMatchObject({ bound: 'estimate', value: 2, range: { high: 2 } });
    expect(alike.statement.id).toBe('max.estimate.sockets');
  });
});
