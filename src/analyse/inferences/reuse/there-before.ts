import type { ServedRequests, Timeline } from '../../../model/timeline.js';
import type { Life } from './lives.js';

/** Share of the processes that must be told to have been started; the lines of some may be lost. */
const TOLD_SHARE = 0.5;
const TOLD_AT_LEAST = 2;

/**
 * Whether the processes that served one request each were all started before the first came, and none since: those of a pool that is wider than
 * the requests are many come once each as well, and wait on to be used again.
 *
 *     Booting worker 3 4 5 6      3 ▐████▌
 *                                      4 ▐████▌  5 ▐████▌
 */
export function wereThereBefore({ notices }: Timeline, served: ServedRequests, lives: readonly Life[]): boolean {
  const pids = new Set(lives.map(({ worker }) => served.workers[worker]!.pid));
  // Several threads of one process may each be a request's own, whenever that was started.
  if (pids.has(undefined) || pids.size < lives.length) return false;
  const first = served.begin.reduce((least, at) => (at < least ? at : least), Number.POSITIVE_INFINITY);
  const before = new Set<number | undefined>();
  for (const { notice, time } of notices) {
    // Who ends, or is started, while requests come makes room for another, or is one.
    if (notice.kind === 'worker-exit' && pids.has(notice.pid)) return false;
    if (notice.kind !== 'worker-start' || !pids.has(notice.pid)) continue;
    if (time === undefined || time >= first) return false;
    before.add(notice.pid);
  }
  return before.size >= Math.max(TOLD_AT_LEAST, TOLD_SHARE * pids.size);
}
