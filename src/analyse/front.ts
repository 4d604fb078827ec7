import type { Timeline } from '../model/timeline.js';
import type { ClientEstimate } from './inferences/max-concurrency/from-client.js';
import type { Look } from './looks.js';
import { countOpen, peak } from './stats/steps.js';

/** So many times what the client's response times suggest must be under way before durations count as those of a server in front. */
const FRONT_MORE = 1.25;

/**
 * Whether the log is that of a server in front, whose durations hold the wait for those behind it:
 *
 *     GET /?id=7 … rt=8.015 urt=8.014     the line tells how long another server took
 *     LISTEN 30 2048 127.0.0.1:8000       sockets show another server behind
 *
 * or the durations grow with the crowd, as if requests waited. Lines that name a worker are the server's own.
 */
export function isFront(
  { served, notices }: Pick<Timeline, 'served' | 'notices'>,
  looks: readonly Look[],
  byClient: () => ClientEstimate | undefined,
): boolean {
  if (!served?.beginsDerived || served.identity !== undefined) return false;
  if (notices.some(({ notice }) => notice.kind === 'stands-in-front')) return true;
  if (looks.some(({ inner }) => inner !== undefined)) return true;
  const seen = byClient();
  // What overlaps for longer than a step of the clock overlaps for sure.
  const surely = countOpen(
    served.begin.map((t, i) => t + (served.steps?.[i] ?? served.resolutionMs)),
    served.end,
  );
  return seen?.kind === 'limited' && FRONT_MORE * seen.high < peak(surely).value;
}
