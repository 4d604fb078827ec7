import type { Notice, ServerEvents, ServerNotice } from '../../model/events.js';

/** What is told of a worker is over when the next line is written; of a server that stops, the next line may come hours later. */
const OF_WORKERS: ReadonlySet<Notice['kind']> = new Set(['worker-exit', 'worker-start']);

/**
 * Lines without a time, such as those of uWSGI's master, happened before the next line that has one.
 *
 *     10:15:31,140 633 received request 8
 *     DAMN ! worker 1 (pid: 633) died, killed by signal 9 :( trying respawn ...
 *     10:15:33,002 640 received request 9                                          dead by then
 *
 * @param events with their times on the client's clock
 */
export function placedByLine(
  notices: readonly ServerNotice[],
  events: ServerEvents | undefined,
): readonly ServerNotice[] {
  const untimed = ({ time, notice }: ServerNotice) => time === undefined && OF_WORKERS.has(notice.kind);
  if (!events || !notices.some(untimed)) return notices;
  const next = nextTimes(events);
  return notices.map((one) => {
    const time = untimed(one) ? next(one.source, one.line) : undefined;
    return time === undefined ? one : { ...one, time };
  });
}

/** The time of the first event behind a line of a file. */
function nextTimes({ source, line, time }: ServerEvents): (source: number, line: number) => number | undefined {
  const order = Uint32Array.from(line, (_, i) => i)
    .filter((i) => !Number.isNaN(time[i]!))
    .sort((a, b) => source[a]! - source[b]! || line[a]! - line[b]!);
  return (file, at) => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const i = order[middle]!;
      if (source[i]! < file || (source[i] === file && line[i]! <= at)) low = middle + 1;
      else high = middle;
    }
    const found = order[low];
    return found !== undefined && source[found] === file ? time[found] : undefined;
  };
}
