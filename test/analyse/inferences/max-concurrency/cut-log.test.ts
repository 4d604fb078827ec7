import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import type { SocketSnapshot } from '../../../../src/model/snapshot.js';
import { handled, timelineOf } from '../../../support/timeline.js';

const PORT = 8080;

/** A look each second: so many connections, of which some wait to be accepted. */
const looks = (accepted: readonly number[], queued: number): SocketSnapshot[] =>
  accepted.map((n, i) => ({
    source: 0,
    line: 1,
    time: 1000 * i + 500,
    zoned: true,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: false },
    listeners: [{ address: '*', port: PORT, queued, limit: 128, line: 2 }],
    connections: [
      { port: PORT, side: 'server', state: 'ESTABLISHED', owner: 'unknown', withData: 0, count: n + queued, line: 3 },
    ] as const,
  }));

describe('the limit in a log that breaks off', () => {
  // Two workers of a second for ten seconds, then four; sixty requests sent at once.
  const begun = Array.from({ length: 60 }, (_, id) => 1000 * (id < 20 ? id >> 1 : 10 + ((id - 20) >> 2)));
  const sent = begun.map((at, id) => ({ id, start: id, elapsed: at + 1000 - id, connect: 1 }));
  const whole = handled(begun.map((at, id) => ({ id, from: at + 100, to: at + 990, worker: `w${id % 4}` })));
  const cut = whole.filter(({ at }) => at < 8000);
  const found = (accepted: readonly number[]) =>
    analyseRun({
      ...timelineOf(sent, cut),
      port: { value: PORT, from: 'option' },
      sockets: looks(accepted, 10),
    }).findings.maxConcurrency;

  it('is unknown where more are accepted afterwards while others wait', () => {
    expect(found([...Array(10).fill(2), ...Array(10).fill(4)])).toMatchObject({ bound: 'at-least', value: 2 });
  });

  it('is told where no more ever are', () => {
    expect(found(Array(20).fill(2))).toMatchObject({ bound: 'exact', value: 2 });
  });
});
