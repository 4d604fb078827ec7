import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import type { SocketSnapshot } from '../../../src/model/snapshot.js';
import type { TestEvent } from '../../support/events.js';
import { handled, timelineOf } from '../../support/timeline.js';

const PORT = 8080;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** Looks each half second at so many connections, none of them in the accept queue. */
const looks = (from: number, to: number, count: number): SocketSnapshot[] =>
  times(Math.floor((to - from) / 500), (i) => ({
    source: 0,
    line: 1,
    time: from + 500 * i,
    zoned: true,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: false },
    listeners: [{ address: '*', port: PORT, queued: 0, limit: 511, line: 2 }],
    connections: [
      { port: PORT, side: 'server', state: 'ESTABLISHED', owner: 'unknown', withData: 0, count, line: 3 },
    ] as const,
  }));

const backlogOf = (
  sent: Parameters<typeof timelineOf>[0],
  log: readonly TestEvent[],
  sockets: readonly SocketSnapshot[],
) => analyseRun({ ...timelineOf(sent, log), port: { value: PORT, from: 'option' as const }, sockets }).findings.backlog;

describe('connections beyond those in service, where no client tells of requests on their way', () => {
  it('may be kept for the next request where the count goes up and down', () => {
    // Twenty clients keep a connection each. Of each five seconds they are busy at once for one, then fewer and fewer.
    const log = handled(
      times(100, (i) => {
        const from = 5000 * Math.floor(i / 20);
        return { id: i, from: from + i, to: from + 900 + 180 * (i % 20) };
      }),
    );
    expect(backlogOf(undefined, log, looks(500, 24_000, 24))).toMatchObject({
      bound: 'estimate',
      where: 'unknown',
      range: { low: 0 },
    });
  });

  it('wait where the count stands', () => {
    // Four workers of a second, one request after another.
    const log = handled(
      times(96, (i) => ({
        id: i,
        from: 1000 * (i >> 2) + 10 * (i % 4),
        to: 1000 * ((i >> 2) + 1) + 10 * (i % 4) - 1,
        worker: `w${i % 4}`,
      })),
    );
    expect(backlogOf(undefined, log, looks(500, 20_000, 24))).toMatchObject({
      bound: 'at-least',
      value: 20,
      where: 'server',
    });
  });
});

describe('connections beyond those in service, where the log lost lines', () => {
  // Ten clients keep a connection each, and ask again a second after each answer.
  const sent = times(100, (i) => ({ id: i, start: 2000 * Math.floor(i / 10) + 50 * (i % 10), elapsed: 1000 }));
  const whole = handled(sent.map(({ id, start }) => ({ id, from: start + 1, to: start + 999 })));

  it('are no queue where no more requests than served were on their way', () => {
    const log = whole.filter((_, i) => i % 7 !== 3);
    expect(backlogOf(sent, log, looks(500, 20_000, 16))).toMatchObject({ value: 0, where: 'none' });
  });

  it('are no queue before the first line', () => {
    const log = whole.filter(({ at }) => at > 4600);
    const finding = backlogOf(sent, log, looks(500, 4500, 10));
    expect(finding.bound === 'unknown' || finding.value === 0 || finding.range?.low === 0).toBe(true);
  });
});

//   client   ▐██▌    ▐██▌▐██▌    ▐██▌       some rows are lost
//   log      ▐██▌▐██▌▐██▌▐██▌▐██▌▐██▌
describe('connections beyond those in service, where the client’s record lacks rows', () => {
  // Six of 14 clients at a time, which keep their connections.
  const sent = times(120, (i) => ({ id: i, start: 100 * i, elapsed: 400 }));
  const log = handled(sent.map(({ id, start }) => ({ id, from: start + 1, to: start + 399, worker: `w${id % 6}` })));

  it('are no queue where none of the others waited', () => {
    const part = sent.filter(({ id }) => id % 5 !== 2);
    expect(backlogOf(part, log, looks(500, 11_000, 14))).toMatchObject({ value: 0, where: 'none' });
  });

  it('are not known for sure to wait where it was cut off', () => {
    const found = backlogOf(sent.slice(60), log, looks(500, 5000, 14));
    expect(found.confidence).not.toBe('high');
  });
});
