import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import type { SocketSnapshot } from '../../../../src/model/snapshot.js';
import type { TestEvent } from '../../../support/events.js';
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

  it('is unknown where others hold the connections before or afterwards', () => {
    const by = (look: SocketSnapshot, pid: number): SocketSnapshot => ({
      ...look,
      connections: look.connections.map((one) => ({ ...one, owner: 'some', pids: { [pid]: one.count } })),
    });
    const told = (pidOf: (i: number) => number, log: readonly TestEvent[] = cut) =>
      analyseRun({
        ...timelineOf(sent, log),
        port: { value: PORT, from: 'option' },
        sockets: looks(Array(20).fill(2), 10).map((look, i) => by(look, pidOf(i))),
      }).findings.maxConcurrency;
    expect(told(() => 1).bound).toBe('exact');
    expect(told((i) => (i < 9 ? 1 : 8)).bound).toBe('at-least');
    // Where each request has a process of its own it is always another.
    const each = cut.map((line) => ({ ...line, worker: `fork-${line.id}` }));
    expect(told((i) => (i < 9 ? 1 : 8), each).bound).toBe('exact');
  });

  it('is told where no more ever are', () => {
    expect(found(Array(20).fill(2))).toMatchObject({ bound: 'exact', value: 2 });
  });
});

//   served  ▐██████▌▐██████▌       log  ▐██████▌      of the four more that were in service when it was cut it has no line
//           ▐██████▌▐██████▌            ▐██████▌
//             ▐████████▌                  ·
describe('a log of ends alone that breaks off', () => {
  // Ten of six seconds each; the log ends with the sixth, and the rest wait in the kernel.
  const sent = Array.from({ length: 30 }, (_, id) => {
    const begun = 6000 * Math.floor(id / 10) + 300 * (id % 10);
    return { id, start: 30 * id, elapsed: begun + 6010 - 30 * id, connect: 1 };
  });
  const found = (withIds: boolean, lines: number) => {
    const log = sent.slice(0, lines).map(({ id, start, elapsed }) => ({
      at: start + elapsed - 5,
      kind: 'span' as const,
      duration: 6000,
      ...(withIds ? { id } : {}),
    }));
    return analyseRun({
      ...timelineOf(sent, log),
      port: { value: PORT, from: 'option' },
      sockets: looks(Array(15).fill(10), 10),
    }).findings.maxConcurrency;
  };

  it('has no line of those who were in service then: what it shows is no limit', () => {
    expect(found(true, 30)).toMatchObject({ bound: 'exact', value: 10 });
    expect(found(true, 6).bound).not.toBe('exact');
    expect(found(false, 6).bound).not.toBe('exact');
  });
});

describe('a log that ends nothing', () => {
  // Four of sixteen are begun before the server dies.
  const sent = Array.from({ length: 16 }, (_, id) => ({
    id,
    start: 250 * id,
    elapsed: 9000 - 250 * id,
    connect: 1,
    outcome: 'reset' as const,
  }));
  const refused = [0, 1, 2].map((i) => ({ id: 50 + i, start: 9100 + i, elapsed: 1, outcome: 'refused' as const }));
  const begins = sent
    .slice(0, 4)
    .map(({ id, start }) => ({ at: start + 1, kind: 'begin' as const, id, worker: `w${id}` }));
  const found = (sockets: SocketSnapshot[]) =>
    analyseRun({ ...timelineOf([...sent, ...refused], begins), port: { value: PORT, from: 'option' }, sockets })
      .findings;
  const look = (accepted: number, queued: number, i: number) => ({
    ...looks([accepted], queued)[0]!,
    time: 1000 * i + 500,
  });

  it('is whole where the server accepts just those whom it has begun, while others wait', () => {
    const { maxConcurrency, backlog } = found([2, 4, 4, 4, 4].map((n, i) => look(n, Math.min(12, 4 * i), i)));
    expect(maxConcurrency).toMatchObject({ bound: 'exact', value: 4 });
    expect(backlog).toMatchObject({ value: 12, where: 'kernel' });
  });

  it('may be cut where it accepts more, or nobody looked', () => {
    const { maxConcurrency, backlog } = found([2, 6, 10, 14, 16].map((n, i) => look(n, 0, i)));
    expect(maxConcurrency).toMatchObject({ bound: 'at-least', value: 4 });
    expect(backlog.bound).toBe('unknown');
    const late = found([look(0, 0, 20)]);
    expect(late.maxConcurrency).toMatchObject({ bound: 'at-least', value: 4 });
    expect(late.backlog.bound).toBe('unknown');
  });
});
