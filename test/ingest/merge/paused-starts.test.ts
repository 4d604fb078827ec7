import { describe, expect, it } from 'vitest';
import { startedAnew } from '../../../src/ingest/merge/started-anew.js';
import type { ServerEvents } from '../../../src/model/events.js';
import { eventsOf } from '../../support/events.js';

interface Test {
  readonly at: number;
  readonly ids: readonly number[];
  readonly workers: readonly string[];
  /** The first number that the process counts; absent where it counts none. */
  readonly serial?: number;
}

/** Each test's requests in turn, 100 ms apart, by its workers in turn: `7` is a process, `T-1` a thread of which no process is told. */
function logOf(...tests: readonly Test[]): ServerEvents {
  const requests = tests.flatMap(({ at, ids, workers, serial }) =>
    ids.map((id, n) => ({
      id,
      at: at + 100 * n,
      worker: workers[n % workers.length]!,
      serial: serial === undefined ? 0 : serial + n,
    })),
  );
  const events = eventsOf(
    requests.flatMap(({ id, at, worker }) => [
      { at, kind: 'begin', id, worker } as const,
      { at: at + 90, kind: 'end', id, worker } as const,
    ]),
  );
  const workers = events.workers.map((worker) =>
    /^\d+$/.test(worker.thread!)
      ? { identity: 'process' as const, pid: Number(worker.thread) }
      : { identity: 'numbered' as const, thread: worker.thread! },
  );
  return { ...events, workers, serial: Uint32Array.from(requests.flatMap(({ serial }) => [serial, 0])) };
}
const startsOf = (...tests: readonly Test[]) => startedAnew(logOf(...tests), []).starts.map(({ at }) => at);

const IDS = [1, 2, 3, 4, 5, 6];
const THREADS = ['T-1', 'T-2', 'T-3'];

describe('the same test once more after a pause', () => {
  it('is served by another start if all processes are others', () => {
    const first = { at: 0, ids: IDS, workers: ['7', '8'] };
    expect(startsOf(first, { at: 60_000, ids: IDS, workers: ['20', '21'] })).toEqual([60_000]);
    expect(startsOf(first, { at: 60_000, ids: IDS, workers: ['20', '8'] })).toEqual([]);
  });

  it('is, where lines name none, if the count of requests begins anew', () => {
    const first = { at: 0, ids: IDS, workers: THREADS, serial: 1 };
    const found = startedAnew(logOf(first, { ...first, at: 60_000 }), []);
    expect(found.starts.map(({ at }) => at)).toEqual([60_000]);
    expect(found.events.workers.filter(({ start }) => start === 1).map(({ thread }) => thread)).toEqual(THREADS);
    expect(startsOf(first, { ...first, at: 60_000, serial: 7 })).toEqual([]);
    const uncounted = { at: 0, ids: IDS, workers: THREADS };
    expect(startsOf(uncounted, { ...uncounted, at: 60_000 })).toEqual([]);
  });

  it('is each time, in a log of several', () => {
    const first = { at: 0, ids: IDS, workers: THREADS, serial: 1 };
    expect(startsOf(first, { ...first, at: 60_000 }, { ...first, at: 120_000 })).toEqual([60_000, 120_000]);
  });

  it('begins with a begin, not in the pause before the ends of a crowd', () => {
    const crowd = (at: number) => [
      ...IDS.map((id) => ({ at: at + id, kind: 'begin', id, worker: `T-${id}`, serial: id }) as const),
      ...IDS.map((id) => ({ at: at + 5000 + id, kind: 'end', id, worker: `T-${id}` }) as const),
    ];
    const events = eventsOf([...crowd(0), ...crowd(60_000)]);
    const workers = events.workers.map(({ thread }) => ({ thread: thread!, identity: 'numbered' as const }));
    expect(startedAnew({ ...events, workers }, []).starts).toEqual([{ at: 60_001, sources: [0] }]);
  });

  it('begins with its first begin, though an access line of the same second is stamped before that', () => {
    const test = (at: number, worker: string) =>
      IDS.flatMap((id) => [
        { at: at + id, kind: 'begin', id, worker } as const,
        { at: at + 100 + id, kind: 'end', id, worker } as const,
        { at: at - (at % 1000), kind: 'end', id, resolution: 1000 } as const,
      ]);
    const events = eventsOf([...test(500, '7'), ...test(60_500, '20')]);
    const workers = events.workers.map(({ thread }) => ({ pid: Number(thread), identity: 'process' as const }));
    expect(startedAnew({ ...events, workers }, []).starts).toHaveLength(1);
  });

  it('is none, where ids go on, come again always, or nothing pauses', () => {
    const first = { at: 0, ids: IDS, workers: ['7', '8'] };
    expect(startsOf(first, { at: 60_000, ids: [7, 8, 9, 10], workers: ['20'] })).toEqual([]);
    const users = { at: 0, ids: [...IDS, ...IDS], workers: ['7', '8'] };
    expect(startsOf(users, { ...users, at: 60_000, workers: ['20', '21'] })).toEqual([]);
    expect(startsOf(first, { at: 700, ids: IDS, workers: ['20', '21'] })).toEqual([]);
  });
});
