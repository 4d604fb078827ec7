import type { ServerEvents, Worker } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';

/** Share of the lines whose thread must be told elsewhere: else one worker would bear two names. */
const FINER_SHARE = 0.9;

/**
 * Workers as another kind of line tells them more exactly: a handler that prints its process alone, beside a server whose own line of the
 * same request names the thread as well.
 *
 *     1795886432.789 7 leave 1
 *     [pid: 7|app: 0|req: 5/1] … GET /?id=1 => generated 12 bytes … on core 0        7, core 0
 *
 * @param begins the kinds of line that tell begins
 */
export function withFinerWorkers(events: ServerEvents, begins: ReadonlySet<number>): ServerEvents {
  const own: number[] = [];
  for (let i = 0; i < events.count; i++) if (begins.has(events.pattern[i]!)) own.push(i);
  const named = own.filter((i) => events.worker[i] !== NONE_U32);
  if (named.length === 0 || named.some((i) => !isProcess(events.workers[events.worker[i]!]!))) return events;
  const finer = finerById(events, begins);
  if (finer.size === 0) return events;
  const worker = events.worker.slice();
  let told = 0;
  for (const i of named) {
    const code = finer.get(events.id[i]!) ?? NONE_U32;
    const fits = code !== NONE_U32 && events.workers[code]!.pid === events.workers[worker[i]!]!.pid;
    worker[i] = fits ? code : NONE_U32;
    if (fits) told++;
  }
  return told >= FINER_SHARE * named.length ? { ...events, worker } : events;
}

const isProcess = ({ pid, thread, nativeId }: Worker): boolean =>
  pid !== undefined && thread === undefined && nativeId === undefined;

/** The worker with a thread that lines of other kinds name for each id; none where they name several. */
function finerById(events: ServerEvents, begins: ReadonlySet<number>): ReadonlyMap<number, number> {
  const finer = new Map<number, number>();
  for (let i = 0; i < events.count; i++) {
    const code = events.worker[i]!;
    const id = events.id[i]!;
    if (begins.has(events.pattern[i]!) || Number.isNaN(id) || code === NONE_U32) continue;
    if (isProcess(events.workers[code]!) || events.workers[code]!.pid === undefined) continue;
    const before = finer.get(id);
    finer.set(id, before === undefined || before === code ? code : NONE_U32);
  }
  return finer;
}
