import { describe, expect, it } from 'vitest';
import { processOf, unitOf } from '../../../../src/analyse/inferences/reuse/names.js';
import type { Worker } from '../../../../src/model/events.js';

const workers = (names: readonly string[], rest: (n: number) => Partial<Worker> = () => ({})): readonly Worker[] =>
  names.map((thread, n) => ({ thread, identity: 'numbered' as const, ...rest(n) }));

describe('what workers are', () => {
  it('is coroutines for names that greenlets have, but threads where the system numbers each', () => {
    const names = ['MainThread', 'Dummy-1', 'Dummy-2'];
    expect(
      unitOf(
        workers(names, () => ({ pid: 10 })),
        'reused',
      ),
    ).toBe('coroutine');
    expect(
      unitOf(
        workers(names, () => ({ pid: 10, nativeId: 17 })),
        'reused',
      ),
    ).toBe('coroutine');
    expect(
      unitOf(
        workers(names, (n) => ({ pid: 10, nativeId: 17 + n })),
        'reused',
      ),
    ).toBe('thread');
  });

  it('is processes where main threads are named with them', () => {
    expect(unitOf(workers(['w17/MainThread', 'w15/MainThread']), 'reused')).toBe('process');
    expect(processOf({ thread: 'w17/MainThread', identity: 'numbered' })).toBe('w17');
  });

  it('is processes where they are called so', () => {
    for (const name of ['PoolProc', 'Process', 'ForkPoolWorker'])
      expect(unitOf(workers([`${name}-1`, `${name}-2`]), 'reused')).toBe('process');
    expect(unitOf(workers(['Thread-1 (process_request_thread)', 'Processor-2']), 'reused')).toBe('thread');
  });
});
