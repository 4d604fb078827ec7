/** Times of day that go back by more than this have passed midnight, ms. */
const MIDNIGHT_JUMP_MS = 12 * 3_600_000;
const DAY_MS = 86_400_000;
/** On the first day, later by more than this is earlier by an hour at most: a line that comes late, or a clock that was put back, ms. */
const NEARLY_A_DAY_MS = 22.9 * 3_600_000;

/**
 * Counts the days of times of day that come without a date, in the order in which they were written:
 *
 *     23:59:58   23:59:59   00:00:00   23:59:59.9   00:00:01
 *     day 0      day 0      day 1      day 0        day 1        a line that comes late belongs to the day before
 *
 *     00:32:19   23:32:20                                        so does one of a clock that was put back
 *     day 0      day -1
 */
export class DayCount {
  #days = 0;
  #last = Number.NaN;

  /** Milliseconds since the midnight before the first time, for a time that is so many after its own. */
  of(ms: number): number {
    if (ms < this.#last - MIDNIGHT_JUMP_MS) this.#days++;
    else if (ms > this.#last + (this.#days > 0 ? MIDNIGHT_JUMP_MS : NEARLY_A_DAY_MS))
      return ms + (this.#days - 1) * DAY_MS;
    this.#last = ms;
    return ms + this.#days * DAY_MS;
  }
}
