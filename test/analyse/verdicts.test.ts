import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../src/analyse/analyse.js';
import type { Worker } from '../../src/model/events.js';
import type { ConnectionTally, SocketSnapshot } from '../../src/model/snapshot.js';
import type { Timeline } from '../../src/model/timeline.js';
import type { TestSample } from '../support/samples.js';
import { handled, timelineOf } from '../support/timeline.js';

const PORT = 8080;
const SERVICE_MS = 3000;

/** `n` requests sent 50 ms apart to `slots` workers that take `SERVICE_MS` each; who waits is served in order. */
function burst(n: number, slots: number) {
  const free = new Array<number>(slots).fill(0);
  return Array.from({ length: n }, (_, i) => {
    const sent = i * 50;
    const slot = free.indexOf(Math.min(...free));
    const from = Math.max(sent + 5, free[slot]! + 2);
    free[slot] = from + SERVICE_MS;
    return { id: i + 1, sent, from, to: from + SERVICE_MS, worker: `pool-${slot}` };
  });
}
type Request = ReturnType<typeof burst>[number];

const sentOf = (list: readonly Request[]): TestSample[] =>
  list.map(({ id, sent, to }) => ({ id, start: sent, elapsed: to + 1 - sent }));

interface Shown {
  readonly at: number;
  readonly established?: number;
  readonly queued?: number;
  readonly limit?: number;
  readonly owned?: number;
  readonly clientSide?: number;
}

/** What `ss` shows at one moment. */
function look({ at, established, queued, limit, owned, clientSide }: Shown): SocketSnapshot {
  const tally = (side: 'server' | 'client', owner: ConnectionTally['owner'], count: number, pid?: number) => ({
    port: PORT,
    side,
    state: 'ESTABLISHED' as const,
    owner,
    withData: 0,
    count,
    line: 1,
    ...(pid === undefined ? {} : { pids: { [pid]: count } }),
  });
  const holders = Array.from({ length: owned ?? 0 }, (_, k) => tally('server', 'some', 1, 100 + k));
  const rest = (established ?? 0) - (owned ?? 0);
  return {
    source: 0,
    line: 1,
    time: at,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: owned !== undefined },
    listeners:
      queued === undefined
        ? []
        : [{ address: '0.0.0.0', port: PORT, queued, line: 1, ...(limit === undefined ? {} : { limit }) }],
    connections: [
      ...holders,
      ...(rest > 0 ? [tally('server', owned === undefined ? 'unknown' : 'none', rest)] : []),
      ...(clientSide === undefined ? [] : [tally('client', 'unknown', clientSide)]),
    ],
  };
}

const seen = (timeline: Timeline, shown: readonly Shown[]): Timeline => ({
  ...timeline,
  port: { value: PORT, from: 'client-samples' },
  sockets: shown.map(look),
});

const named = (timeline: Timeline, workers: (w: Worker, i: number) => Worker): Timeline => ({
  ...timeline,
  served: { ...timeline.served!, workers: timeline.served!.workers.map(workers) },
});

describe('who served again', () => {
  it('is a process where each slot’s name numbers its process and one core', () => {
    const list = burst(30, 3).map((one) => ({ ...one, worker: `uWSGIWorker${Number(one.worker.slice(5)) + 1}Core0` }));
    const without = named(timelineOf(sentOf(list), handled(list)), ({ pid: _, ...rest }) => rest);
    expect(analyseRun(without).findings.reuse).toMatchObject({ pattern: 'reused', unit: 'process', processes: 3 });
    const cores = list.map((one) => ({ ...one, worker: one.worker.replace(/(\d)Core0/, '1Core$1') }));
    const threads = named(timelineOf(sentOf(cores), handled(cores)), ({ pid: _, ...rest }) => rest);
    expect(analyseRun(threads).findings.reuse).toMatchObject({ pattern: 'reused', unit: 'thread' });
  });

  it('is told of a wide pool by two workers seen again whose names count slots, and not where names count requests', () => {
    const once = Array.from({ length: 16 }, (_, i) => ({ id: i + 1, from: i * 400, to: i * 400 + 2000, worker: i }));
    const again = [0, 1].map((worker, k) => ({ id: 20 + k, from: 9000 + k * 300, to: 11_000 + k * 300, worker }));
    const with16 = (name: (n: number) => string) =>
      timelineOf(undefined, handled([...once, ...again].map((one) => ({ ...one, worker: name(one.worker) }))));
    expect(analyseRun(with16((n) => `exec-${n}`)).findings.reuse).toMatchObject({
      pattern: 'reused',
      confidence: 'medium',
    });
    expect(analyseRun(with16((n) => `Thread-${n * 100} (run)`)).findings.reuse.pattern).toBe('unknown');
  });
});

describe('idents that are given again', () => {
  const IDENT = '140639713104576';
  const patternOf = (list: readonly Request[], pidOf: (name: string) => number) => {
    const timeline = named(timelineOf(sentOf(list), handled(list)), ({ thread }) => ({
      pid: pidOf(thread!),
      thread: IDENT,
      identity: 'recycled-ident',
    }));
    return analyseRun({ ...timeline, served: { ...timeline.served!, identity: 'recycled-ident' } }).findings.reuse
      .pattern;
  };

  it('tell of a process for each request, if none comes again', () => {
    const children = burst(30, 3).map((one) => ({ ...one, worker: `child-${one.id}` }));
    expect(patternOf(children, (name) => 100 + Number(name.slice(6)))).toBe('per-request');
  });

  it('tell of an event loop that has several at once', () => {
    const loops = burst(30, 6).map((one) => ({ ...one, worker: `loop-${one.id % 2}` }));
    expect(patternOf(loops, (name) => 11 + Number(name.slice(5)))).toBe('event-loop');
  });

  it('are as many threads as are in use at one time, in a line whose form was learnt too', () => {
    const list = burst(30, 3);
    const idents = named(timelineOf(sentOf(list), handled(list)), ({ thread }) => ({
      thread: thread!,
      identity: 'recycled-ident',
    }));
    const learned = { ...idents, served: { ...idents.served!, identity: 'recycled-ident' as const, learned: true } };
    const { maxConcurrency } = analyseRun(learned).findings;
    expect(maxConcurrency).toMatchObject({ bound: 'exact', value: 3, confidence: 'high' });
  });

  it('tell nothing where one after another comes again', () => {
    expect(patternOf(burst(30, 3), (name) => 11 + Number(name.slice(5)))).toBe('unknown');
  });
});

describe('lines whose form was learnt and that name no worker', () => {
  const confidence = (list: readonly Request[]) => {
    const run = timelineOf(sentOf(list), handled(list.map(({ worker: _, ...one }) => one)));
    const { maxConcurrency } = analyseRun({ ...run, served: { ...run.served!, learned: true } }).findings;
    return [maxConcurrency.value, maxConcurrency.confidence];
  };

  it('begin where service does if it takes as long for those that came into a crowd', () => {
    expect(confidence(burst(200, 40))).toEqual([40, 'high']);
  });

  it('may begin before it does if it takes longer for some', () => {
    const unlike = burst(200, 40).map((one) => (one.id > 170 ? { ...one, to: one.to + SERVICE_MS } : one));
    expect(confidence(unlike)).toEqual([40, 'medium']);
  });
});

describe('all workers of a pool at work while one waits', () => {
  //   w0 ▐█▌          ▐█▌          ▐███▌▐███▌     two rounds of one at a time, then four at once and a fifth for which there is none
  //   w1    ▐█▌          ▐█▌       ▐███▌
  const confidence = (worker: (n: number) => string) => {
    const alone = Array.from({ length: 8 }, (_, n) => {
      const sent = 600 * n;
      return { id: n, sent, from: sent + 5, to: sent + 505, worker: worker(n % 4) };
    });
    const crowd = Array.from({ length: 5 }, (_, n) => {
      const from = n < 4 ? 9005 + n : 9910;
      return { id: 20 + n, sent: 9000 + n, from, to: from + 900, worker: worker(n % 4) };
    });
    const list = [...alone, ...crowd];
    const { maxConcurrency } = analyseRun(timelineOf(sentOf(list), handled(list))).findings;
    return [maxConcurrency.bound, maxConcurrency.value, maxConcurrency.confidence];
  };

  it('is its limit for sure where their turns show them to be a pool', () => {
    expect(confidence((n) => `pool-${n}`)).toEqual(['exact', 4, 'high']);
  });

  it('may be a moment where nothing tells who they are', () => {
    expect(confidence(() => 'handler')).toEqual(['exact', 4, 'medium']);
  });
});

describe('an answered request that has no line', () => {
  //   log has   1 2 3 4 . 6 7 …       request 5 was served all the same, and others waited
  const without = (lost: readonly number[]) => {
    const list = burst(44, 40);
    return analyseRun(timelineOf(sentOf(list), handled(list.filter(({ id }) => !lost.includes(id))))).findings
      .maxConcurrency;
  };

  it('was perhaps in service at the time of the most', () => {
    expect(without([])).toMatchObject({ bound: 'exact', value: 40 });
    expect(without([5])).toMatchObject({ value: 39, range: { low: 39, high: 40 } });
    expect(without([5]).bound).not.toBe('exact');
  });

  it('says nothing of it if it was over by then', () => {
    const list = burst(60, 40).map((one) => ({
      ...one,
      sent: one.sent + 10_000,
      from: one.from + 10_000,
      to: one.to + 10_000,
    }));
    const early = { id: 99, sent: 0, from: 5, to: 900, worker: 'pool-0' };
    const other = { id: 98, sent: 0, from: 5, to: 950, worker: 'pool-1' };
    const run = timelineOf(sentOf([early, other, ...list]), handled([other, ...list]));
    expect(analyseRun(run).findings.maxConcurrency).toMatchObject({ bound: 'exact', value: 40 });
  });
});

describe('a limit', () => {
  it('is not shown by a queue that stood before the server began to accept', () => {
    // All eleven wait until the server is up, then all are in service at once; two clients more each come alone.
    const list = Array.from({ length: 11 }, (_, i) => ({ id: i, from: 5000, to: 8000, worker: `exec-${i}` }));
    const looks = [4100, 4600].map((at) => ({ at, established: 11, queued: 11, owned: 0 }));
    const run = analyseRun(seen(timelineOf(undefined, handled(list)), looks));
    expect(run.findings.maxConcurrency).toMatchObject({ bound: 'at-least', value: 11 });
  });

  it('is shown by the same queue where the server holds as many as are in service', () => {
    const list = burst(30, 4);
    const looks = [2000, 4000, 6000].map((at) => ({ at, established: 20, queued: 16, owned: 4 }));
    const run = analyseRun(seen(timelineOf(undefined, handled(list)), looks));
    expect(run.findings.maxConcurrency).toMatchObject({ bound: 'exact', value: 4 });
  });

  it('is what look after look shows accepted, where stamps of whole seconds make more or fewer overlap', () => {
    const spans = burst(40, 5).map(({ id, from, to }) => ({
      at: Math.floor(to / 1000) * 1000,
      kind: 'span' as const,
      id,
      duration: to - from,
      resolution: 1000,
    }));
    const looks = Array.from({ length: 6 }, (_, k) => ({ at: 2000 + 2500 * k, established: 15, queued: 10, owned: 5 }));
    const { maxConcurrency } = analyseRun(seen(timelineOf(sentOf(burst(40, 5)), spans), looks)).findings;
    expect(maxConcurrency.value).toBe(5);
  });

  it('is not exact where sockets and client differ by one of two', () => {
    const list = burst(40, 2);
    const looks = Array.from({ length: 6 }, (_, k) => ({ at: 3000 * k + 1000, established: 12, queued: 11, owned: 1 }));
    const { maxConcurrency } = analyseRun(seen(timelineOf(sentOf(list), undefined), looks)).findings;
    expect(maxConcurrency.bound).toBe('estimate');
    expect(maxConcurrency.range!.low).toBeLessThanOrEqual(2);
    expect(maxConcurrency.range!.high).toBeGreaterThanOrEqual(2);
  });

  it('is where a pool ends that starts workers while others wait, whatever it had on the average', () => {
    //  accepted   1 1 1 2 2 2 2 3 4 4 4
    const looks = [1, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4].map((owned, k) => ({
      at: 2000 * k + 1000,
      established: 30 - 2 * k,
      queued: 30 - 2 * k - owned,
      owned,
    }));
    const run = analyseRun(seen(timelineOf(sentOf(burst(30, 2)), undefined), looks));
    expect(run.findings.maxConcurrency).toMatchObject({ bound: 'exact', value: 4 });
    // Up and down it is no pool that grows.
    const mixed = looks.map((one, k) => ({ ...one, owned: 1 + (k % 3) }));
    const other = analyseRun(seen(timelineOf(sentOf(burst(30, 2)), undefined), mixed));
    expect(other.findings.maxConcurrency).toMatchObject({ value: 2 });
  });

  it('does not grow by a worker that died without a word while another took its place', () => {
    const list = burst(40, 5).map((one) => ({ ...one, worker: `child-${one.id}` }));
    // The third child is killed half a second after it began; its successor starts at once.
    const killed = list[2]!;
    const moved = list.map((one) => (one.id === 8 ? { ...one, from: killed.from + 520, to: killed.from + 3520 } : one));
    const log = handled(moved).filter(({ id, kind }) => !(id === killed.id && kind === 'end'));
    const looks = [1500, 2000, 2500, 4000].map((at) => ({ at, established: 15, queued: 10, owned: 5 }));
    const { maxConcurrency } = analyseRun(seen(timelineOf(undefined, log), looks)).findings;
    expect(maxConcurrency.range?.low ?? maxConcurrency.value).toBe(5);
  });
});

describe('a backlog', () => {
  const list = burst(40, 5);

  it('is not "none" by looks taken on the client’s machine', () => {
    const looks = [1000, 4000].map((at) => ({ at, clientSide: 20 }));
    const { backlog } = analyseRun(seen(timelineOf(undefined, handled(list)), looks)).findings;
    expect(backlog.bound).toBe('unknown');
  });

  it('is none where all who waited at first did so while the server held fewer than it did later, though the log begins late', () => {
    const early = Array.from({ length: 4 }, (_, i) => ({ id: i, sent: i, from: 800, to: 3800, worker: `exec-${i}` }));
    const later = Array.from({ length: 8 }, (_, i) => ({
      id: 10 + i,
      sent: 1000 + 100 * i,
      from: 1003 + 100 * i,
      to: 4003 + 100 * i,
      worker: `exec-${10 + i}`,
    }));
    const all = [...early, ...later];
    const lateLog = handled(all).filter(({ id, kind }) => !(kind === 'begin' && id === 0));
    const looks = [1500, 3000, 5000].map((at) => ({ at, established: 4, queued: 0 }));
    const { backlog, overload } = analyseRun(seen(timelineOf(sentOf(all), lateLog), looks)).findings;
    expect([backlog.where, overload.outcome]).toEqual(['none', 'none-observed']);
  });

  it('is not "none" by one connection passing through the queue, without a log, where the client shows a limit', () => {
    const looks = [1000, 2500, 4000].map((at, k) => ({ at, established: 25, queued: k === 1 ? 1 : 0 }));
    const late = Array.from({ length: 6 }, (_, k) => ({ id: 90 + k, start: 40_000 + k * 4000, elapsed: SERVICE_MS }));
    const { backlog } = analyseRun(seen(timelineOf([...sentOf(list), ...late], undefined), looks)).findings;
    expect(backlog).toMatchObject({ bound: 'estimate', where: 'server' });
    expect(backlog.value).toBeGreaterThan(10);
  });

  it('does not grow behind the end of a log that was cut off', () => {
    const cutAt = 9000;
    const log = handled(list).filter(({ at }) => at < cutAt);
    // 35 wait inside at 2 s, by client and log, and 30 at 5 s; later more are connected, of whom the log no longer says who is served.
    const looks = [
      { at: 5000, established: 35, queued: 0 },
      { at: 12_000, established: 40, queued: 0 },
      { at: 13_000, established: 40, queued: 0 },
    ];
    const { backlog } = analyseRun(seen(timelineOf(sentOf(list), log), looks)).findings;
    expect(backlog.value).toBe(35);
    expect(backlog.where).toBe('server');
  });

  it('stands in both places where the fullest look shows the server and another a full kernel queue', () => {
    const looks = [
      { at: 3500, established: 30, queued: 1, limit: 10 },
      { at: 7000, established: 26, queued: 11, limit: 10 },
      { at: 8000, established: 26, queued: 11, limit: 10 },
    ];
    const { backlog } = analyseRun(seen(timelineOf(sentOf(list), handled(list)), looks)).findings;
    expect(backlog.where).toBe('both');
  });
});

describe('overload', () => {
  it('is unknown without a log where some took much longer, though nothing says that they waited for others', () => {
    // All sent at once: no request was sent into an empty server to compare with.
    const mixed = Array.from({ length: 15 }, (_, i) => ({ id: i, start: i, elapsed: 4000 * (1 + ((2 * i) % 3)) }));
    expect(analyseRun(timelineOf(mixed, undefined)).findings.overload.outcome).toBe('unknown');
    const even = mixed.map((one) => ({ ...one, elapsed: 4000 + one.id }));
    expect(analyseRun(timelineOf(even, undefined)).findings.overload.outcome).toBe('none-observed');
  });

  it('is no queue, without a log, where single connections were seen while they were accepted', () => {
    //  30 at once, all answered alike; Recv-Q at the looks   0 1 0 0 1 1 0
    const even = Array.from({ length: 60 }, (_, i) => ({ id: i, start: 100 * i, elapsed: SERVICE_MS + (i % 3) }));
    const at = (queued: readonly number[]) =>
      analyseRun(
        seen(
          timelineOf(even, undefined),
          queued.map((n, k) => ({ at: 700 * (k + 1), established: 30, queued: n, owned: 30 - n })),
        ),
      ).findings.overload;
    expect(at([0, 1, 0, 0, 1, 1, 0])).toMatchObject({ outcome: 'none-observed' });
    expect(at([0, 1, 1, 1, 1, 1, 0])).toMatchObject({ outcome: 'queued', bound: 'exact' });
    expect(at([0, 4, 0, 0, 6, 0, 0])).toMatchObject({ outcome: 'queued', bound: 'exact' });
  });

  it('is a queue without a log where as many as the first are answered in turn', () => {
    const waves = Array.from({ length: 15 }, (_, i) => ({ id: i, start: i, elapsed: 4000 * (1 + Math.floor(i / 5)) }));
    expect(analyseRun(timelineOf(waves, undefined)).findings.overload).toMatchObject({
      outcome: 'queued',
      bound: 'estimate',
    });
  });

  it('is unknown where a third of the connections were cut and no limit shows', () => {
    // Served one after another, and every third is reset at once.
    const sent = Array.from({ length: 30 }, (_, i): TestSample & { readonly id: number } => ({
      id: i,
      start: 1000 * i,
      ...(i % 3 === 2 ? { elapsed: 3, outcome: 'reset' as const } : { elapsed: 300 }),
    }));
    const log = handled(
      sent
        .filter(({ outcome }) => outcome !== 'reset')
        .map(({ id, start }) => ({ id, from: start + 1, to: start + 299 })),
    );
    const told = (cut: readonly number[]) =>
      analyseRun(
        timelineOf(
          sent.filter(({ id, outcome }) => outcome !== 'reset' || cut.includes(id)),
          log,
        ),
      ).findings.overload;
    expect(told([2, 5, 8, 11, 14, 17, 20, 23, 26, 29]).outcome).toBe('unknown');
    expect(told([2, 5]).outcome).toBe('none-observed');
  });

  it('is no certain "none" where a wait could hide in a step of the clock', () => {
    // Whole seconds in the log; at the client some took three times as long as others.
    const sent = Array.from({ length: 20 }, (_, i) => ({ id: i, start: 700 * i, elapsed: i % 3 === 0 ? 900 : 300 }));
    const whole = (ms: number) => 1000 * Math.floor(ms / 1000);
    const log = (resolution: number, at: (ms: number) => number) =>
      handled(
        sent.map(({ id, start, elapsed }) => ({ id, from: at(start + elapsed - 299), to: at(start + elapsed - 1) })),
      ).map((line) => ({ ...line, resolution }));
    const told = (events: ReturnType<typeof log>) => analyseRun(timelineOf(sent, events)).findings.overload;
    expect(told(log(1000, whole))).toMatchObject({ outcome: 'none-observed', bound: 'estimate', confidence: 'medium' });
    const even = sent.map((one) => ({ ...one, elapsed: 300 }));
    const fine = handled(even.map(({ id, start }) => ({ id, from: start + 1, to: start + 299 })));
    expect(analyseRun(timelineOf(even, fine)).findings.overload).toMatchObject({
      outcome: 'none-observed',
      bound: 'exact',
    });
  });
});
