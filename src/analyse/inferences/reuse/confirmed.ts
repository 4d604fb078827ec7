import type { Worker } from '../../../model/events.js';
import type { ReusePattern } from '../../../model/finding.js';
import type { ServedRequests, Timeline } from '../../../model/timeline.js';
import type { View } from '../../view.js';
import { holdingsOf } from './holders.js';
import { type Life, slotsOf } from './lives.js';
import { isCalled, isCalledThread, isMainThread } from './names.js';
import { startedPids } from './own-word.js';

/** The server died, and whoever served its first request then is in no line. */
export const isNewAtDeath = ({ outage }: View, { beginsDerived, workers }: ServedRequests): boolean =>
  outage !== undefined && beginsDerived && workers.length > 1;

/**
 * Whether what stands in a learned line is the worker: what the line calls a process or a thread, a name that says so, or words that come again,
 * of which as many are at work at once as requests were in service at the limit: what counts them knows nothing of names.
 */
export function isConfirmed(
  served: ServedRequests,
  lives: readonly Life[],
  pattern: ReusePattern,
  limit: number | undefined,
): boolean {
  if (pattern === 'reused' || pattern === 'recycled') return limit !== undefined && slotsOf(lives) === limit;
  // One thread's name, and one request at a time while others wait.
  if (pattern === 'single' && limit === 1 && lives.every(({ worker }) => isCalledThread(served.workers[worker]!)))
    return true;
  const says = (worker: Worker) =>
    isCalled(worker) || (pattern === 'per-request' ? isCalledThread : isMainThread)(worker);
  return lives.every(({ worker }) => says(served.workers[worker]!));
}

/** So long before and after a look a request may begin or end whose connection it shows, ms. */
const LOOK_MS = 1000;
/** Processes that must be seen holding connections while their requests are in service; fewer if there are no more. */
const SEEN_PROCESSES = 3;
/** Share of the holders that must be at work by the log: a number that counts something else hits some by chance. */
const AT_WORK_SHARE = 0.5;

/**
 * Whether the numbers of the log's lines are those of processes: the server has started all of them, or they hold connections just while
 * their requests are in service.
 *
 *     12:00:01.2 4711 begin 7        12:00:02 ESTAB … users:(("python3",pid=4711,fd=9))        12:00:03.2 4711 end 7
 */
export function areProcesses(timeline: Timeline, { workers }: ServedRequests, lives: readonly Life[]): boolean {
  const byPid = new Map(lives.map((life) => [workers[life.worker]!.pid, life]));
  // What stands beside a process may count requests.
  if (byPid.size < lives.length) return false;
  const started = startedPids(timeline);
  if ([...byPid.keys()].every((pid) => pid !== undefined && started.has(pid))) return true;
  const seen = new Set<number>();
  let holders = 0;
  let hits = 0;
  for (const { time, pid } of holdingsOf(timeline)) {
    if (time === undefined) continue;
    holders++;
    const life = byPid.get(pid);
    if (!life || life.from > time + LOOK_MS || life.to < time - LOOK_MS) continue;
    hits++;
    seen.add(pid);
  }
  return hits > 0 && seen.size >= Math.min(SEEN_PROCESSES, lives.length) && hits >= AT_WORK_SHARE * holders;
}
