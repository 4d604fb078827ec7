import { describe, expect, it } from 'vitest';
import { runTasks } from '../src/pool.js';

const entry = new URL('./support/pool-worker.mjs', import.meta.url);
const task = (input: number | string, timeLimitMs = 30_000) => ({ input, timeLimitMs });

describe('the pool of workers', () => {
  it('gives a worker one task after another', async () => {
    const outcomes = await runTasks(
      [1, 2, 3, 4, 5].map((n) => task(n)),
      { entry, size: 2 },
    );
    expect(outcomes).toEqual([2, 4, 6, 8, 10].map((value) => ({ value })));
  });

  it('loses only the task that takes too long or ends its worker', async () => {
    const tasks = [task(1), task('hang', 50), task(2), task('die'), task(3)];
    expect(await runTasks(tasks, { entry, size: 1 })).toEqual([
      { value: 2 },
      { lost: 'time' },
      { value: 4 },
      { lost: 'fault', reason: 'as told' },
      { value: 6 },
    ]);
  });

  it('ends all workers when it is told to stop', async () => {
    const stop = new AbortController();
    const running = runTasks([task('hang'), task('hang'), task(1)], { entry, size: 2, signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(running).rejects.toThrow('enough');
  });
});
