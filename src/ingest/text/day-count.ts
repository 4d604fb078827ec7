/** Times of day that go back by more than this have passed midnight, ms. */
const MIDNIGHT_JUMP_MS = 12 * 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Counts the days of times of day that come without a date, in the order in which they were written:
 *
 *     23:59:58   23:59:59   00:00:00   23:59:59.9   00:00:01
 *     day 0      day 0      day 1      day 0        day 1        a line that comes late belongs to the day before
 */
export class DayCount {
  #days = 0;
  #last = Number.NEGATIVE_INFINITY;

  /** Milliseconds since the midnight before the first time, for a time that is so many after its own. */
  of(ms: number): number {
    if (ms < this.#last - MIDNIGHT_JUMP_MS) this.#days++;
    else if (ms > this.#last + MIDNIGHT_JUMP_MS && this.#days > 0) return ms + (this.#days - 1) * DAY_MS;
    this.#last = ms;
    return ms + this.#days * DAY_MS;
  }
}
