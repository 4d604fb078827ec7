import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { timelineOf } from '../../../support/timeline.js';

const PORT = 8080;

//   client   |·······waiting·······x  gave up
//   log      ends of those that were served; no ids, and the clocks known to some seconds
describe('who gave up and is in no log of ends', () => {
  // Two workers of two seconds; whoever is not answered within five gives up.
  const sent = Array.from({ length: 20 }, (_, id) => {
    const ends = 2000 * ((id >> 1) + 1);
    const start = 10 * id;
    return ends - start <= 5000
      ? { id, start, elapsed: ends - start, connect: 1 }
      : { id, start, elapsed: 5000, outcome: 'read-timeout' as const, connect: 1 };
  });
  const log = sent.flatMap(({ start, elapsed, outcome }) =>
    outcome ? [] : [{ at: start + elapsed - 2, kind: 'span' as const, duration: 1990, resolution: 1000 }],
  );
  const overload = (queued: number) => {
    const timeline = timelineOf(sent, log);
    return analyseRun({
      ...timeline,
      clock: { ...timeline.clock, method: 'order', uncertaintyMs: 8000, matched: 0 },
      port: { value: PORT, from: 'option' },
      sockets: Array.from({ length: 4 }, (_, i) => ({
        source: 1,
        line: 1,
        time: 1000 * i + 9000,
        zoned: true,
        command: 'ss',
        shows: { connections: false, listeners: true, owners: false },
        listeners: [{ address: '*', port: PORT, queued, limit: 128, line: 2 }],
        connections: [],
      })),
    }).findings.overload;
  };

  it('waited in the queue that looks show, as far as the clocks tell', () => {
    expect(overload(12).outcome).toBe('read-timeout');
  });
});
