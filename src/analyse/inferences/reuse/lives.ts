import { NONE_U32 } from '../../../model/samples.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { FINE_MS } from '../../fine.js';
import { startOf } from './starts.js';

/** What one worker did over the run. */
export interface Life {
  /** Index into `ServedRequests.workers`. */
  readonly worker: number;
  readonly requests: number;
  /** `requests` is the worker's own count: nothing is missing of it. */
  readonly counted?: boolean;
  /** First begin and last end, ms; the end is `Infinity` while a request is open. */
  readonly from: number;
  readonly to: number;
  /** The most requests that it had in service at once. */
  readonly atOnce: number;
  /** Requests that began while another of its own was in service, beyond what a race of two prints explains. */
  readonly overlapping: number;
  /** Index of its first request. */
  readonly first: number;
}

/** Overlaps up to this, and a step of the log's clock, are the order of two prints, not two requests at once, ms. */
export const PRINT_RACE_MS = 20;

/** The lives of all workers that the log names, in the order of their first request. */
export function livesOf({
  count,
  begin,
  end,
  worker,
  resolutionMs,
}: Pick<ServedRequests, 'count' | 'begin' | 'end' | 'worker' | 'resolutionMs'>): readonly Life[] {
  const race = PRINT_RACE_MS + resolutionMs;
  const lives = new Map<number, Mutable<Life> & { open: number[] }>();
  const order = Uint32Array.from(begin, (_, i) => i).sort((a, b) => begin[a]! - begin[b]! || a - b);
  for (let k = 0; k < count; k++) {
    const i = order[k]!;
    const code = worker[i]!;
    if (code === NONE_U32) continue;
    const life = lives.get(code) ?? {
      worker: code,
      requests: 0,
      from: begin[i]!,
      to: begin[i]!,
      atOnce: 0,
      overlapping: 0,
      first: i,
      open: [],
    };
    life.requests++;
    life.to = Math.max(life.to, end[i]!);
    lives.set(code, life);
    // Of a request whose end alone is known nobody can say what it was at once with.
    if (begin[i] === end[i]) continue;
    life.open = life.open.filter((until) => until > begin[i]! + race);
    if (life.open.length > 0) life.overlapping++;
    life.open.push(end[i]!);
    life.atOnce = Math.max(life.atOnce, life.open.length);
  }
  return [...lives.values()].map(({ open: _, ...life }) => life);
}

/**
 * The same lives, with what was at once taken from the order of a log's lines: one worker prints one line after another, so that
 * a begin between another's begin and end is at the same time, however coarse the clock. `undefined` where the order says nothing.
 */
export function inLineOrder(served: ServedRequests, lives: readonly Life[]): readonly Life[] | undefined {
  const { count, beginLine, endLine, beginsDerived } = served;
  if (beginsDerived || !isOneFile(served)) return undefined;
  const whole = Uint32Array.from({ length: count }, (_, i) => i).filter((i) => beginLine[i]! > 0 && endLine[i]! > 0);
  const byLine = livesOf({
    count: whole.length,
    begin: Float64Array.from(whole, (i) => beginLine[i]!),
    end: Float64Array.from(whole, (i) => endLine[i]!),
    worker: whole.map((i) => served.worker[i]!),
    resolutionMs: -PRINT_RACE_MS,
  });
  const known = new Map(byLine.map((life) => [life.worker, life]));
  return lives.map((life) => {
    const { atOnce, overlapping } = known.get(life.worker) ?? life;
    return { ...life, atOnce, overlapping };
  });
}

/** What the workers' own counts leave out of their numbers, as a share of these, where lines are lost. */
const OWN_COUNT = 1.34;
/** Counts of their own give each number, and each worker has one, so many times on average. */
const OWN_AGAIN = 2;

/**
 * The same lives with as many requests as the worker itself has counted, where the log has each worker's own count: lines that were lost,
 * or come before the log begins, are in it. A count that several workers share gives each number once, and leaves gaps in those of each.
 *
 *     own      a #4 #5 #6 #7 #8   b #1 #2 #3      shared   a #4 #7 #9   b #5 #6 #8
 */
export function byOwnCount({ count, serial, worker }: ServedRequests, lives: readonly Life[]): readonly Life[] {
  const seen = new Map<number, { low: number; high: number; n: number }>();
  const numbers = new Set<number>();
  for (let i = 0; i < count; i++) {
    const number = serial[i]!;
    if (number === 0 || worker[i] === NONE_U32) continue;
    numbers.add(number);
    const one = seen.get(worker[i]!);
    if (one) {
      one.low = Math.min(one.low, number);
      one.high = Math.max(one.high, number);
      one.n++;
    } else seen.set(worker[i]!, { low: number, high: number, n: 1 });
  }
  let span = 0;
  let known = 0;
  for (const { low, high, n } of seen.values()) {
    span += high - low + 1;
    known += n;
  }
  const own = known >= OWN_AGAIN * Math.max(numbers.size, seen.size) && span <= OWN_COUNT * known;
  if (!own || seen.size < lives.length) return lives;
  return lives.map((life) => ({
    ...life,
    requests: Math.max(life.requests, seen.get(life.worker)!.high),
    counted: true,
  }));
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * How many requests began after some worker had already finished one: the chances that reuse had to show. By a coarse clock much seems to
 * happen at once: then the order of a file's lines tells, and where begins were computed only what is a step apart is sure to be later.
 *
 *     12:00:07 begin 1 | 12:00:07 begin 2 | 12:00:07 end 1 | 12:00:07 end 2        by the lines none, by the stamps one
 */
export function chancesOfReuse(served: ServedRequests, ends: Float64Array): number {
  const { begin, beginLine, endLine, orphanEnds, resolutionMs, beginsDerived } = served;
  const coarse = resolutionMs > FINE_MS;
  if (coarse && !beginsDerived && isOneFile(served)) {
    const first = firstOfStarts(served, [...endLine, ...orphanEnds.line]);
    return beginLine.reduce((n, line, i) => n + (line > first(i) ? 1 : 0), 0);
  }
  const step = coarse ? resolutionMs : 0;
  const first = firstOfStarts(served, ends);
  return begin.reduce((n, at, i) => n + (at >= first(i) + step ? 1 : 0), 0);
}

const isOneFile = ({ source }: ServedRequests): boolean => source.every((one) => one === source[0]);

/** The first end (time, or line where there is one) in the start of the server to which a request belongs. */
function firstOfStarts(served: ServedRequests, ends: ArrayLike<number>): (i: number) => number {
  const { worker, orphanEnds, count } = served;
  const startAt = (i: number) => startOf(served, i < count ? worker[i]! : orphanEnds.worker[i - count]!);
  const first = new Map<number, number>();
  for (let i = 0; i < ends.length; i++) {
    const start = startAt(i);
    if (ends[i]! > 0 && ends[i]! < (first.get(start) ?? Number.POSITIVE_INFINITY)) first.set(start, ends[i]!);
  }
  return (i) => first.get(startAt(i)) ?? Number.POSITIVE_INFINITY;
}

/** The most workers that were alive at one time, from first begin to last end each. */
export function slotsOf(lives: readonly Life[]): number {
  const changes = lives
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  let alive = 0;
  let most = 0;
  for (const { by } of changes) {
    alive += by;
    most = Math.max(most, alive);
  }
  return most;
}
