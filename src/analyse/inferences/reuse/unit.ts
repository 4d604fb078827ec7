import type { Worker } from '../../../model/events.js';
import type { ReusePattern, WorkerUnit } from '../../../model/finding.js';
import type { Timeline } from '../../../model/timeline.js';
import { processOf, unitOf } from './names.js';

/** Names of threads alone; `ForkPoolWorker-3`, `PoolProc-3`, `worker 3`, `8` are those of processes as well. */
const OF_THREADS = /thread|exec|nio|dispatcher|waitress|puma|main|default task|^core \d|dummy/i;
const OF_PROCESSES = /fork|proc(?!ess_request)/i;

/** Whether neither a process nor the name says that the worker is a thread. */
const isUnclear = (worker: Worker): boolean => {
  const { thread } = worker;
  if (thread === undefined || processOf(worker) !== undefined) return false;
  return OF_PROCESSES.test(thread) || !OF_THREADS.test(thread);
};

/** What the workers are; what their names leave open the holders of the server's connections tell, if anything does. */
export function unitIn(timeline: Timeline, workers: readonly Worker[], pattern: ReusePattern): WorkerUnit | undefined {
  const unit = unitOf(workers, pattern);
  if (unit !== 'thread' || !workers.every(isUnclear)) return unit;
  const { pids, most } = held(timeline);
  const known = new Set([...pids, ...timeline.processes.flatMap((list) => list.processes.map(({ pid }) => pid))]);
  if (workers.every(({ thread }) => known.has(Number(thread)))) return 'process';
  if (pids.size === 0) return undefined;
  if (most > 1) return 'thread';
  return pids.size > 1 ? 'process' : undefined;
}

/** Who holds connections that are accepted, and how many at most at once; who serves one after another in a process holds one. */
function held({ sockets, port }: Timeline): { readonly pids: ReadonlySet<number>; readonly most: number } {
  const pids = new Set<number>();
  let most = 0;
  for (const { connections } of sockets) {
    for (const one of connections) {
      if (one.side !== 'server' || one.state !== 'ESTABLISHED' || one.owner !== 'some' || one.port !== port?.value)
        continue;
      for (const [pid, n] of Object.entries(one.pids ?? {})) {
        pids.add(Number(pid));
        most = Math.max(most, n);
      }
    }
  }
  return { pids, most };
}
