import type { Worker } from '../../../model/events.js';
import type { ServedRequests, Timeline } from '../../../model/timeline.js';
import { hasOneCount } from './behind.js';
import type { Life } from './lives.js';
import { nameCountsRequests } from './names.js';

/** Runtimes give these to threads that nobody names, and to executors one after another: `Thread-7 (work)`, `ThreadPoolExecutor-7_0`. */
const COUNTED = /^(?:Thread-\d+(?: \(.*\))?|ThreadPoolExecutor-\d+_0)$/;
/** So many names that come in their order a second time are no chance. */
const IN_ORDER = 3;

/**
 * Whether names of threads that a process numbers as it makes them may have begun anew with another process: each came once and in order,
 * and when nobody was in service any more, they came again from the first on. A pool that takes turns looks the same, where neither lines
 * nor looks name the process, nor one count of requests goes on.
 *
 *     Thread-1 ▐█▌                      Thread-1 ▐█▌
 *       Thread-2 ▐█▌       (nobody)       Thread-2 ▐█▌
 *         Thread-3 ▐█▌                      Thread-3 ▐█▌
 */
export function mayBeAnew(timeline: Timeline, served: ServedRequests, lives: readonly Life[]): boolean {
  const workers = lives.map(({ worker }) => served.workers[worker]!);
  const counted = workers.every(({ pid, thread, start }) => !pid && !start && COUNTED.test(thread ?? ''));
  if (!counted || hasOneCount(served)) return false;
  const turns = turnsOf(served);
  return (
    turns !== undefined &&
    turns.again.length >= IN_ORDER &&
    turns.again[0] === turns.first[0] &&
    nameCountsRequests(turns.first) &&
    nameCountsRequests(turns.again) &&
    !listensThrough(timeline, turns.from, turns.to)
  );
}

/** Workers as they came first and, when nobody was in service, once more; `undefined` where they did otherwise. */
interface Turns {
  readonly first: readonly Worker[];
  readonly again: readonly Worker[];
  /** When the last of the first turn ended, and the first of the second began. */
  readonly from: number;
  readonly to: number;
}

function turnsOf({ count, begin, end, worker, workers }: ServedRequests): Turns | undefined {
  const order = Array.from({ length: count }, (_, i) => i).sort((a, b) => begin[a]! - begin[b]! || a - b);
  const seen = new Set<number>();
  const turn = order.findIndex((i) => seen.size === seen.add(worker[i]!).size);
  if (turn < 0) return undefined;
  const [before, after] = [order.slice(0, turn), order.slice(turn)];
  const from = before.reduce((last, i) => Math.max(last, end[i]!), Number.NEGATIVE_INFINITY);
  const to = begin[after[0]!]!;
  if (!(from < to) || new Set(after.map((i) => worker[i]!)).size < after.length) return undefined;
  const named = (list: readonly number[]) => list.flatMap((i) => workers[worker[i]!] ?? []);
  return { first: named(before), again: named(after), from, to };
}

/** A process that listened at the port before does so after. */
function listensThrough({ sockets, port }: Timeline, from: number, to: number): boolean {
  const pidsIn = (isIn: (time: number) => boolean) =>
    sockets
      .filter(({ time }) => time !== undefined && isIn(time))
      .flatMap(({ listeners }) => listeners.flatMap((one) => (one.port === port?.value ? (one.pids ?? []) : [])));
  const old = new Set(pidsIn((time) => time <= from));
  return pidsIn((time) => time >= to).some((pid) => old.has(pid));
}
