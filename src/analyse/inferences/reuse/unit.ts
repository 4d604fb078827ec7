import type { Worker } from '../../../model/events.js';
import type { ReusePattern, WorkerUnit } from '../../../model/finding.js';
import { held } from './holders.js';
import { isCalledTask, processOf, unitOf } from './names.js';
import { byProgram, type Clues, toldUnit } from './told-unit.js';

/** Names of threads alone; `ForkPoolWorker-3`, `PoolProc-3`, `worker 3`, `8` are those of processes as well. */
const OF_THREADS = /thread|exec|nio|dispatcher|waitress|puma|main|default task|^core \d|dummy/i;
const OF_PROCESSES = /fork|proc(?!ess_request)/i;

/** Whether neither a process nor the name, nor what the line calls it, says that the worker is a thread. */
const isUnclear = (worker: Worker): boolean => {
  const { thread, threadCalled } = worker;
  if (thread === undefined || threadCalled || processOf(worker) !== undefined) return false;
  return OF_PROCESSES.test(thread) || !OF_THREADS.test(thread);
};

/** What the workers are; what their names leave open, the rest of the run tells, if anything does. */
export function unitIn(clues: Clues, workers: readonly Worker[], pattern: ReusePattern): WorkerUnit | undefined {
  const unit = unitOf(workers, pattern);
  if (pattern !== 'event-loop' && workers.every(isCalledTask))
    return byProgram(clues) ?? (unit === 'thread' ? undefined : unit);
  if (unit !== 'thread' || !workers.every(isUnclear)) return unit;
  const lists = clues.timeline.processes;
  const known = new Set([
    ...held(clues.timeline).pids,
    ...lists.flatMap((list) => list.processes.map(({ pid }) => pid)),
  ]);
  if (workers.every(({ thread }) => known.has(Number(thread)))) return 'process';
  return toldUnit(clues);
}
