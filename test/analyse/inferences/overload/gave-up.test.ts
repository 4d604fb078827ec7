import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { handled, timelineOf } from '../../../support/timeline.js';

const PATIENCE_MS = 3000;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** Two workers of a second each, a request after the other, and clients that give up before their turn. Who is who the log does not say. */
const log = handled(
  times(20, (i) => ({ id: i, from: 1000 * (i >> 1) + 1, to: 1000 * (i >> 1) + 1000, worker: `w${i & 1}` })),
).map(({ id: _, ...event }) => event);
const sent = times(20, (i) => {
  const answered = 1000 * ((i >> 1) + 1) + 1;
  return answered <= PATIENCE_MS + 1
    ? { id: i, start: 0, elapsed: answered }
    : { id: i, start: 0, elapsed: PATIENCE_MS, outcome: 'read-timeout' as const };
});

describe('many clients that gave up reading, of whom no line of the log is known to tell', () => {
  it('are not said to have another cause than the limit, nor that nothing happened', () => {
    const { clock, ...run } = timelineOf(sent, log);
    const { overload } = analyseRun({ ...run, clock: { ...clock, method: 'none', matched: 0 } }).findings;
    expect(['read-timeout', 'unknown']).toContain(overload.outcome);
    expect(overload.bound).not.toBe('exact');
  });
});

//   in service   ▐██████████████████████┤ died, reset
//   waiting      ▐████████▌ gave up        refused ×××
describe('clients that gave up reading before the server died, whose begin a log that lost lines lacks', () => {
  const PORT = 8080;
  const DIED_MS = 13_000;
  const cut = times(16, (i) => ({ id: i, start: 400 * i, elapsed: DIED_MS - 400 * i, outcome: 'reset' as const }));
  const gone = times(8, (i) => ({
    id: 30 + i,
    start: 100 + i,
    elapsed: PATIENCE_MS,
    outcome: 'read-timeout' as const,
  }));
  const refused = times(6, (i) => ({ id: 50 + i, start: DIED_MS + 100 * i, elapsed: 1, outcome: 'refused' as const }));
  const lines = handled(cut.map(({ id, start }) => ({ id, from: start + 1, to: 99_000, worker: `w${id}` }))).filter(
    ({ at, id }) => at < DIED_MS && id !== 2 && id !== 9 && id !== 12,
  );
  const look = (time: number, queued: number) => ({
    source: 0,
    line: 1,
    time,
    zoned: true,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: false },
    listeners: time < DIED_MS ? [{ address: '*', port: PORT, queued, limit: 8, line: 2 }] : [],
    connections: [
      { port: PORT, side: 'server', state: 'ESTABLISHED', owner: 'unknown', withData: 0, count: queued + 16, line: 3 },
    ],
  });

  it('are not hidden by its death', () => {
    const run = timelineOf([...cut, ...gone, ...refused], lines);
    const sockets = times(14, (i) => look(1000 * i + 500, i < 4 ? 8 : 0)) as never;
    const found = analyseRun({ ...run, port: { value: PORT, from: 'option' }, sockets }).findings;
    expect(found.overload.outcome).toBe('read-timeout');
  });
});
