import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import type { SocketSnapshot, TcpState } from '../../../src/model/snapshot.js';
import type { Timeline } from '../../../src/model/timeline.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const PORT = 8080;
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** One look at the server's port: connections at its end by state, and its accept queue. */
function look(at: number, states: Partial<Record<TcpState, number>>, queued: number, limit = 128): SocketSnapshot {
  return {
    source: 0,
    line: 1,
    time: at,
    zoned: true,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: false },
    listeners: [{ address: '*', port: PORT, queued, limit, line: 2 }],
    connections: Object.entries(states).map(([state, count]) => ({
      port: PORT,
      side: 'server',
      state: state as TcpState,
      owner: 'unknown',
      withData: 0,
      count,
      line: 3,
    })),
  };
}

const backlogOf = (timeline: Timeline, sockets: readonly SocketSnapshot[]) =>
  analyseRun({ ...timeline, port: { value: PORT, from: 'option' }, sockets }).findings.backlog;

describe('the backlog', () => {
  it('holds those who have given up and are served all the same', () => {
    // Two workers of ten seconds, all sent within the first; whoever waits gives up after four and stays in the queue inside.
    const sent = times(
      10,
      (i): TestSample => ({ id: i, start: 100 * i, elapsed: 4000, outcome: 'read-timeout' as const }),
    );
    const log = handled(
      times(10, (i) => ({
        id: i,
        from: 10_000 * (i >> 1) + 10 + 100 * (i % 2),
        to: 10_000 * ((i >> 1) + 1),
        worker: `w${i % 2}`,
      })),
    );
    const looks = [
      look(2000, { ESTABLISHED: 10 }, 0),
      look(6000, { CLOSE_WAIT: 10 }, 0),
      look(7000, { CLOSE_WAIT: 10 }, 0),
      look(12_000, { CLOSE_WAIT: 8 }, 0),
    ];
    expect(backlogOf(timelineOf(sent, log), looks)).toMatchObject({ value: 8, where: 'server', server: 8 });
  });

  it('is none where a look caught one about to be accepted, and says so', () => {
    // Everybody is begun at once; the third look falls between the handshake and the acceptance of one.
    const spans = times(20, (i) => ({ id: i, from: 500 * i + 1, to: 500 * i + 4000, worker: `w${i}` }));
    const sent = spans.map(({ id, from, to }): TestSample => ({ id, start: from - 1, elapsed: to - from + 2 }));
    const looks = [1, 2, 3, 4].map((k) => look(1000 * k + 200, { ESTABLISHED: 2 * k + 1 }, k === 3 ? 1 : 0));
    const found = backlogOf(timelineOf(sent, handled(spans)), looks);
    expect(found).toMatchObject({ value: 0, where: 'none' });
    expect(found.caveats.map(({ id, args }) => [id, args])).toEqual([['backlog.caveat.passing', { n: 1 }]]);
  });

  it('may be longer than a full accept queue where a log that lost lines shows fewer in service than are accepted', () => {
    const spans = times(24, (i) => ({
      id: i,
      from: 2000 * (i >> 2),
      to: 2000 * ((i >> 2) + 1) - 5,
      worker: `w${i % 4}`,
    }));
    const whole = handled(spans);
    const looks = [3000, 5000, 7000].map((at) => look(at, { ESTABLISHED: 12 }, 5, 4));
    const some = whole.filter(({ kind }, i) => kind === 'end' || i % 3 !== 1);
    const found = backlogOf(timelineOf(undefined, some), looks);
    expect(found).toMatchObject({ bound: 'at-least', kernel: 5 });
  });

  it('may be longer than a full accept queue where more than can be served have given up, and no client tells of them', () => {
    // Two are in service for ten seconds each; of eight who gave up six may have waited inside, or be leftovers.
    const spans = times(6, (i) => ({
      id: i,
      from: 10_000 * (i >> 1),
      to: 10_000 * ((i >> 1) + 1) - 5,
      worker: `w${i % 2}`,
    }));
    const looks = [5000, 15_000].map((at) => look(at, { ESTABLISHED: 5, CLOSE_WAIT: 8 }, 5, 4));
    expect(backlogOf(timelineOf(undefined, handled(spans)), looks)).toMatchObject({ bound: 'at-least', kernel: 5 });
  });

  it('stands in both places where look after look shows the same few inside', () => {
    // One worker of two seconds that accepts two more; nine at once.
    const sent = times(9, (i): TestSample => ({ id: i, start: i, elapsed: 2000 * (i + 1) - i, connect: 1 }));
    const log = handled(times(9, (i) => ({ id: i, from: 2000 * i + 10, to: 2000 * (i + 1), worker: 'w' })));
    const looks = (inside: (k: number) => number) =>
      times(5, (k) => look(2000 * k + 1000, { ESTABLISHED: 7 - k + inside(k) }, 6 - k, 1024));
    expect(
      backlogOf(
        timelineOf(sent, log),
        looks(() => 2),
      ),
    ).toMatchObject({ value: 8, where: 'both', server: 2 });
    expect(
      backlogOf(
        timelineOf(sent, log),
        looks((k) => (k === 0 ? 2 : 0)),
      ),
    ).toMatchObject({ where: 'kernel' });
  });

  it('does not count leftovers of served connections', () => {
    const sent = times(10, (i): TestSample => ({ id: i, start: 1000 * i, elapsed: 900 }));
    const log = handled(times(10, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * i + 899, worker: 'w' })));
    const looks = times(9, (i) => look(1000 * i + 500, { ESTABLISHED: 1, CLOSE_WAIT: i }, 0));
    expect(backlogOf(timelineOf(sent, log), looks)).toMatchObject({ value: 0, where: 'none' });
  });

  it('has no known place where a sparse look saw a small part of it', () => {
    // One worker of a second; forty come within ten seconds. A single look, early, saw three of them wait.
    const sent = times(
      40,
      (i): TestSample => ({ id: i, start: 250 * i, elapsed: 1000 * (i + 1) - 250 * i, connect: 1 }),
    );
    const log = handled(times(40, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = [look(1100, { ESTABLISHED: 4 }, 0), look(41_100, { ESTABLISHED: 0 }, 0)];
    expect(backlogOf(timelineOf(sent, log), looks)).toMatchObject({ bound: 'at-least', where: 'unknown' });
    const often = times(40, (i) => {
      const at = 1000 * i + 500;
      return look(at, { ESTABLISHED: Math.min(40, Math.floor(at / 250) + 1) - i }, 0);
    });
    expect(backlogOf(timelineOf(sent, log), often)).toMatchObject({ where: 'server' });
  });

  it('is not exact where a queue with room in every look must have been full between two', () => {
    // One worker of a second and a backlog of 20: a look at 17, 18 or 19 in it, while a handshake does not come through.
    const sent = times(60, (i): TestSample => ({ id: i, start: 20 * i, elapsed: 1000 * (i + 1) - 20 * i }));
    const log = handled(times(60, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = (queued: number) =>
      times(4, (i) => look(1500 + 1000 * i, { ESTABLISHED: queued + 1, SYN_RECV: 2 }, queued, 20));
    expect(backlogOf(timelineOf(sent, log), looks(19)).bound).toBe('at-least');
    expect(backlogOf(timelineOf(sent, log), looks(21)).bound).toBe('exact');
  });

  it('is not said to be the kernel’s alone where nothing lists the connections and more clients waited', () => {
    // The accept queue of five is full, and eight more may wait inside.
    const sent = times(40, (i): TestSample => ({ id: i, start: 50 * i, elapsed: 1000 * (i + 1) - 50 * i }));
    const log = handled(times(40, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = times(20, (i) => {
      const { connections: _, ...rest } = look(1000 * i + 500, {}, 6, 5);
      return { ...rest, connections: [], shows: { connections: false, listeners: true, owners: false } };
    });
    const found = backlogOf(timelineOf(sent, log), looks);
    expect(found).toMatchObject({ bound: 'at-least', kernel: 6 });
    expect(found.where).not.toBe('kernel');
  });

  it('of whoever was connected is more than a client’s record that was cut off knows of', () => {
    // Forty are connected; of the last twenty neither the log nor the client's record has a line.
    const sent = times(20, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: 1 }));
    const log = handled(times(20, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = times(8, (i) => look(1500 + 1000 * i, { ESTABLISHED: 39 - i }, 0));
    expect(backlogOf(timelineOf(sent, log), looks)).toMatchObject({ value: 38, where: 'server' });
  });

  it('of clients that wait when the last is said to have had its answer is more than a record knows that was cut off', () => {
    // One worker; the record ends with the answer to the tenth of thirty, and so does the log.
    const sent = times(10, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: 1 }));
    const log = handled(times(10, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = times(28, (i) => look(1500 + 1000 * i, { ESTABLISHED: Math.min(10, 29 - i) }, Math.max(0, 19 - i)));
    const full = looks.map((one, i) => (i < 9 ? look(1500 + 1000 * i, { ESTABLISHED: 29 - i }, 19 - i) : one));
    expect(backlogOf(timelineOf(sent, log), full)).toMatchObject({ value: 28, kernel: 19, server: 9 });
  });

  it('holds those who gave up inside and were never begun', () => {
    // One worker; ten give up before it has room for them, and a look shows those whom the server has not noticed to have gone.
    const sent = times(12, (i): TestSample => {
      const outcome = i < 2 ? 'succeeded' : 'abandoned';
      return { id: i, start: 10 * i, elapsed: (i < 2 ? 1000 * (i + 1) : 1800) - 10 * i, connect: 1, outcome };
    });
    const log = handled(times(2, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = [look(1200, { ESTABLISHED: 6 }, 1), look(1900, { ESTABLISHED: 1, CLOSE_WAIT: 10 }, 5)];
    expect(backlogOf(timelineOf(sent, log), looks)).toMatchObject({ where: 'both' });
  });

  it('before a log that begins late holds all but the limit', () => {
    // One worker; the log begins with its twelfth request, when most of the queue is gone.
    const sent = times(30, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: 1 }));
    const all = times(30, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' }));
    const looks = times(29, (i) => look(1500 + 1000 * i, { ESTABLISHED: 29 - i }, 0));
    expect(backlogOf(timelineOf(sent, handled(all.slice(12))), looks)).toMatchObject({ value: 28, where: 'server' });
  });

  it('is exact where the client takes for connected whose handshake the server has not finished', () => {
    // One worker, four wait inside and six in a kernel's queue of five; two more believe to be connected.
    const sent = times(30, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: 1 }));
    const log = handled(times(30, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const some = timelineOf(sent.slice(0, 13), log.slice(0, 26));
    const looks = (half: number) => times(2, (i) => look(600 + 200 * i, { ESTABLISHED: 11, SYN_RECV: half }, 6, 5));
    expect(backlogOf(some, looks(2))).toMatchObject({ bound: 'exact', value: 10, kernel: 6, server: 4 });
    expect(backlogOf(some, looks(0))).toMatchObject({ bound: 'at-least', value: 12 });
  });

  /** One worker; the server dies at 1.9 s, and with it the connections of all who wait. */
  const dying = (outcome: 'reset' | 'other') => {
    const sent = times(100, (i): TestSample => {
      const start = 20 * i;
      if (i < 3) return { id: i, start, elapsed: 600 * (i + 1) - start, connect: 1 };
      if (start >= 1900) return { id: i, start, elapsed: 1, outcome: 'refused' };
      return { id: i, start, elapsed: 1900 - start, outcome, connect: 0 };
    });
    return timelineOf(sent, handled(times(3, (i) => ({ id: i, from: 600 * i + 1, to: 600 * (i + 1), worker: 'w' }))));
  };

  it('counts a look taken just before the server died', () => {
    const looks = [look(700, { ESTABLISHED: 35 }, 34), look(1700, { ESTABLISHED: 84 }, 83)];
    expect(backlogOf(dying('other'), looks)).toMatchObject({ value: 83, where: 'kernel' });
  });

  it('counts those who were cut: to be so they must have been connected', () => {
    const looks = [look(700, { ESTABLISHED: 35 }, 34)];
    expect(backlogOf(dying('reset'), looks)).toMatchObject({ value: 87 });
  });

  it('stands in both places where the kernel’s part, small as it is, was counted', () => {
    // One worker, nine wait inside, three are not accepted.
    const sent = times(13, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: 1 }));
    const log = handled(times(13, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const at = (queued: number) => times(2, (i) => look(300 + 300 * i, { ESTABLISHED: 13 }, queued));
    expect(backlogOf(timelineOf(sent, log), at(3))).toMatchObject({ where: 'both', kernel: 3, server: 9 });
    expect(backlogOf(timelineOf(sent, log), at(1))).toMatchObject({ where: 'server' });
  });

  it('shows the kernel’s queue full without a look where so many waited and others had to ask again', () => {
    // One worker and a backlog of 30: thirty-one wait, and ten get their connection after a second or more.
    const first = times(32, (i): TestSample => ({ id: i, start: i, elapsed: 1000 * (i + 1) - i, connect: 1 }));
    const later = (connect: number) =>
      times(10, (i): TestSample => ({ id: 32 + i, start: 100 + i, elapsed: 1000 * (33 + i) - i - 100, connect }));
    const log = handled(times(42, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = [look(-5000, {}, 0, 30)];
    const slow = later(0).map((one, i) => ({ ...one, connect: 1000 * (i + 1) }));
    expect(backlogOf(timelineOf([...first, ...slow], log), looks)).toMatchObject({ bound: 'exact', value: 31 });
    expect(backlogOf(timelineOf([...first, ...later(1)], log), looks)).toMatchObject({ where: 'unknown' });
  });

  it('of clients whose connection nothing shows is an estimate where every look was taken at an idle server', () => {
    const sent = times(40, (i): TestSample => ({ id: i, start: i, elapsed: 1000 * (i + 1) - i }));
    const log = handled(times(40, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    expect(backlogOf(timelineOf(sent, log), [look(-5000, { ESTABLISHED: 0 }, 0, 20)])).toMatchObject({
      bound: 'estimate',
      where: 'unknown',
    });
  });
});
