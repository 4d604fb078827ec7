import { expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import type { SocketSnapshot } from '../../../../src/model/snapshot.js';
import { timelineOf } from '../../../support/timeline.js';

const PORT = 8080;

/** A look each second: five connections held by the server's process, others in the accept queue. */
const looks = Array.from(
  { length: 7 },
  (_, i): SocketSnapshot => ({
    source: 0,
    line: 1,
    time: 1000 * i + 500,
    zoned: true,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: true },
    listeners: [{ address: '*', port: PORT, queued: 9, limit: 128, pids: [5], line: 2 }],
    connections: [
      {
        port: PORT,
        side: 'server',
        state: 'ESTABLISHED',
        owner: 'some',
        pids: { 5: 5 },
        withData: 0,
        count: 5,
        line: 3,
      },
      { port: PORT, side: 'server', state: 'ESTABLISHED', owner: 'none', withData: 0, count: 9, line: 4 },
    ] as const,
  }),
);

//   served   ▐███▌▐███▌▐███▌     by durations that hold more  ▐████▌
//                                                                ▐████▌      at once on paper only
it('an estimate holds the counts that are said to agree with it', () => {
  // Five workers of 1,037 ms each; the durations in the log hold 30 ms more.
  const sent = Array.from({ length: 35 }, (_, id) => {
    const end = 1037 * (Math.floor(id / 5) + 1) + 40 * (id % 5);
    return { id, start: 10 * id, elapsed: end - 10 * id, connect: 1 };
  });
  const log = sent.map(({ id, start, elapsed }) => ({
    at: 10 * Math.floor((start + elapsed - 3) / 10),
    kind: 'span' as const,
    duration: 1067,
    resolution: 10,
    id,
  }));
  const { maxConcurrency: found } = analyseRun({
    ...timelineOf(sent, log),
    port: { value: PORT, from: 'option' },
    sockets: looks,
  }).findings;
  const counts = found.methods.flatMap(({ value, agrees }) => (agrees && typeof value === 'number' ? [value] : []));
  expect(counts).toContain(5);
  expect(found).toMatchObject({ bound: 'estimate', value: 6, range: { low: 5 } });
});
