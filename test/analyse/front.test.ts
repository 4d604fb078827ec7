import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../src/analyse/analyse.js';
import { looksAt } from '../../src/analyse/looks.js';
import type { Notice } from '../../src/model/events.js';
import { OUTCOME_CODE } from '../../src/model/samples.js';
import type { Listener, SocketSnapshot } from '../../src/model/snapshot.js';
import type { Timeline } from '../../src/model/timeline.js';
import { timelineOf } from '../support/timeline.js';

const FRONT = 8080;
const BEHIND = 8000;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const said = (notice: Notice) => ({ source: 0, line: 1, notice });
const listens = (port: number, queued: number, pids?: readonly number[]): Listener => ({
  address: '127.0.0.1',
  port,
  queued,
  limit: 511,
  line: port === FRONT ? 2 : 3,
  ...(pids ? { pids } : {}),
});
const look = (at: number, listeners: readonly Listener[]): SocketSnapshot => ({
  source: 1,
  line: 1,
  time: at,
  zoned: true,
  command: 'ss',
  shows: { connections: false, listeners: true, owners: false },
  listeners,
  connections: [],
});

/**
 * Two workers of half a second behind a server that accepts all: its lines hold the wait.
 *
 *     GET /?id=9 … rt=5.004     |·········wait·········|██|
 */
function proxied(notices: readonly Notice[], sockets: readonly SocketSnapshot[] = []): Timeline {
  const took = (i: number) => 500 * ((i >> 1) + 1);
  const sent = times(20, (i) => ({ id: i, start: i, elapsed: took(i) + 2 }));
  const log = sent.map(({ id, start }) => ({
    at: start + took(id) + 1,
    kind: 'span' as const,
    id,
    duration: took(id),
  }));
  return {
    ...timelineOf(sent, log),
    notices: notices.map(said),
    port: { value: FRONT, from: 'client-samples' },
    sockets,
  };
}

describe('the log of a server in front', () => {
  it('is known by its lines, which tell how long the one behind took', () => {
    const { maxConcurrency, backlog, overload } = analyseRun(proxied([{ kind: 'stands-in-front' }])).findings;
    expect(maxConcurrency.bound).not.toBe('at-least');
    expect(backlog).toMatchObject({ bound: 'unknown' });
    expect(overload.outcome).not.toBe('none-observed');
  });

  it('has a line at once of requests that failed because they waited for the one behind', () => {
    for (const outcome of ['server-error', 'read-timeout'] as const) {
      const run = proxied([{ kind: 'stands-in-front' }]);
      const { samples } = run;
      const gaveUp = samples!.elapsed.map((ms) => Math.min(ms, 3002));
      const code = samples!.elapsed.map((ms) => OUTCOME_CODE[ms > 3002 ? outcome : 'succeeded']);
      const failed = { ...samples!, elapsed: gaveUp, outcome: Uint8Array.from(code) };
      expect(analyseRun({ ...run, samples: failed }).findings.overload).toMatchObject({ outcome, requests: 8 });
    }
  });

  it('does not tell of nobody waiting where looks show its own queue alone', () => {
    const looks = times(10, (i) => look(500 * i + 100, [listens(FRONT, 0)]));
    expect(analyseRun(proxied([{ kind: 'stands-in-front' }], looks)).findings.backlog).toMatchObject({
      bound: 'unknown',
    });
  });

  it('may hold some of those it has begun, once the queue behind it is full', () => {
    const full = (queued: number): Listener => ({ ...listens(BEHIND, queued), limit: 8 });
    const looks = times(4, (i) => ({
      ...look(100 + 200 * i, [listens(FRONT, 0), full(9)]),
      shows: { connections: true, listeners: true, owners: false },
      connections: [
        {
          port: FRONT,
          side: 'server' as const,
          state: 'ESTABLISHED' as const,
          owner: 'unknown' as const,
          withData: 0,
          count: 20,
          line: 5,
        },
      ],
    }));
    const notices: readonly Notice[] = [{ kind: 'stands-in-front' }, { kind: 'listening', port: BEHIND }];
    expect(analyseRun(proxied(notices, looks)).findings.backlog).toMatchObject({
      bound: 'at-least',
      where: 'both',
      kernel: 9,
    });
  });

  it('has what is connected beyond what the client’s times suggest waiting somewhere, if the queue behind is seen empty', () => {
    const looks = times(
      10,
      (i): SocketSnapshot => ({
        ...look(500 * i + 100, [listens(FRONT, 0), listens(BEHIND, 0)]),
        shows: { connections: true, listeners: true, owners: false },
        connections: [
          {
            port: FRONT,
            side: 'server',
            state: 'ESTABLISHED',
            owner: 'unknown',
            withData: 0,
            count: 20 - 2 * i,
            line: 4,
          },
        ],
      }),
    );
    const { backlog } = analyseRun(proxied([{ kind: 'stands-in-front' }], looks)).findings;
    expect(backlog).toMatchObject({ bound: 'estimate', value: 18 });
  });

  it('has the queue behind it where the server says that it listens elsewhere', () => {
    const looks = times(10, (i) => look(500 * i + 100, [listens(FRONT, 0), listens(BEHIND, 17 - i)]));
    const listening: Notice = { kind: 'listening', port: BEHIND };
    expect(analyseRun(proxied([listening], looks)).findings.backlog).toMatchObject({ value: 17, where: 'server' });
    expect(analyseRun(proxied([], looks)).findings.backlog.value ?? 0).toBe(0);
  });
});

describe('a port at which a server says it listens', () => {
  const seen = (notices: readonly Notice[]) =>
    looksAt(proxied(notices, [look(100, [listens(FRONT, 0), listens(BEHIND, 5)])]))[0]?.inner?.port;

  it('is behind that of the clients, unless it says that it listens there too', () => {
    expect(seen([{ kind: 'listening', port: BEHIND }])).toBe(BEHIND);
    expect(
      seen([
        { kind: 'listening', port: BEHIND },
        { kind: 'listening', port: FRONT },
      ]),
    ).toBeUndefined();
    expect(seen([])).toBeUndefined();
  });
});
