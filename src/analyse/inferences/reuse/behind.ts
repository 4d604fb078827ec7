import { NONE_U32 } from '../../../model/samples.js';
import type { ServedRequests, Timeline } from '../../../model/timeline.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import { startedPids } from './own-word.js';

/** Requests with the process' own count, from which all of them different are one process' count. */
const MANY_COUNTED = 5;
/** Share of the requests whose count must be known. */
const COUNTED_SHARE = 0.5;
/** So many pairs in service at once with one and the same count: fewer may be a line that another run left behind. */
const SAME_AT_ONCE = 2;

/** What stands behind a name that names no process. */
export interface Behind {
  readonly processes: 'one' | 'several' | 'unknown';
  /** Each request was its process' first. */
  readonly allFirst: boolean;
}

/**
 * How many processes stand behind the names of a log that names none. A handler's own count never gives a number twice, so the same
 * number twice at once is two processes; and the sockets may name who holds the connections.
 *
 *     one     #1 ▐████▌           several  #1 ▐████▌
 *             #2   ▐████▌                  #1   ▐████▌
 *
 * So may the log, if it tells that several were started.
 */
export function behindNames(view: View, served: ServedRequests): Behind {
  const { timeline, service, inService, surely } = view;
  const counted = served.serial.reduce((n, serial) => n + (serial > 0 ? 1 : 0), 0);
  const ends = service?.end ?? served.end;
  const allFirst = counted >= MANY_COUNTED && served.serial.every((serial) => serial <= 1);
  if (sameAtOnce(served, ends) >= SAME_AT_ONCE) return { processes: 'several', allFirst };
  const holders = holdersOf(timeline);
  if (holders === 'several' || mayBeOneEach(timeline, service?.lossy ? surely : inService))
    return { processes: 'several', allFirst };
  return { processes: hasOneCount(served) || holders === 'one' ? 'one' : 'unknown', allFirst: false };
}

/**
 * The server started or ended several processes, and no more requests were in service at once than these: each may have served one. A log
 * whose head was cut off tells of their ends alone, and
 * where lines are lost only those who were so for sure count.
 */
function mayBeOneEach(timeline: Timeline, inService: View['inService']): boolean {
  const ended = timeline.notices.flatMap(({ notice }) => (notice.kind === 'worker-exit' ? (notice.pid ?? []) : []));
  const processes = new Set([...startedPids(timeline), ...ended]).size;
  return processes > 1 && inService !== undefined && peak(inService).value <= processes;
}

/** Whether one count of requests, which never gives a number twice, is that of most. */
export function hasOneCount({ serial, count }: ServedRequests): boolean {
  const counted = serial.filter((number) => number > 0);
  const many = counted.length >= MANY_COUNTED && counted.length >= COUNTED_SHARE * count;
  return many && new Set(counted).size === counted.length;
}

/** Whether each process counts one request alone: who bears the id of another came after it. */
export function countsOnce({ serial }: ServedRequests): boolean {
  const counted = serial.filter((number) => number > 0);
  return counted.length >= MANY_COUNTED && counted.every((number) => number === 1);
}

/** Whether the process' own count gives numbers a second time, at whatever time: another process counts, or a new one in its place. */
export function countsAgain({ serial }: ServedRequests): boolean {
  const counted = serial.filter((number) => number > 0);
  return counted.length - new Set(counted).size >= SAME_AT_ONCE;
}

/** Requests that began while another with the same count was in service. */
function sameAtOnce({ count, begin, serial, worker }: ServedRequests, ends: Float64Array): number {
  const until = new Map<number, number>();
  let pairs = 0;
  for (let i = 0; i < count; i++) {
    const number = serial[i]!;
    if (number === 0 || worker[i] === NONE_U32) continue;
    const before = until.get(number) ?? Number.NEGATIVE_INFINITY;
    if (before > begin[i]!) pairs++;
    until.set(number, Math.max(before, ends[i]!));
  }
  return pairs;
}

/** Whether the server's connections are held by one process, or by several with one each. */
function holdersOf({ sockets, port }: Timeline): 'one' | 'several' | undefined {
  let most = 0;
  const pids = new Set<string>();
  for (const { connections } of sockets) {
    for (const { side, state, owner, pids: held, port: at } of connections) {
      if (side !== 'server' || state !== 'ESTABLISHED' || owner !== 'some' || !held || at !== port?.value) continue;
      for (const [pid, n] of Object.entries(held)) {
        pids.add(pid);
        most = Math.max(most, n);
      }
    }
  }
  if (pids.size === 1 && most > 1) return 'one';
  return pids.size > 1 && most === 1 ? 'several' : undefined;
}
