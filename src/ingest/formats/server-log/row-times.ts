import type { LogRecord } from '../../logs/log-pattern.js';
import { Column } from '../../text/columns.js';
import type { Dropped, EventColumns } from './event-columns.js';
import { areDurations, type KnownTimes, type RawDurations, rawDurations } from './raw-durations.js';

/** Lines by which it is decided what the number behind the status is. */
const MAX_DECIDING = 5_000;
/** Ends that step back by more than this are out of order, ms: access lines wait for each other. */
const ENDS_BACK_MS = 1000;

/** Rows of a log of which single lines do not tell what their stamps and numbers are: the whole file decides. */
export class RowTimes {
  readonly #events: EventColumns;
  /** Rows whose stamp may be the begin or the end. */
  readonly #unsure: number[] = [];
  /** Of them, those of which the file does not tell it. */
  untold: readonly number[] = [];
  readonly #raw: RawDurations[] = [];
  /** Rows with one number behind the status, and the number: nearly all access logs have it, so that it must be small. */
  readonly #sizeRows = new Column(Uint32Array);
  readonly #sizes = new Column(Float64Array);

  constructor(events: EventColumns) {
    this.#events = events;
  }

  note(row: number, id: number, { rawDurations: texts, sizeOrDuration: size, stampIs }: LogRecord): void {
    if (texts !== undefined) this.#raw.push({ row, id, texts });
    if (size !== undefined) {
      this.#sizeRows.push(row);
      this.#sizes.push(Number(size));
    }
    if (stampIs === 'unsure') this.#unsure.push(row);
  }

  /** Reads the durations, and whether stamps are begins or ends; tells how many ends turned out to be spans, or that no unit is known. */
  resolve(known: KnownTimes): number | 'no-unit' {
    const durations = rawDurations(
      this.#sizesAreDurations(known) ? this.#sizesUpTo(this.#sizes.count) : this.#raw,
      known,
    );
    if (durations !== 'no-unit')
      for (const { row, ms, resolutionMs } of durations) this.#events.setDuration(row, ms, resolutionMs);
    this.resolveStamps(this.#unsure);
    return durations === 'no-unit' ? durations : durations.length;
  }

  #sizesAreDurations(known: KnownTimes): boolean {
    return known.elapsed !== undefined && areDurations(this.#sizesUpTo(MAX_DECIDING), known);
  }

  #sizesUpTo(most: number): readonly RawDurations[] {
    return Array.from({ length: Math.min(most, this.#sizes.count) }, (_, i) => {
      const row = this.#sizeRows.get(i);
      return { row, id: this.#events.idAt(row), texts: [String(this.#sizes.get(i))] };
    });
  }

  /**
   * Servers that write the same form differ in which instant they stamp. Lines are written when requests end: if the stamps run
   * backwards more often than stamp + duration does, they are begins. Where neither does, it is left to `align`.
   */
  resolveStamps(unsure: readonly number[]): void {
    const rows = unsure.filter((row) => !Number.isNaN(this.#events.durationAt(row)));
    let asEnds = 0;
    let asBegins = 0;
    for (let k = 1; k < rows.length; k++) {
      const [a, b] = [rows[k - 1]!, rows[k]!];
      const step = this.#events.timeAt(b) - this.#events.timeAt(a);
      if (step < 0) asEnds++;
      if (step + this.#events.durationAt(b) - this.#events.durationAt(a) < -ENDS_BACK_MS) asBegins++;
    }
    if (asEnds > asBegins) this.#events.stampsWereBegins(rows);
    else if (asEnds === asBegins) this.untold = [...this.untold, ...rows];
  }

  /** Leaves out what some lines told of requests, once all is resolved. */
  drop(lines: ReadonlySet<number>): Dropped {
    const dropped = this.#events.dropLines(lines);
    this.untold = this.untold.flatMap((row) => dropped.places.get(row) ?? []);
    return dropped;
  }
}
