import { append } from '../../model/append.js';
import type { Timeline } from '../../model/timeline.js';
import type { Outage } from './outage/outage.js';

/** Who is gone, and since when: what ends a request that no line ends. */
export interface Deaths {
  /** When a process was gone, by process id (EpochMs, ascending). */
  readonly byPid: ReadonlyMap<number, readonly number[]>;
  /** When the server as a whole died. */
  readonly server?: number;
}

/** When processes were gone: by the log's own word, or because a process list no longer shows them. */
export function deathsOf(timeline: Timeline, outage: Outage | undefined): Deaths {
  const byPid = new Map<number, number[]>();
  for (const { notice, time } of timeline.notices) {
    if (notice.kind === 'worker-exit' && notice.pid !== undefined && time !== undefined)
      append(byPid, notice.pid, time);
  }
  for (const [pid, time] of vanished(timeline)) append(byPid, pid, time);
  for (const list of byPid.values()) list.sort((a, b) => a - b);
  return { byPid, ...(outage ? { server: outage.at } : {}) };
}

/** Workers' processes that one list shows and a later one does not: gone by the time of the later one. */
function vanished({ processes, served }: Timeline): readonly (readonly [number, number])[] {
  const workers = new Set(served?.workers.flatMap(({ pid }) => (pid === undefined ? [] : [pid])));
  const timed = processes.filter(({ time, processes: list }) => time !== undefined && list.length > 0);
  const gone: [number, number][] = [];
  let seen = new Set<number>();
  for (const { time, processes: list } of timed) {
    const now = new Set(list.map(({ pid }) => pid).filter((pid) => workers.has(pid)));
    for (const pid of seen) if (!now.has(pid)) gone.push([pid, time!]);
    seen = now;
  }
  return gone;
}
