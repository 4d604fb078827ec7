import type { Notice } from '../../../model/events.js';
import type { Timeline } from '../../../model/timeline.js';
import type { Life } from './lives.js';

type Cause = Extract<Notice, { kind: 'worker-exit' }>['cause'];

/** Ends that have nothing to do with how much a worker had served. */
const BROKEN: ReadonlySet<Cause> = new Set(['killed', 'timeout']);

/**
 * Workers of which the log says that they were replaced for what they had served, each a process of its own, while others came after them. At
 * the end of a server all are done, too, and nobody comes.
 *
 *     3589 ▐█▌▐█▌▐█▌ Autorestarting worker
 *     3595            ▐█▌▐█▌
 */
export function saidReplaced(timeline: Timeline, lives: readonly Life[]): readonly Life[] {
  const pidOf = ({ worker }: Life) => timeline.served!.workers[worker]!.pid;
  const exits = exitsOf(timeline, (cause) => cause === 'recycled');
  const said = lives.filter((life) => exits.has(pidOf(life)));
  const processes = new Set(said.map(pidOf));
  if (processes.size < said.length) return [];
  const lastBirth = Math.max(
    ...lives.map(({ from }) => from),
    ...timeline.notices.flatMap(({ notice, time }) => (notice.kind === 'worker-start' ? (time ?? []) : [])),
  );
  return said.filter(({ to }) => to <= lastBirth);
}

/** Whether the log says of some process that it ended for what it had served: so do others where it is silent. */
export const endsAreSaid = ({ notices }: Timeline): boolean =>
  notices.some(({ notice }) => notice.kind === 'worker-exit' && notice.cause === 'recycled');

/** The others: whoever was killed had more to serve. */
export function notKilled(timeline: Timeline, lives: readonly Life[]): readonly Life[] {
  const exits = exitsOf(timeline, (cause) => BROKEN.has(cause));
  return lives.filter(({ worker }) => !exits.has(timeline.served!.workers[worker]!.pid));
}

/** Processes that were killed while others came after them. */
export function killedOf(timeline: Timeline, lives: readonly Life[]): number {
  const exits = exitsOf(timeline, (cause) => BROKEN.has(cause));
  const lastBirth = Math.max(...lives.map(({ from }) => from));
  const pids = lives.flatMap(({ worker, to }) =>
    to <= lastBirth ? (timeline.served!.workers[worker]!.pid ?? []) : [],
  );
  return new Set(pids.filter((pid) => exits.has(pid))).size;
}

function exitsOf({ notices }: Timeline, of: (cause: Cause) => boolean): ReadonlySet<number | undefined> {
  const pids = notices.flatMap(({ notice }) =>
    notice.kind === 'worker-exit' && of(notice.cause) && notice.pid !== undefined ? [notice.pid] : [],
  );
  return new Set<number | undefined>(pids);
}

/** `--max-requests 8`, `--max-requests=8` (gunicorn, uWSGI). */
const MAX_REQUESTS = /(?:^|\s)--max-requests[= ](\d{1,9})(?=\s|$)/;
/** … and what is added to it by chance. */
const JITTER = /(?:^|\s)--max-requests-jitter[= ](\d{1,9})(?=\s|$)/;

/**
 * Workers that are gone after as many requests as the server's command states, while another came after them: few of them are enough then.
 *
 *     --max-requests 3      12 ▐█▌▐█▌▐█▌
 *                           17          ▐█▌▐█▌
 */
export function goneAsStated({ runFile, served }: Timeline, lives: readonly Life[]): readonly Life[] {
  const command = runFile.command ?? '';
  const least = Number(MAX_REQUESTS.exec(command)?.[1] ?? 0);
  if (least === 0) return [];
  const most = least + Number(JITTER.exec(command)?.[1] ?? 0);
  const lastBirth = Math.max(...lives.map(({ from }) => from));
  const processes = new Set(lives.map(({ worker }) => served!.workers[worker]!.pid));
  // Threads share the count of their process.
  const each = !processes.has(undefined) && processes.size === lives.length;
  const never = lives.every(({ requests }) => requests <= most);
  return each && never ? lives.filter(({ to, requests }) => to <= lastBirth && requests >= least) : [];
}
