import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { PORT, queueLook } from '../../../support/looks.js';
import { timelineOf } from '../../../support/timeline.js';

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

//   under way   12 ─────────── x x x    twelve at once, who take a second each whatever the crowd; the next ones are turned away at once
describe('a queue without a log', () => {
  const backlogOf = (slow: number) => {
    const served = Array.from({ length: 60 }, (_, id) => ({
      id,
      start: 85 * id,
      elapsed: 1000 + (id > 11 ? slow : 0),
    }));
    const away = Array.from({ length: 8 }, (_, n) => ({
      id: 100 + n,
      start: 1100 + 400 * n,
      elapsed: 5,
      outcome: 'http-503' as const,
    }));
    const sent = [...served, ...away].sort((a, b) => a.start - b.start);
    const sockets = Array.from({ length: 5 }, (_, i) => queueLook(500 + 1000 * i, { established: 12, limit: 2048 }));
    return analyseRun({ ...timelineOf(sent, undefined), port: { value: PORT, from: 'option' }, sockets }).findings
      .backlog;
  };

  it('is none where every answer took as long as that to the first, who found the server idle', () => {
    expect(backlogOf(0)).toMatchObject({ bound: 'at-least', value: 0, where: 'none' });
  });

  it('is open where those behind took longer', () => {
    expect(backlogOf(400).where).not.toBe('none');
  });
});
