import { Worker } from 'node:worker_threads';

/** One task for a worker thread. */
export interface Task<I> {
  readonly input: I;
  /** After this long the worker is ended, ms. */
  readonly timeLimitMs: number;
}

/** What became of a task. A worker that is lost takes its own task with it and no other. */
export type Outcome<O> =
  | { readonly value: O }
  | { readonly lost: 'time' }
  | { readonly lost: 'memory' }
  | { readonly lost: 'fault'; readonly reason: string };

export interface PoolOptions {
  /** Module that a worker runs; it serves tasks by `serveTasks`. */
  readonly entry: URL;
  /** Workers at the same time. */
  readonly size: number;
  readonly signal?: AbortSignal;
  /** Called when a task has ended, one way or the other. */
  readonly onDone?: () => void;
  /** Heap of each worker, MB; the system's default where left out. */
  readonly heapMb?: number;
}

/**
 * Runs tasks in a pool of worker threads; outcomes are in the order of the tasks.
 * @throws the signal's reason when it is aborted; all workers are ended then.
 */
export async function runTasks<I, O>(tasks: readonly Task<I>[], options: PoolOptions): Promise<readonly Outcome<O>[]> {
  const outcomes: Outcome<O>[] = new Array(tasks.length);
  const queue = tasks.entries();
  const lane = async () => {
    let worker: Worker | undefined;
    for (const [index, task] of queue) {
      options.signal?.throwIfAborted();
      worker ??= startWorker(options);
      const outcome = await runOne<I, O>(worker, task, options.signal);
      if ('lost' in outcome) {
        await worker.terminate();
        worker = undefined;
      }
      outcomes[index] = outcome;
      options.onDone?.();
    }
    await worker?.terminate();
  };
  const lanes = Array.from({ length: Math.min(options.size, tasks.length) }, lane);
  await Promise.all(lanes);
  options.signal?.throwIfAborted();
  return outcomes;
}

function startWorker({ entry, heapMb }: PoolOptions): Worker {
  const limits = heapMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMb } };
  // A worker that is being ended may still fail; nobody waits for that.
  return new Worker(entry, limits).on('error', () => {});
}

function runOne<I, O>(worker: Worker, task: Task<I>, signal: AbortSignal | undefined): Promise<Outcome<O>> {
  return new Promise((resolve) => {
    // Listeners are taken off one by one: `removeAllListeners` would also take those by which a Worker hears its thread.
    const listeners = {
      message: (outcome: Outcome<O>) => end(outcome),
      messageerror: (error: Error) => end({ lost: 'fault', reason: error.message }),
      error: (error: NodeJS.ErrnoException) =>
        end(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? { lost: 'memory' }
            : { lost: 'fault', reason: error.message ?? String(error) },
        ),
      exit: (code: number) => end({ lost: 'fault', reason: `exit ${code}` }),
    };
    const stop = () => end({ lost: 'time' });
    const timer = setTimeout(stop, task.timeLimitMs);
    const end = (outcome: Outcome<O>) => {
      clearTimeout(timer);
      for (const [event, listener] of Object.entries(listeners)) worker.off(event, listener);
      signal?.removeEventListener('abort', stop);
      resolve(outcome);
    };
    signal?.addEventListener('abort', stop);
    for (const [event, listener] of Object.entries(listeners)) worker.on(event, listener);
    worker.postMessage(task.input);
  });
}
