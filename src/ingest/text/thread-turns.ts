/** Samples that are watched: more would say the same, and a look-up for each takes its time. */
const MAX_SAMPLES = 5_000;

/**
 * A thread of the client has one request at a time. Where all rows are in the order of their stamps and of their ends as well, this tells
 * which end of a sample is stamped:
 *
 *     stamps are ends     |──── 1 ────▏|──── 2 ────▏               read as starts, 2 begins before 1 has ended
 *     stamps are starts   ▕──── 1 ────|   ▕──── 2 ────|            read as ends, likewise if it took longer than the pause before it
 */
export class ThreadTurns {
  readonly #last = new Map<string, { readonly stamp: number; readonly elapsed: number }>();
  #samples = 0;
  #overlapAsStarts = 0;
  #overlapAsEnds = 0;

  /** Samples are told in the file's order. */
  take(thread: string | undefined, stamp: number, elapsed: number, roundingMs: number): void {
    if (this.#samples >= MAX_SAMPLES || !thread || Number.isNaN(stamp + elapsed)) return;
    this.#samples++;
    const last = this.#last.get(thread);
    this.#last.set(thread, { stamp, elapsed });
    if (!last) return;
    if (stamp < last.stamp + last.elapsed - roundingMs) this.#overlapAsStarts++;
    if (stamp - elapsed < last.stamp - roundingMs) this.#overlapAsEnds++;
  }

  /** What is stamped, if one reading alone lets no thread do two things at once. */
  get stampIs(): 'start' | 'end' | undefined {
    if (this.#overlapAsStarts > 0 === this.#overlapAsEnds > 0) return undefined;
    return this.#overlapAsEnds > 0 ? 'start' : 'end';
  }
}
