import { parentPort } from 'node:worker_threads';
import type { Outcome } from './pool.js';

/** The other side of `runTasks`: answers each input with what `work` makes of it. */
export function serveTasks<I, O>(work: (input: I) => Promise<O>): void {
  parentPort?.on('message', (input: I) => {
    work(input).then(
      (value) => answer<O>({ value }),
      (error: unknown) => answer<O>({ lost: 'fault', reason: error instanceof Error ? error.message : String(error) }),
    );
  });
}

const answer = <O>(outcome: Outcome<O>): void => parentPort?.postMessage(outcome);
