import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../src/analyse/analyse.js';
import { looksAt } from '../../src/analyse/looks.js';
import type { ConnectionTally, Listener, SocketSnapshot } from '../../src/model/snapshot.js';
import type { Timeline } from '../../src/model/timeline.js';
import { timelineOf } from '../support/timeline.js';

const FRONT = 8080;
const BEHIND = 8000;
const DATABASE = 5432;
const WORKERS = 2;
const REQUESTS = 24;
const SERVICE_MS = 500;

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const listens = (port: number, queued: number, limit: number): Listener => ({
  address: '127.0.0.1',
  port,
  queued,
  limit,
  line: 2,
});
const rows = (port: number, side: 'server' | 'client', count: number): ConnectionTally => ({
  port,
  side,
  state: 'ESTABLISHED',
  owner: 'unknown',
  withData: 0,
  count,
  line: 5,
});

/** `ss -tan` while so many clients are connected: two are served, others wait behind, and what finds no room there in the server in front. */
function look(at: number, clients: number, limit: number, database = 0): SocketSnapshot {
  const called = Math.min(clients, WORKERS + limit + 1);
  return {
    source: 1,
    line: 1,
    time: at,
    zoned: true,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: false },
    listeners: [
      listens(FRONT, 0, 511),
      listens(BEHIND, Math.max(0, called - WORKERS), limit),
      listens(DATABASE, 0, 100),
    ],
    connections: [
      rows(FRONT, 'server', clients),
      ...[BEHIND, DATABASE].flatMap((port) => {
        const n = port === BEHIND ? called : database;
        return n > 0 ? [rows(port, 'server', n), rows(port, 'client', n)] : [];
      }),
    ],
  };
}

/** Two workers of half a second behind a server that accepts all and says how long the other took: `rt=5.004 urt=5.003`. */
function proxied(limit: number, database = 0): Timeline {
  const took = (i: number) => SERVICE_MS * (Math.floor(i / WORKERS) + 1);
  const sent = times(REQUESTS, (id) => ({ id, start: id, elapsed: took(id) + 2 }));
  const log = sent.map(({ id, start }) => ({
    at: start + took(id) + 1,
    kind: 'span' as const,
    id,
    duration: took(id),
  }));
  return {
    ...timelineOf(sent, log),
    notices: [{ source: 0, line: 1, notice: { kind: 'stands-in-front' } }],
    port: { value: FRONT, from: 'client-samples' },
    sockets: times(REQUESTS / WORKERS, (i) =>
      look(SERVICE_MS * i + 200, REQUESTS - WORKERS * i, limit, i === 0 ? database : 0),
    ),
  };
}

//   clients ──24──▶ :8080 ──24──▶ :8000   Recv-Q 22, so 2 are accepted
describe('a server behind one that says that it stands in front', () => {
  it('has accepted what is connected to it and does not wait', () => {
    const { maxConcurrency, backlog, overload } = analyseRun(proxied(100)).findings;
    expect(maxConcurrency).toMatchObject({ value: WORKERS, range: { low: 1, high: WORKERS } });
    expect(backlog).toMatchObject({ bound: 'at-least', value: REQUESTS - WORKERS, where: 'server' });
    expect(overload.outcome).toBe('queued');
  });

  it('leaves those in the server in front for whom it has no room', () => {
    expect(analyseRun(proxied(9)).findings.backlog).toMatchObject({
      bound: 'at-least',
      value: REQUESTS - WORKERS,
      where: 'both',
      kernel: 10,
      server: REQUESTS - WORKERS - 10,
    });
  });

  it('is unknown where two are called, unless one of them by more than there are clients', () => {
    const port = (database: number) => looksAt(proxied(100, database))[0]?.inner?.port;
    expect(port(0)).toBe(BEHIND);
    expect(port(4)).toBeUndefined();
    expect(port(40)).toBe(BEHIND);
  });
});
