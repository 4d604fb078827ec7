import { describe, expect, it } from 'vitest';
import { reuse } from '../../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { Notice, ServerNotice } from '../../../../src/model/events.js';
import type { Timeline } from '../../../../src/model/timeline.js';
import { handled, timelineOf } from '../../../support/timeline.js';

/** Turns of one second each: who serves in each, by process id. */
const serve = (turns: readonly string[], notices: readonly ServerNotice[] = [], command = '') => {
  const list = turns.flatMap((pids, turn) =>
    pids.split(' ').map((worker, n) => ({ id: 100 * turn + n, from: 1000 * turn + n, to: 1000 * turn + 900, worker })),
  );
  const timeline = timelineOf(undefined, handled(list));
  const workers = timeline.served!.workers.map(({ thread }) => ({ pid: Number(thread), identity: 'process' as const }));
  const runFile = { command };
  const view = viewOf({ ...timeline, runFile, served: { ...timeline.served!, workers }, notices } as Timeline);
  return reuse.infer({ found: {}, view } as never);
};
const exit = (pid: number, time: number, cause: Extract<Notice, { kind: 'worker-exit' }>['cause']): ServerNotice => ({
  source: 0,
  line: 1,
  time,
  notice: { kind: 'worker-exit', pid, cause },
});
const born = (pid: number, time: number): ServerNotice => ({
  source: 0,
  line: 1,
  time,
  notice: { kind: 'worker-start', pid },
});

describe('workers of which the log says that they are replaced', () => {
  // 1 2 3 are at work from the beginning; 1 and 2 end, with jitter in their number, and the run is soon over
  const turns = ['1 2 3', '1 2 3', '1 2 3', '1 2 3', '1 3', '4 3', '4 5'];

  it('need no generations to show it', () => {
    expect(serve(turns).pattern).toBe('reused');
    const found = serve(turns, [exit(2, 3910, 'recycled'), exit(1, 4910, 'recycled')]);
    expect([found.pattern, found.recycledAfter, found.bound]).toEqual(['recycled', 4, 'exact']);
    expect(found.methods.at(-1)).toMatchObject({ name: { id: 'reuse.method.notices' }, value: 2 });
  });

  it('may be followed by one that has served nobody yet', () => {
    const few = ['1 2', '1 2', '1 2'];
    expect(serve(few, [exit(1, 2950, 'recycled'), born(9, 2960)])).toMatchObject({
      pattern: 'recycled',
      recycledAfter: 3,
    });
    // At the end of a server all are done.
    expect(serve(few, [exit(1, 2950, 'recycled'), exit(2, 2950, 'recycled')]).pattern).toBe('reused');
  });
});

it('workers that were killed tell no number', () => {
  // one slot; four requests each, but of 2, that was killed after one
  const turns = ['1', '1', '1', '1', '2', '3', '3', '3', '3', '4', '4', '4', '4', '5', '5', '5', '5', '6'];
  expect(serve(turns, [exit(2, 4900, 'killed')]).recycledAfter).toBe(4);
});

it('workers that are gone after the number that the command states were replaced for it, be they ever so few', () => {
  const turns = ['1', '1', '1', '2', '2'];
  const of = (command: string) => serve(turns, [], command);
  expect(of('gunicorn -w 1 --max-requests 3 app:app')).toMatchObject({ pattern: 'recycled', recycledAfter: 3 });
  expect(of('gunicorn --max-requests=2 --max-requests-jitter 2 app:app')).toMatchObject({ pattern: 'recycled' });
  // Another number than the stated one was no reason to replace it.
  expect(of('gunicorn -w 1 --max-requests 5 app:app').pattern).toBe('reused');
  expect(of('gunicorn -w 1 --max-requests 2 app:app').pattern).toBe('reused');
});

describe('processes that serve one request each', () => {
  const turns = ['1', '2', '3', '4', '5'];

  it('may be those of a wide pool, if all were started before the first request and live on', () => {
    const before = [1, 2, 3, 5].map((pid) => born(pid, -2000));
    expect(serve(turns, before)).toMatchObject({ pattern: 'unknown', bound: 'unknown' });
    expect(serve(turns, [...before, exit(1, 950, 'recycled')]).pattern).toBe('per-request');
  });

  it('are new if they are started as the requests come', () => {
    const asTheyCome = [1, 2, 3, 4, 5].map((pid) => born(pid, 1000 * (pid - 1) - 10));
    expect(serve(turns, asTheyCome).pattern).toBe('per-request');
    expect(serve(turns).pattern).toBe('per-request');
  });
});
