import { EVENT, type ServerEvents } from '../../model/events.js';

/** Between two tests somebody starts the second, and a server, anew: nothing is logged for so long at least, ms. */
const PAUSE_MS = 2000;
/** More pauses than this are no tests: clients come one by one. */
const MANY_PAUSES = 1000;
/** So many of a test's ids another has as well if it is the same test once more; the rest are lost lines. */
const AGAIN_SHARE = 0.8;
/** So few requests begin with the same ids by chance. */
const AGAIN_AT_LEAST = 3;
/** So many requests after a pause tell how it goes on. */
const FIRST = 20;
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
 *
 * @param livesOn whether anything of before is seen to go on after it
 */
export function pausedStarts(events: ServerEvents, livesOn: (pause: Pause) => boolean): readonly Pause[] {
  const order = inTime(events, [...events.time.keys()]);
  const gaps = order.flatMap((i, k) => {
    const last = order[k - 1];
    return last !== undefined && events.time[i]! - events.time[last]! >= PAUSE_MS ? [k] : [];
  });
  if (gaps.length > MANY_PAUSES) return [];
  const found: Pause[] = [];
  let from = 0;
  for (const gap of gaps) {
    const pause = { before: order.slice(from, gap), after: order.slice(gap) };
    const again = isBegin(events, pause) && beginsAnew(events, pause) && areOthers(events, pause);
    if (!again || livesOn(pause)) continue;
    found.push(pause);
    from = gap;
  }
  return found;
}

/** Those of the events that have a time, in its order. */
export const inTime = ({ time }: ServerEvents, list: readonly number[]): readonly number[] =>
  list.filter((i) => !Number.isNaN(time[i]!)).sort((a, b) => time[a]! - time[b]! || a - b);

/** A test begins with a begin; a coarse stamp may have set an end of the same second before it. */
function isBegin({ time, resolution, kind }: ServerEvents, { after }: Pause): boolean {
  const [first] = after;
  const begin = after.find((i) => kind[i] !== EVENT.end);
  return begin !== undefined && time[begin]! - time[first!]! <= resolution[first!]!;
}

/** The ids that begin after it are those of before, each for one request. */
function beginsAnew(events: ServerEvents, { before, after }: Pause): boolean {
  const old = begunIds(events, before);
  const now = untilAgain(begunIds(events, after).slice(0, FIRST));
  const known = new Set(old);
  const again = now.filter((id) => known.has(id)).length;
  return again >= AGAIN_AT_LEAST && again >= AGAIN_SHARE * now.length && areUnique(old);
}

/** The ids in the order in which they begin, by the lines that say so; where none does, by those that tell begin and end. */
function begunIds({ id, kind }: ServerEvents, list: readonly number[]): readonly number[] {
  const known = list.filter((i) => !Number.isNaN(id[i]!));
  const begun = known.filter((i) => kind[i] === EVENT.begin);
  return (begun.length > 0 ? begun : known.filter((i) => kind[i] === EVENT.span)).map((i) => id[i]!);
}

/** Ids up to the first that comes a second time: there a third test begins. */
function untilAgain(ids: readonly number[]): readonly number[] {
  const end = ids.findIndex((id, k) => ids.indexOf(id) < k);
  return end < 0 ? ids : ids.slice(0, end);
}

const areUnique = (ids: readonly number[]): boolean => ids.length <= UNIQUE * new Set(ids).size;

/** No process of before serves after it; where none is named, a count of requests that had come further begins anew. */
function areOthers(events: ServerEvents, { before, after }: Pause): boolean {
  const [old, now] = [pidsOf(events, before), pidsOf(events, after)];
  if (old.size > 0 || now.size > 0) return old.size > 0 && now.size > 0 && [...now].every((pid) => !old.has(pid));
  const first = Math.min(...serialsOf(events, after).slice(0, FIRST));
  return first === 1 && Math.max(...serialsOf(events, before)) >= AGAIN_AT_LEAST;
}

function pidsOf({ worker, workers }: ServerEvents, list: readonly number[]): ReadonlySet<number> {
  return new Set(list.flatMap((i) => workers[worker[i]!]?.pid ?? []));
}

/** The counts of requests as the lines come. */
const serialsOf = ({ serial }: ServerEvents, list: readonly number[]): readonly number[] =>
  list.map((i) => serial[i]!).filter((n) => n > 0);
