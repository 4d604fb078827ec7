import { describe, expect, it } from 'vitest';
import { reuse } from '../../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { Worker } from '../../../../src/model/events.js';
import type { TestEvent } from '../../../support/events.js';
import type { TestSample } from '../../../support/samples.js';
import { handled, timelineOf } from '../../../support/timeline.js';

/** One request after another on each worker. */
const serve = (workers: readonly string[], turns: number) =>
  handled(
    Array.from({ length: turns }).flatMap((_, turn) =>
      workers.map((worker, n) => ({ id: 10 * turn + n, from: 1000 * turn + n, to: 1000 * turn + 900 + n, worker })),
    ),
  );
const reuseOf = (log: readonly TestEvent[], limit?: number, withIdentity = (one: Worker) => one) => {
  const found = limit === undefined ? {} : { maxConcurrency: { bound: 'exact', value: limit } };
  const timeline = timelineOf(undefined, log);
  const served = { ...timeline.served!, workers: timeline.served!.workers.map(withIdentity) };
  return reuse.infer({ found, view: viewOf({ ...timeline, served }) } as never);
};
const learned = (workers: readonly string[], limit?: number) =>
  reuseOf(
    serve(workers, 6).map((event) => ({ ...event, pattern: 'learned' })),
    limit,
  );

describe('workers in lines of an unknown form', () => {
  it('are sure where as many are at work as requests were in service at the limit', () => {
    expect(learned(['w', 'x', 'y'], 3)).toMatchObject({ pattern: 'reused', workers: 3, confidence: 'high' });
    expect(learned(['w', 'x', 'y'], 4)).toMatchObject({ pattern: 'reused', confidence: 'medium' });
    expect(learned(['w', 'x', 'y'])).toMatchObject({ pattern: 'reused', confidence: 'medium' });
  });

  it('are sure where the line names the main thread', () => {
    expect(learned(['MainThread'])).toMatchObject({ pattern: 'single', bound: 'exact', confidence: 'high' });
    expect(learned(['w'])).toMatchObject({ pattern: 'single', bound: 'estimate', confidence: 'medium' });
  });
});

describe('a word of a line of an unknown form that never comes again', () => {
  const once = (withIdentity: (worker: Worker) => Worker) => {
    const names = Array.from({ length: 12 }, (_, i) => `x${i}`);
    const log = names.map((worker, i) => ({ id: i, from: 500 * i, to: 500 * i + 900, worker }));
    return reuseOf(
      handled(log).map((event) => ({ ...event, pattern: 'learned' })),
      undefined,
      withIdentity,
    );
  };
  const numbered = ({ thread = '' }: Worker) => 4700 + Number(thread.slice(1));

  it('may be another number, unless the line calls it a process', () => {
    expect(once((one) => ({ pid: numbered(one), identity: 'process' }))).toMatchObject({ confidence: 'medium' });
    expect(once((one) => ({ pid: numbered(one), pidCalled: true, identity: 'process' }))).toMatchObject({
      pattern: 'per-request',
      unit: 'process',
      confidence: 'high',
    });
  });
});

describe('ids of processes that come again', () => {
  const log = Array.from({ length: 12 }, (_, i) => ({
    id: i,
    from: 1000 * i,
    to: 1000 * i + 900,
    worker: `x${i % 11}`,
  }));
  const asPid = ({ thread = '' }: Worker): Worker => ({ pid: 4700 + Number(thread.slice(1)), identity: 'process' });
  const counting = (serialOf: (id: number) => number) =>
    reuseOf(
      handled(log).map((event) => ({ ...event, serial: serialOf(event.id!) })),
      undefined,
      asPid,
    );

  it('are of new ones where each counts its first request', () => {
    expect(counting(() => 1)).toMatchObject({ pattern: 'per-request', unit: 'process', workers: 12 });
    expect(counting((id) => (id === 11 ? 2 : 1)).pattern).not.toBe('per-request');
  });
});

describe('a name without a number', () => {
  const noProcess = ({ thread = '' }: Worker): Worker =>
    /\d/.test(thread) ? { thread, identity: 'numbered' } : { thread, identity: 'shared-name' };

  it('is a thread beside others where the limit has room for no more', () => {
    const log = serve(['pool-1-thread-1', 'pool-1-thread-2', 'HTTP-Dispatcher'], 6);
    expect(reuseOf(log, 3, noProcess)).toMatchObject({ pattern: 'reused', workers: 3, confidence: 'high' });
    expect(reuseOf(log, 4, noProcess).pattern).toBe('unknown');
  });

  it('is a thread alone if it is called so, and else perhaps a logger', () => {
    expect(reuseOf(serve(['HTTP-Dispatcher'], 6), 1, noProcess).pattern).toBe('single');
    expect(reuseOf(serve(['app'], 6), 1, noProcess).pattern).toBe('unknown');
  });
});

describe('one worker that has few requests at once', () => {
  const MAIN_THREAD = 'MainThread';
  const turns = Array.from({ length: 30 }, (_, i) => ({
    id: i,
    from: 1000 * i,
    to: 1000 * i + 900,
    worker: MAIN_THREAD,
  }));
  /** Requests of which each begins while the one before is under way, `by` so long before that one's end. */
  const late = (by: number) =>
    Array.from({ length: 4 }, (_, k) => {
      const from = 30_000 + k * (900 - by);
      return { id: 100 + k, from, to: from + 900, worker: MAIN_THREAD };
    });

  it('is an event loop where they are so for a good part of their time, and lines changed places where not', () => {
    expect(reuseOf(handled([...turns, ...late(450)])).pattern).toBe('event-loop');
    expect(reuseOf(handled([...turns, ...late(30)])).pattern).toBe('single');
  });

  it('does not serve one at a time if it had two for a while, though but once', () => {
    expect(reuseOf(handled([...turns, ...late(150).slice(0, 2)])).pattern).toBe('unknown');
  });
});

describe('a request that seems to take far longer than others', () => {
  it('is of two tests where lines were lost, and makes no event loop of those between', () => {
    const work = (id: number, from: number, to: number) => ({ id, from, to, worker: 'MainThread' });
    const turns = Array.from({ length: 40 }, (_, i) => work(i, 1000 * i, 1000 * i + 900));
    // Begun in the first test, and ended in the second under the same id: the lines between are lost.
    const mixed = [5, 9].map((i) => work(i, 1000 * i, 1000 * (i + 20) + 900));
    const whole = turns.filter(({ id }) => ![5, 9, 25, 29].includes(id));
    const log = handled([...whole, ...mixed]).filter(({ id, kind }) => kind !== 'begin' || id! % 10 !== 2);
    expect(reuseOf(log).pattern).toBe('unknown');
  });
});

//   client   ▐██▌ ▐██▌ ▐██▌ ▐██▌
//                            ▐██▌
//   log      ▐██▌ ▐██▌ ▐██▌            cut
describe('the only worker of a log that covers a part of the run', () => {
  const one = (id: number, start: number): TestSample => ({ id, start, elapsed: 1000 });
  const seen = Array.from({ length: 7 }, (_, i) => one(i, 1500 * i));
  const log = handled(seen.map(({ id, start }) => ({ id: id!, from: start + 2, to: start + 990, worker: 'w-1' })));
  const withRest = (rest: readonly TestSample[]) =>
    reuse.infer({ found: {}, view: viewOf(timelineOf([...seen, ...rest], log)) } as never);

  it('may have had others beside it in the rest', () => {
    const rest = [0, 1, 2, 3].map((i) => one(10 + i, 12_000 + 1500 * i));
    expect(withRest([])).toMatchObject({ pattern: 'single', bound: 'exact', confidence: 'high' });
    expect(withRest(rest)).toMatchObject({ pattern: 'single', bound: 'estimate', confidence: 'medium' });
  });

  it('had others, or several requests at once, where two were answered in the time of one', () => {
    const rest = [0, 1, 2, 3].map((i) => one(10 + i, 12_000 + 300 * i));
    expect(withRest(rest).pattern).toBe('unknown');
  });
});

describe('processes that had two requests at once but once', () => {
  /** Three main threads, one request each but for one that begins its next `early` ms before the end of the last. */
  const run = (early: number) => {
    const list = Array.from({ length: 30 }, (_, i) => {
      const from = 1000 * Math.floor(i / 3) + 10 * (i % 3) - (i === 15 ? early : 0);
      return { id: i, from, to: from + 990 + (i === 15 ? early : 0), worker: `p${i % 3}` };
    });
    return reuseOf(handled(list), undefined, ({ thread }) => ({
      pid: 10 + Number(thread!.slice(1)),
      thread: 'MainThread',
      identity: 'numbered' as const,
    }));
  };

  it('are event loops, though not for sure, unless lines may have changed places', () => {
    expect(run(500)).toMatchObject({ pattern: 'event-loop', bound: 'estimate', confidence: 'medium' });
    expect(run(30)).toMatchObject({ pattern: 'reused', confidence: 'high' });
  });
});
