import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import type { SocketSnapshot } from '../../../src/model/snapshot.js';
import type { Timeline } from '../../../src/model/timeline.js';
import { queueLook as look, PORT } from '../../support/looks.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

const overflows = (...list: readonly number[]): Timeline['counters'] =>
  list.map((ListenOverflows, i) => ({ source: 1, line: i + 1, counters: { ListenOverflows } }));

const findingsOf = (timeline: Timeline, sockets: readonly SocketSnapshot[], counters: Timeline['counters'] = []) =>
  analyseRun({ ...timeline, port: { value: PORT, from: 'option' }, sockets, counters }).findings;

/** One worker of a second; `n` come within half a second, and nobody says when they had their connection. */
const crowd = (n: number) =>
  timelineOf(
    times(n, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i })),
    handled(times(n, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' }))),
  );

describe('a queue whose limit no look tells', () => {
  const looks = (queued: readonly number[]) =>
    queued.map((n, i) => look(600 + 1000 * i, { queued: n, established: n + 1 }));

  it('may have been longer between two looks, though counters say that it overflowed', () => {
    const { backlog } = findingsOf(crowd(45), looks([26, 28, 28, 26, 25]), overflows(0, 11));
    expect(backlog).toMatchObject({ bound: 'at-least', value: 28 });
  });

  it('is not longer for clients that take themselves for senders while it is seen full', () => {
    const full = [26, 28, 27].map((n, i) => look(600 + 1000 * i, { queued: n, established: n + 1, limit: 27 }));
    expect(findingsOf(crowd(45), full).backlog.value).toBe(28);
  });

  it('is not called "not seen full" where a look shows that it is', () => {
    // Of the connections none is listed, and no clock tells who is in service: some may wait inside.
    const shown = (limit: number) => [26, 28, 27].map((n, i) => look(600 + 1000 * i, { queued: n, limit }));
    const { backlog } = findingsOf({ ...crowd(45), clock: { method: 'none', matched: 0, caveats: [] } }, shown(27));
    expect(backlog).toMatchObject({ bound: 'at-least', statement: { args: { full: true } } });
    expect(findingsOf(crowd(45), shown(100)).backlog.statement.args).not.toHaveProperty('full');
  });

  it('stood full, if it stayed at that length', () => {
    const { backlog } = findingsOf(crowd(45), looks([28, 28, 28, 28, 28, 28]), overflows(0, 11));
    expect(backlog).toMatchObject({ bound: 'exact', value: 28, where: 'kernel' });
  });
});

// A handshake that was left out is tried again after 1, 3, 7 s, whether or not there was room in the meantime.
describe('clients whose handshake hangs', () => {
  const looks = (list: readonly (readonly [queued: number, outside: number])[]) =>
    list.map(([queued, outside], i) => look(600 + 1000 * i, { queued, established: queued + 1, outside }));

  it('show a queue full that stands at its longest while no fewer are left out', () => {
    const { backlog } = findingsOf(
      crowd(60),
      looks([
        [28, 20],
        [28, 20],
        [28, 20],
        [27, 20],
        [28, 19],
        [26, 19],
      ]),
    );
    expect(backlog).toMatchObject({ bound: 'exact', value: 28 });
  });

  it('show nothing of its end where it gets shorter while they wait to ask again', () => {
    const { backlog } = findingsOf(
      crowd(60),
      looks([
        [28, 20],
        [28, 17],
        [25, 17],
        [28, 14],
        [25, 14],
        [22, 14],
      ]),
    );
    expect(backlog).toMatchObject({ bound: 'at-least', value: 28 });
  });
});

// Of two looks the first was taken when the queue had room again and nobody had asked yet, the second when most had given up.
describe('clients whose record tells when they had their connection', () => {
  it('show a queue that was longer than in any look, however many more were left outside', () => {
    // One worker of a second; a queue of ten is full at once, and ten more ask in vain for five seconds.
    const connected = times(11, (i) => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: 1 }));
    const outside = times(
      10,
      (i): TestSample => ({ id: 11 + i, start: 300, elapsed: 5000, outcome: 'connect-timeout' }),
    );
    const log = handled(times(11, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = [
      look(4500, { queued: 6, established: 7, outside: 10, clients: 7 }),
      look(5250, { queued: 5, established: 6, outside: 2, clients: 6 }),
    ];
    const { backlog } = findingsOf(timelineOf([...connected, ...outside], log), looks, overflows(0, 46));
    expect(backlog).toMatchObject({ bound: 'at-least', value: 10 });
  });
});

// The clients run elsewhere: no look lists their handshakes, but their own record tells how long they were without a connection.
describe('clients elsewhere that ask again and again', () => {
  /** One worker of a second, before it a queue of 28; `late` more come and ask in vain for six seconds. */
  const besides = (late: number) =>
    timelineOf(
      times(
        29 + late,
        (i): TestSample =>
          i < 29
            ? { id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: 1 }
            : { id: i, start: 300, elapsed: 6000, outcome: 'connect-timeout' },
      ),
      handled(times(29, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' }))),
    );
  const looks = (queued: readonly number[]) =>
    queued.map((n, i) => look(600 + 1000 * i, { queued: n, established: n + 1 }));

  it('show a queue full that stands at its longest while no fewer are without one', () => {
    const { backlog } = findingsOf(besides(9), looks([28, 28, 27, 26, 25]));
    expect(backlog).toMatchObject({ bound: 'exact', value: 28, where: 'kernel' });
    expect(backlog.evidence.map(({ says }) => says)).toContainEqual({ id: 'backlog.says.unconnected', args: { n: 9 } });
  });

  it('show nothing of its end where it may have been filled up between two looks, and nothing counts who was connected', () => {
    const { served: _, ...noLog } = besides(9);
    expect(findingsOf(noLog, looks([28, 28, 27, 26, 25])).backlog.bound).toBe('at-least');
    expect(findingsOf(noLog, looks([28, 28, 28, 28, 28])).backlog).toMatchObject({ bound: 'exact', value: 28 });
  });

  it('show nothing of its end where all had their connection at once', () => {
    expect(findingsOf(besides(0), looks([28, 28, 27, 26, 25])).backlog).toMatchObject({ bound: 'at-least', value: 28 });
  });
});

describe('clients of whom nobody says when they had a connection', () => {
  it('had one at once where the kernel counted no overflow', () => {
    expect(findingsOf(crowd(20), [], overflows(7, 7)).backlog).toMatchObject({ bound: 'at-least', value: 19 });
    expect(findingsOf(crowd(20), []).backlog).toMatchObject({ bound: 'estimate' });
  });
});

//   log      ▐███████▌
//   client   ▐██████████████████████▌
describe('a log that ends before the run', () => {
  it('tells that those waited who were served behind its end', () => {
    const all = crowd(20);
    const log = handled(times(3, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const cut = {
      ...timelineOf(undefined, log),
      samples: all.samples!,
      served: timelineOf([...sent(20)], log).served!,
    };
    expect(findingsOf(cut, [], overflows(7, 7)).backlog).toMatchObject({ value: 19 });
  });
});

const sent = (n: number): TestSample[] =>
  times(n, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i }));

//   begun     ████····        ·  the server died, and with it its last lines
//   sent      ████ xxxxxx     x  broken off: waited, or begun
describe('requests broken off by a dying server that came after its last line', () => {
  it('perhaps waited: they are neither none nor sure', () => {
    const broken = times(
      30,
      (i): TestSample => ({ id: i, start: 30 * i, elapsed: 3000 - 30 * i, outcome: 'reset', connect: 1 }),
    );
    const refused = times(
      10,
      (i): TestSample => ({ id: 30 + i, start: 3100 + 30 * i, elapsed: 1, outcome: 'refused' }),
    );
    const begins = handled(times(10, (i) => ({ id: i, from: 30 * i + 2, to: 9000, worker: `w${i}` })));
    const log = begins.filter(({ kind }) => kind === 'begin');
    const { backlog } = findingsOf(timelineOf([...broken, ...refused], log), []);
    expect(['estimate', 'unknown']).toContain(backlog.bound);
    expect(backlog.range?.high ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(20);
  });
});

//   accepted     4  ──────────────
//   in service   4 ─┐ ┌──┐ ┌──┐ ┌─      a process is started for each: nobody has begun it yet
//                2  └─┘  └─┘  └─┘
describe('a server that starts a process for each connection', () => {
  const run = (startMs: number) => {
    const from = (i: number) => (500 + startMs) * Math.floor(i / 4) + startMs;
    const to = (i: number) => from(i) + 500 - (startMs / 2) * (i % 2);
    return timelineOf(
      times(24, (i): TestSample => ({ id: i, start: i, elapsed: to(i) - i, connect: 1 })),
      handled(times(24, (i) => ({ id: i, from: from(i), to: to(i), worker: `w${i}` }))),
    );
  };
  const looks = times(4, (i) => look(600 + 200 * i, { queued: 11, established: 15, limit: 10 }));

  it('holds some neither in the kernel’s queue nor in service', () => {
    expect(findingsOf(run(2), looks).backlog).toMatchObject({ bound: 'exact', value: 11 });
    expect(findingsOf(run(100), looks).backlog.bound).toBe('at-least');
  });
});

describe('a limit that stamps of whole seconds hide', () => {
  /** Clients that each wait for their own answer; of those on their way `slots` are served at once, each for a second. */
  const closed = (slots: number) => {
    const list = times(120, (i) => ({ id: i, round: Math.floor(i / slots) }));
    const timeline = timelineOf(
      list.map(({ id, round }): TestSample => ({ id, start: 1000 * round - 450, elapsed: 1450 })),
      handled(list.map(({ id, round }) => ({ id, from: 1000 * round, to: 1000 * round + 1000 }))).map((line) => ({
        ...line,
        resolution: 1000,
      })),
    );
    return { ...timeline, clock: { ...timeline.clock, uncertaintyMs: 400 } };
  };

  it('shows in looks that hold more accepted than were ever in service', () => {
    const looks = (established: number) => times(9, (i) => look(700 + 1000 * i, { queued: 0, established }));
    expect(findingsOf(closed(10), looks(17)).maxConcurrency).toMatchObject({ bound: 'exact', value: 10 });
    expect(findingsOf(closed(10), looks(10)).maxConcurrency).toMatchObject({ bound: 'at-least', value: 10 });
  });
});

/** Clients with a connection of their own, one worker of a second, and a kernel's queue of `limit` in which they stand. */
const served = (n: number, connect: (i: number) => number) =>
  timelineOf(
    times(n, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 * (i + 1) - 10 * i, connect: connect(i) })),
    handled(times(n, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' }))),
  );

describe('a kernel’s queue that no look saw full', () => {
  const looks = times(8, (i) => look(2500 + 1000 * i, { queued: 15 - i, established: 16 - i, limit: 16 }));

  it('was so where its limit is known, the kernel counted overflows, and somebody was long in getting a connection', () => {
    const slow = served(20, (i) => (i === 19 ? 1000 : 1));
    expect(findingsOf(slow, looks, overflows(3, 4)).backlog).toMatchObject({
      bound: 'exact',
      value: 17,
      where: 'kernel',
    });
    expect(findingsOf(slow, looks, overflows(3, 3)).backlog).toMatchObject({ bound: 'at-least' });
    expect(
      findingsOf(
        served(20, () => 1),
        looks,
        overflows(3, 4),
      ).backlog,
    ).toMatchObject({ bound: 'at-least' });
  });
});

describe('a server that takes no more', () => {
  it('has no more in its queues than a full look shows, whatever clients take themselves for', () => {
    // One in service, four inside and six in a kernel's queue of five; more have the client's half of a connection.
    const looks = times(5, (i) =>
      look(1500 + 1000 * i, { queued: i === 1 ? 6 : 5, established: i === 1 ? 11 : 10, limit: 5 }),
    );
    const { backlog } = findingsOf(
      served(15, () => 1),
      looks,
    );
    expect(backlog).toMatchObject({ bound: 'exact', value: 10, kernel: 6, server: 4 });
  });
});

describe('a queue inside the server, of a log of whole seconds', () => {
  /** Four are served at once, each for a second; ten wait, and whoever comes beyond is turned away. */
  const run = () => {
    const sent = times(
      24,
      (i): TestSample => ({ id: i, start: i < 14 ? i : 1000 * (((i - 14) >> 2) + 1) + i, elapsed: 900, connect: 0 }),
    ).map((one, i) => ({ ...one, elapsed: 1000 * ((i >> 2) + 1) - one.start + 20 }));
    const away = times(
      20,
      (i): TestSample => ({ id: 100 + i, start: 600 + 100 * i, elapsed: 2, outcome: 'reset', connect: 0 }),
    );
    const begun = times(24, (i) => ({ id: i, from: 1000 * (i >> 2), to: 1000 * ((i >> 2) + 1), worker: `w${i % 4}` }));
    const log = handled(begun).map((line) => ({ ...line, resolution: 1000 }));
    const timeline = timelineOf([...sent, ...away], log);
    return { ...timeline, clock: { ...timeline.clock, uncertaintyMs: 20 } };
  };

  it('was full where look after look shows the number that the clients tell', () => {
    const looks = times(4, (i) => look(600 + 500 * i, { queued: 0, established: 14, limit: 50 }));
    expect(findingsOf(run(), looks).backlog).toMatchObject({ where: 'server', value: 10, bound: 'exact' });
  });
});

describe('more than any look saw waiting', () => {
  it('stood inside as well, where other looks show some there beside the kernel’s queue', () => {
    // Thirty-nine wait at the end of the first second; of the looks, one shows most of them in the kernel, the later ones some inside.
    const looks = [24, 20, 18, 17].map((queued, i) =>
      look(2500 + 1000 * i, { queued, established: queued + 1 + (i === 0 ? 0 : 6), limit: 511 }),
    );
    expect(
      findingsOf(
        served(40, () => 1),
        looks,
      ).backlog,
    ).toMatchObject({ bound: 'at-least', value: 39, where: 'both' });
  });
});

describe('whoever has a connection when all are busy', () => {
  it('waits, however early in the run and however short', () => {
    // Four at once, each for 180 ms; eight wait, and ten are turned away meanwhile.
    const from = (i: number) => Math.max(200 * (i >> 2), 5 * i) + 2;
    const list = times(12, (i): TestSample => ({ id: i, start: 5 * i, elapsed: from(i) + 181 - 5 * i, connect: 1 }));
    const away = times(
      10,
      (i): TestSample => ({ id: 50 + i, start: 60 + 5 * i, elapsed: 3, outcome: 'http-429', connect: 1 }),
    );
    const log = handled(times(12, (i) => ({ id: i, from: from(i), to: from(i) + 180, worker: `w${i % 4}` })));
    expect(findingsOf(timelineOf([...list, ...away], log), []).backlog).toMatchObject({ value: 8 });
  });
});

describe('an accept queue that every look shows empty', () => {
  it('says nothing of those inside, if neither a client nor a list of connections does', () => {
    const log = handled(times(9, (i) => ({ id: i, from: 1000 * i + 1, to: 1000 * (i + 1), worker: 'w' })));
    const looks = (established?: number) =>
      times(9, (i) => look(500 + 1000 * i, { queued: 0, ...(established === undefined ? {} : { established }) }));
    expect(findingsOf(timelineOf(undefined, log), looks()).backlog).toMatchObject({ bound: 'unknown' });
    expect(findingsOf(timelineOf(undefined, log), looks(1)).backlog).toMatchObject({ where: 'none' });
  });
});

//   sent     ▐████▌            ▐████▌        no ids: the clocks may be apart by many times in service
//   begun                      ▐████▌
//   look       4
describe('connections of a look whose moment in the log is anybody’s guess', () => {
  it('are no queue, as long as as many may have been in service', () => {
    const list = times(4, (i) => ({ id: i, from: 20_000 + 10 * i, to: 21_000 + 10 * i }));
    const sent = [0, 20_000].flatMap((at) => times(4, (i): TestSample => ({ start: at + 10 * i, elapsed: 1000 })));
    const timeline = timelineOf(sent, handled(list));
    const adrift = { ...timeline, clock: { ...timeline.clock, method: 'order' as const, uncertaintyMs: 14_000 } };
    expect(findingsOf(adrift, [look(300, { queued: 0, established: 4 })]).backlog.value ?? 0).toBe(0);
  });
});

//   sent   ████████████ x     x  gave up reading; an access log has no line of it
//   queue     5    5
describe('a client that gave up reading, beside a log of ends alone', () => {
  const served = times(5, (i): TestSample => ({ id: i, start: 10 * i, elapsed: 1000 }));
  const gaveUp = times(10, (i): TestSample => ({ id: 5 + i, start: 60 + i, elapsed: 9000, outcome: 'read-timeout' }));
  const log = served.map(({ id, start }) => ({ at: start + 998, kind: 'span' as const, id: id!, duration: 995 }));
  const outcome = (queued: number) => {
    const looks = times(4, (i) => look(2000 * i + 1500, { queued, established: 10 }));
    return findingsOf(timelineOf([...served, ...gaveUp], log), looks).overload.outcome;
  };

  it('waited where look after look shows a queue meanwhile', () => {
    expect(outcome(5)).toBe('read-timeout');
    expect(outcome(0)).not.toBe('read-timeout');
  });
});
