import { EVENT, type ServerEvents } from '../../model/events.js';

/** Between two tests somebody starts the second, and a server, anew: nothing is logged for so long at least, ms. */
const PAUSE_MS = 2000;
/** More pauses than this are no tests: clients come one by one. */
const MANY_PAUSES = 1000;
/** So many of a test's ids another has as well if it is the same test once more; the rest are lost lines. */
const AGAIN_SHARE = 0.8;
/** So few requests begin with the same ids by chance. */
const AGAIN_AT_LEAST = 3;
/** By so many more begins than ids a log may say a test's begins twice; ids that come more often are those of users, and come again always. */
const UNIQUE = 1.2;

/** Where a log may go on with another start: its events in order of time, and how many of them come before. */
export interface Pause {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/**
 * Pauses after which the same test runs once more, and nobody from before serves: the ids begin anew, and with them either all processes,
 * or, where lines name none, the count of requests that a process keeps. Whether somebody started the server anew or it let go of those who
 * were idle, nobody was replaced for what he had served, and a name from before is another's.
 *
 *     id[1] … id[60]  pid 7 8 9            (pause)        id[1] … id[60]  pid 20 21 22
 *     id[1] … id[60]  Thread-1 #1 …        (pause)        id[1] … id[60]  Thread-1 #1 …
 */
export function pausedStarts(events: ServerEvents): readonly Pause[] {
  const order = inTime(events, [...events.time.keys()]);
  const gaps = order.flatMap((i, k) => {
    const last = order[k - 1];
    return last !== undefined && events.time[i]! - events.time[last]! >= PAUSE_MS ? [k] : [];
  });
  if (gaps.length > MANY_PAUSES) return [];
  const found: Pause[] = [];
  let from = 0;
  for (const [n, gap] of gaps.entries()) {
    const before = order.slice(from, gap);
    // The first lines after it tell whether a test begins, all of them whether anybody lives on.
    const next = order.slice(gap, gaps[n + 1]);
    if (!beginsAnew(events, before, next) || !areOthers(events, before, order.slice(gap))) continue;
    found.push({ before, after: order.slice(gap) });
    from = gap;
  }
  return found;
}

/** Those of the events that have a time, in its order. */
export const inTime = ({ time }: ServerEvents, list: readonly number[]): readonly number[] =>
  list.filter((i) => !Number.isNaN(time[i]!)).sort((a, b) => time[a]! - time[b]! || a - b);

/** The ids after it are those of before, each for one request. */
function beginsAnew(events: ServerEvents, before: readonly number[], next: readonly number[]): boolean {
  const [old, now] = [idsOf(events, before), idsOf(events, next)];
  const again = [...now.keys()].filter((id) => old.has(id)).length;
  return again >= AGAIN_AT_LEAST && again >= AGAIN_SHARE * now.size && areUnique(old) && areUnique(now);
}

/** How often each id begins; of lines that tell an end alone no more is known than that it was there. */
function idsOf({ id, kind }: ServerEvents, list: readonly number[]): ReadonlyMap<number, number> {
  const begins = new Map<number, number>();
  for (const i of list) {
    if (!Number.isNaN(id[i]!)) begins.set(id[i]!, (begins.get(id[i]!) ?? 0) + (kind[i] === EVENT.begin ? 1 : 0));
  }
  return begins;
}

const areUnique = (begins: ReadonlyMap<number, number>): boolean =>
  [...begins.values()].reduce((sum, n) => sum + n, 0) <= UNIQUE * begins.size;

/** No process of before serves after it; where none is named, a count of requests that had come further begins anew. */
function areOthers(events: ServerEvents, before: readonly number[], after: readonly number[]): boolean {
  const [old, now] = [pidsOf(events, before), pidsOf(events, after)];
  if (old.size > 0 || now.size > 0) return old.size > 0 && now.size > 0 && [...now].every((pid) => !old.has(pid));
  const [most] = serialsOf(events, before).slice(-1);
  const [first] = serialsOf(events, after);
  return first === 1 && most !== undefined && most >= AGAIN_AT_LEAST;
}

function pidsOf({ worker, workers }: ServerEvents, list: readonly number[]): ReadonlySet<number> {
  return new Set(list.flatMap((i) => workers[worker[i]!]?.pid ?? []));
}

/** The counts of requests, from the lowest on. */
const serialsOf = ({ serial }: ServerEvents, list: readonly number[]): readonly number[] =>
  list
    .map((i) => serial[i]!)
    .filter((n) => n > 0)
    .sort((a, b) => a - b);
