import { NONE_U32 } from '../../../model/samples.js';
import type { ServedRequests } from '../../../model/timeline.js';

/** What one worker did over the run. */
export interface Life {
  /** Index into `ServedRequests.workers`. */
  readonly worker: number;
  readonly requests: number;
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
const PRINT_RACE_MS = 20;

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
    life.open = life.open.filter((until) => until > begin[i]! + race);
    if (life.open.length > 0) life.overlapping++;
    life.open.push(end[i]!);
    life.atOnce = Math.max(life.atOnce, life.open.length);
    lives.set(code, life);
  }
  return [...lives.values()].map(({ open: _, ...life }) => life);
}

/**
 * The same lives, with what was at once taken from the order of a log's lines: one worker prints one line after another, so that
 * a begin between another's begin and end is at the same time, however coarse the clock. `undefined` where the order says nothing.
 */
export function inLineOrder(served: ServedRequests, lives: readonly Life[]): readonly Life[] | undefined {
  const { count, beginLine, endLine, source, beginsDerived } = served;
  if (beginsDerived || source.some((one) => one !== source[0])) return undefined;
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

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** How many requests began after some worker had already finished one: the chances that reuse had to show. */
export function chancesOfReuse({ begin, end, count }: ServedRequests): number {
  let firstEnd = Number.POSITIVE_INFINITY;
  for (let i = 0; i < count; i++) firstEnd = Math.min(firstEnd, end[i]!);
  let chances = 0;
  for (let i = 0; i < count; i++) if (begin[i]! >= firstEnd) chances++;
  return chances;
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
