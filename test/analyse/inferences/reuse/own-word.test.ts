import { describe, expect, it } from 'vitest';
import { areProcesses } from '../../../../src/analyse/inferences/reuse/confirmed.js';
import { livesOf } from '../../../../src/analyse/inferences/reuse/lives.js';
import { reuse } from '../../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { Notice, Worker } from '../../../../src/model/events.js';
import type { Timeline } from '../../../../src/model/timeline.js';
import { handled, timelineOf } from '../../../support/timeline.js';

/** A log in which requests follow one another on each worker; `at` is what stands beside it. */
function runOf(workers: readonly Worker[], notices: readonly Notice[], source = 0, atOnce = false): Timeline {
  const log = handled(
    Array.from({ length: 6 }).flatMap((_, turn) =>
      workers.map((_worker, n) => {
        const from = (atOnce ? 100 : 1000) * turn + n;
        return { id: 10 * turn + n, from, to: from + 900, worker: String(n) };
      }),
    ),
  );
  const timeline = timelineOf(undefined, log);
  const identity = workers[0]!.identity;
  return {
    ...timeline,
    served: { ...timeline.served!, workers, identity },
    notices: notices.map((notice, line) => ({ source, line, notice })),
  };
}
const reuseOf = (timeline: Timeline) => reuse.infer({ found: {}, view: viewOf(timeline) } as never);

const idents: readonly Worker[] = ['140492474820288', '140492458026688'].map((thread) => ({
  pid: 12,
  thread,
  identity: 'recycled-ident',
}));
const onThreads: Notice = { kind: 'worker-unit', unit: 'thread' };

describe('idents that are given again', () => {
  it('tell workers apart where the server says that its threads are a pool', () => {
    expect(reuseOf(runOf(idents, [])).pattern).toBe('unknown');
    expect(reuseOf(runOf(idents, [onThreads]))).toMatchObject({ pattern: 'reused', unit: 'thread', workers: 2 });
  });

  it('tell nothing where another server says so, unless it has started the processes', () => {
    expect(reuseOf(runOf(idents, [onThreads], 1)).pattern).toBe('unknown');
    expect(reuseOf(runOf(idents, [onThreads, { kind: 'worker-start', pid: 12 }], 1)).pattern).toBe('reused');
  });
});

describe('a process that has several requests at once', () => {
  const processes: readonly Worker[] = [{ pid: 12, identity: 'process' }];

  it('is an event loop where the server says that it serves with coroutines', () => {
    expect(reuseOf(runOf(processes, [], 0, true)).pattern).toBe('unknown');
    const loop = runOf(processes, [{ kind: 'worker-unit', unit: 'coroutine' }], 0, true);
    expect(reuseOf(loop)).toMatchObject({ pattern: 'event-loop', unit: 'coroutine', confidence: 'high' });
  });
});

describe('numbers that are those of processes', () => {
  const processes = [30, 31, 32].map((pid): Worker => ({ pid, identity: 'process' }));
  const look = (time: number, pids: Readonly<Record<number, number>>) => ({
    time,
    listeners: [],
    connections: [{ side: 'server', state: 'ESTABLISHED', owner: 'some', port: 8080, pids }],
  });
  const seen = (workers: readonly Worker[], ...looks: readonly unknown[]) => {
    const timeline = { ...runOf(workers, []), port: { value: 8080 }, sockets: looks } as unknown as Timeline;
    return areProcesses(timeline, timeline.served!, livesOf(timeline.served!));
  };

  it('hold connections while they serve', () => {
    expect(seen(processes, look(2000, { 30: 1, 31: 1, 32: 1 }))).toBe(true);
    expect(seen(processes, look(2000, { 30: 1, 31: 1 }))).toBe(false);
    expect(seen(processes, look(90_000, { 30: 1, 31: 1, 32: 1 }))).toBe(false);
  });

  it('say nothing of what stands beside them', () => {
    const counted = [1, 2, 3].map((nativeId): Worker => ({ pid: 30, nativeId, identity: 'numbered' }));
    expect(seen(counted, look(2000, { 30: 3 }))).toBe(false);
  });
});
