import type { LogRecord } from '../../logs/log-pattern.js';
import { type Who, whoOf } from '../../logs/parts/who-found.js';

/** `11/0`, as a field of its own. */
const PROCESS_AND_PLACE = /(?:^|\s)(\d{1,7})\/(\d{1,3})(?=\s)/;

/**
 * Processes that the log says were started. A pair of numbers of which one is such a process names the worker, though nothing calls it so:
 *
 *     spawned uWSGI worker 1 (pid: 11, cores: 3)
 *     1767609001 11/0 GET /report?id=1 200 900925us        uWSGI's `%(pid)/%(core)`
 */
export class StartedWorkers {
  readonly #pids = new Set<number>();

  note({ notice, notices = [] }: LogRecord): void {
    for (const one of [notice, ...notices])
      if (one?.kind === 'worker-start' && one.pid !== undefined) this.#pids.add(one.pid);
  }

  /** The worker in a line that names none otherwise. */
  whoIn(text: string): Who {
    const [, pid, place] = (this.#pids.size > 0 ? PROCESS_AND_PLACE.exec(text) : null) ?? [];
    return pid !== undefined && this.#pids.has(Number(pid)) ? whoOf({ pid: Number(pid), thread: `core ${place}` }) : {};
  }
}
