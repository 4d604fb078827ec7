import { describe, expect, it } from 'vitest';
import { nameCountsRequests, unitOf } from '../../../src/analyse/inferences/reuse/names.js';
import type { Worker } from '../../../src/model/events.js';

const pids = (...list: readonly number[]): Worker[] =>
  list.map((pid) => ({ pid, thread: 'MainThread', identity: 'numbered' }));

describe('numbers of workers of which each served once', () => {
  it('count requests where they grow, if two prints changed places, too', () => {
    expect(nameCountsRequests(pids(100, 101, 105, 104, 106, 109, 112, 113, 118, 117, 120, 121))).toBe(true);
  });

  it('count the requests of each process where each counts for itself', () => {
    const dummy = (pid: number, n: number): Worker => ({ pid, thread: `Dummy-${n}`, identity: 'numbered' });
    expect(nameCountsRequests([dummy(14, 1), dummy(13, 1), dummy(14, 2), dummy(14, 3), dummy(13, 2)])).toBe(true);
    expect(nameCountsRequests([dummy(14, 3), dummy(13, 1), dummy(14, 2), dummy(14, 1), dummy(13, 2)])).toBe(false);
  });

  it('are those of a pool where they come in any order', () => {
    expect(nameCountsRequests(pids(118, 101, 120, 104, 112, 109, 106, 121, 100, 117, 105, 113))).toBe(false);
  });
});

describe('workers without a process id', () => {
  const named = (...list: readonly string[]): Worker[] => list.map((thread) => ({ thread, identity: 'numbered' }));
  it('are processes where they are called so', () => {
    expect(unitOf(named('PoolProc-13', 'PoolProc-14'), 'reused')).toBe('process');
    expect(unitOf(named('ForkPoolWorker-1', 'ForkPoolWorker-2'), 'reused')).toBe('process');
    expect(unitOf(named('Process-1', 'Process-2'), 'reused')).toBe('process');
  });

  it('are threads else', () => {
    expect(unitOf(named('waitress-1', 'waitress-2'), 'reused')).toBe('thread');
    expect(unitOf(named('Processor-1', 'Processor-2'), 'reused')).toBe('thread');
  });
});
