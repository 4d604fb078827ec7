import { append } from '../../model/append.js';

/** Samples that are watched: more would say the same, and a look-up for each takes its time. */
const MAX_SAMPLES = 5_000;

/** `Thread Group 1-12`: JMeter starts the threads of a group in the order of their numbers. */
const NUMBERED = /^(.*\D)?(\d{1,6})$/;
/** Threads that are started at one time may send in another order, ms. */
const AT_ONE_TIME_MS = 100;
/** So many threads, and so large a share of all, that send before one of a lower number are no chance, … */
const EARLY = 3;
const EARLY_SHARE = 0.1;
/** … and so few of them may be. */
const SELDOM = 0.02;

/** What a thread sent first. */
interface First {
  readonly number: number;
  readonly stamp: number;
  readonly elapsed: number;
}

/**
 * A thread of the client has one request at a time. Where all rows are in the order of their stamps and of their ends as well, this tells
 * which end of a sample is stamped:
 *
 *     stamps are ends     |──── 1 ────▏|──── 2 ────▏               read as starts, 2 begins before 1 has ended
 *     stamps are starts   ▕──── 1 ────|   ▕──── 2 ────|            read as ends, likewise if it took longer than the pause before it
 *
 * So does the order in which they were started, where none has a second request.
 *
 *     thread 1   |───────────────▏         read as starts, 1 begins long after 2 and 3
 *     thread 2    |─▏
 *     thread 3     |─▏
 */
export class ThreadTurns {
  readonly #last = new Map<string, { readonly stamp: number; readonly elapsed: number }>();
  /** By group. */
  readonly #first = new Map<string, First[]>();
  #samples = 0;
  #overlapAsStarts = 0;
  #overlapAsEnds = 0;

  /** Samples are told in the file's order. */
  take(thread: string | undefined, stamp: number, elapsed: number, roundingMs: number): void {
    if (this.#samples >= MAX_SAMPLES || !thread || Number.isNaN(stamp + elapsed)) return;
    this.#samples++;
    const last = this.#last.get(thread);
    this.#last.set(thread, { stamp, elapsed });
    if (!last) {
      const [, group = '', number] = NUMBERED.exec(thread) ?? [];
      if (number !== undefined) append(this.#first, group, { number: Number(number), stamp, elapsed });
      return;
    }
    if (stamp < last.stamp + last.elapsed - roundingMs) this.#overlapAsStarts++;
    if (stamp - elapsed < last.stamp - roundingMs) this.#overlapAsEnds++;
  }

  /** What is stamped, if one reading alone lets no thread do two things at once, or has them start in the order of their numbers. */
  get stampIs(): 'start' | 'end' | undefined {
    if (this.#overlapAsStarts > 0 && this.#overlapAsEnds > 0) return undefined;
    if (this.#overlapAsStarts > 0 || this.#overlapAsEnds > 0) return this.#overlapAsEnds > 0 ? 'start' : 'end';
    const threads = this.#last.size;
    const [asStarts, asEnds] = [this.#early((one) => one.stamp), this.#early((one) => one.stamp - one.elapsed)];
    const many = (n: number) => n >= Math.max(EARLY, EARLY_SHARE * threads);
    if (many(asStarts) && asEnds <= SELDOM * threads) return 'end';
    return many(asEnds) && asStarts <= SELDOM * threads ? 'start' : undefined;
  }

  /** How many threads sent their first request clearly before one that was started before them. */
  #early(startOf: (one: First) => number): number {
    let early = 0;
    for (const group of this.#first.values()) {
      let latest = Number.NEGATIVE_INFINITY;
      for (const one of [...group].sort((a, b) => a.number - b.number)) {
        if (startOf(one) < latest - AT_ONE_TIME_MS) early++;
        latest = Math.max(latest, startOf(one));
      }
    }
    return early;
  }
}
