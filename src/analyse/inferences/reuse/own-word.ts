import type { WorkerUnit } from '../../../model/finding.js';
import type { ServedRequests, Timeline } from '../../../model/timeline.js';

/**
 * What serves requests, as the server says when it starts, where it is the server of which the log tells: it speaks in the same file, in
 * access lines that are its own, or has started all the processes that are named.
 *
 *     [7] [INFO] Using worker: gthread
 *     [mpm_event:notice] [pid 9:tid 9] AH00489: Apache/2.4.57 (Debian) configured -- resuming normal operations
 *
 * Another one's word, of a proxy in front, is none.
 */
export function unitByOwnWord(timeline: Timeline): WorkerUnit | undefined {
  const { notices, served } = timeline;
  if (!served) return undefined;
  const sources = new Set(served.source);
  const started = startsAll(timeline, served);
  const units = new Set<WorkerUnit>();
  for (const { notice, source } of notices) {
    const own = sources.has(source) || served.beginsDerived || started;
    if (notice.kind === 'worker-unit' && own) units.add(notice.unit);
  }
  return units.size === 1 ? [...units][0] : undefined;
}

/** The processes of which the log says that they were started. */
export const startedPids = ({ notices }: Timeline): ReadonlySet<number> =>
  new Set(
    notices.flatMap(({ notice }) => (notice.kind === 'worker-start' && notice.pid !== undefined ? [notice.pid] : [])),
  );

function startsAll(timeline: Timeline, { workers }: ServedRequests): boolean {
  const started = startedPids(timeline);
  return started.size > 0 && workers.every(({ pid }) => pid !== undefined && started.has(pid));
}
