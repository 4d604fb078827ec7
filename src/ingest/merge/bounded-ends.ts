import type { ServerEvents } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';

/** From the sending to the begin and from the end to the answer, together: where the quickest takes longer the end is not near the answer, ms. */
export const NEAR_MS = 50;
/** Overlaps of a worker's requests by more than this share of the second one … */
const DEEP_SHARE = 0.5;
/** … are no late answers if they are more than so few of its turns; */
const DEEP = 0.05;
/** nor are those that are far longer than answers are late. */
const FAR = 0.2;
/** Turns that follow each other at once, of all, where only processes are told. */
const BACK_TO_BACK = 0.3;
/** Two processes may write their lines in another order than they end, ms. */
const PRINTED_MS = 2;
/** Of the lines, so many may contradict a bound by their own seconds. */
const CONTRADICTED = 0.02;

/** A request of an access line that the client had an answer to. */
export interface Paired {
  readonly row: number;
  readonly worker: number;
  /** From begin to end, ms. */
  readonly duration: number;
  readonly answered: number;
  /** What of the client's wait was not service, ms. */
  readonly rest: number;
}

/** A log's lines, by their stamps on the client's clock. */
export const linesOf = (
  { resolution, source, worker, workers }: ServerEvents,
  time: Float64Array,
  wayMs: number,
  uncertaintyMs: number,
): Lines => ({
  latestEnd: ({ row, answered }) => Math.min(answered, time[row]! + resolution[row]! + uncertaintyMs) - wayMs,
  earliestEnd: ({ row }) => time[row]! - uncertaintyMs,
  sourceOf: ({ row }) => source[row]!,
  isThread: ({ row }) => workers[worker[row]!]?.thread !== undefined,
});

/** What bounds the ends of requests besides their answers. */
interface Bounds {
  /** The next line of the file is written after this one's request is over. */
  readonly byLines: boolean;
  /** A worker begins the next request after it has ended the last. */
  readonly byTurns: boolean;
}

/**
 * When each request ended at the latest: before its answer, before the stamp's second was over, not after the next line of the file and not after its
 * worker's next begin. An answer that came late is so told by one behind it that did not. Bounds that the lines' own seconds contradict are none.
 *
 *     line 7   ▐███████ … ▌···········| answered         worker 8   ▐███████ … ▌·····| answered
 *     line 8     ▐███████ … ▌| answered                                         ▐███████ … ▌| answered
 */
export function boundedEnds(lines: Lines, paired: readonly Paired[]): Bounded {
  const byLines = boundedBy({ byLines: true, byTurns: false }, lines, paired);
  const ends = byLines ?? Float64Array.from(paired, (one) => lines.latestEnd(one));
  const turns = turnsOf(lines, paired, ends);
  if (!turns.oneByOne) return { ends, backToBack: false };
  const byTurns = boundedBy({ byLines: byLines !== undefined, byTurns: true }, lines, paired);
  return { ends: byTurns ?? ends, backToBack: turns.backToBack && byTurns !== undefined };
}

interface Bounded {
  readonly ends: Float64Array;
  /** Workers begin the next request when they have ended the last, again and again. */
  readonly backToBack: boolean;
}

/** A log's lines as far as they bound when requests ended. */
interface Lines {
  /** By its answer and its stamp alone. */
  readonly latestEnd: (one: Paired) => number;
  /** By its stamp. */
  readonly earliestEnd: (one: Paired) => number;
  readonly sourceOf: (one: Paired) => number;
  /** Its worker is one thread of a process. */
  readonly isThread: (one: Paired) => boolean;
}

/** `undefined` where too many lines contradict it. */
function boundedBy({ byLines, byTurns }: Bounds, lines: Lines, paired: readonly Paired[]): Float64Array | undefined {
  const ends = new Float64Array(paired.length);
  const begun = new Map<number, number>();
  let contradicted = 0;
  for (let k = paired.length - 1; k >= 0; k--) {
    const one = paired[k]!;
    const next = paired[k + 1];
    const latest = lines.latestEnd(one);
    const written =
      byLines && next && lines.sourceOf(one) === lines.sourceOf(next) ? ends[k + 1]! + PRINTED_MS : latest;
    const turn = byTurns && one.worker !== NONE_U32 ? (begun.get(one.worker) ?? latest) : latest;
    const bound = Math.min(latest, written, turn);
    const holds = bound >= lines.earliestEnd(one);
    if (!holds) contradicted++;
    ends[k] = holds ? bound : latest;
    begun.set(one.worker, ends[k]! - one.duration);
  }
  return contradicted > CONTRADICTED * paired.length ? undefined : ends;
}

/**
 * Whether each worker serves one request after another: what it seems to have had at once is no more than answers are late. Of processes, whose threads
 * may be many, it must also have begun the next one when the last was over, again and again.
 */
function turnsOf(
  lines: Lines,
  paired: readonly Paired[],
  ends: Float64Array,
): { readonly oneByOne: boolean; readonly backToBack: boolean } {
  const last = new Map<number, number>();
  let turns = 0;
  let far = 0;
  let deep = 0;
  let backToBack = 0;
  let threads = true;
  const order = [...paired.keys()].sort((a, b) => ends[a]! - ends[b]!);
  for (const k of order) {
    const one = paired[k]!;
    if (one.worker === NONE_U32) continue;
    threads &&= lines.isThread(one);
    const before = last.get(one.worker);
    last.set(one.worker, ends[k]!);
    if (before === undefined) continue;
    const overlap = before - (ends[k]! - one.duration);
    turns++;
    if (overlap > NEAR_MS) far++;
    if (overlap > DEEP_SHARE * one.duration) deep++;
    if (Math.abs(overlap) <= NEAR_MS) backToBack++;
  }
  const few = turns > 0 && far <= FAR * turns && deep <= DEEP * turns;
  const follow = few && backToBack >= BACK_TO_BACK * turns;
  return { oneByOne: few && (threads || follow), backToBack: follow };
}
