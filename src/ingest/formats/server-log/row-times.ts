import type { LogRecord } from '../../logs/log-pattern.js';
import { Column } from '../../text/columns.js';
import type { Dropped, EventColumns } from './event-columns.js';
import { looseNumbers } from './loose-numbers.js';
import { areDurations, type KnownTimes, type RawDurations, rawDurations } from './raw-durations.js';

/** Lines by which it is decided what the number behind the status is. */
const MAX_DECIDING = 5_000;
/** So many steps back, and so large a share of the lines … */
const BACK_FROM = 3;
const BACK_SHARE = 0.02;
/** … that are so many times as long in all as by the other reading, are none of lines that waited to be written. */
const CLEARLY_MORE = 4;

/** Rows of a log of which single lines do not tell what their stamps and numbers are: the whole file decides. */
export class RowTimes {
  readonly #events: EventColumns;
  /** Rows whose stamp may be the begin or the end. */
  readonly #unsure: number[] = [];
  /** Of them, those of which the file does not tell it. */
  untold: readonly number[] = [];
  /** Numbers that nothing in the file tells the meaning of, by row. */
  loose: readonly ReadonlyMap<number, number>[] = [];
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

  /**
   * Reads the durations, and whether stamps are begins or ends; tells how many ends turned out to be spans, or that no unit is known.
   *
   * @param stampsEnds the server that has written the log stamps access lines when requests end
   */
  resolve(known: KnownTimes, stampsEnds = false): number | 'no-unit' {
    const durations = rawDurations(
      this.#sizesAreDurations(known) ? this.#sizesUpTo(this.#sizes.count) : this.#raw,
      known,
    );
    if (durations !== 'no-unit')
      for (const { row, ms, resolutionMs } of durations) this.#events.setDuration(row, ms, resolutionMs);
    this.loose = looseNumbers(this.#raw);
    this.resolveStamps(this.#unsure, stampsEnds);
    // Without any duration no order of lines tells it.
    if (!stampsEnds && this.#unsure.every((row) => Number.isNaN(this.#events.durationAt(row))))
      this.untold = [...this.untold, ...this.#unsure];
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
   * Servers that write the same form differ in which instant they stamp. Lines are written when requests end: whichever of stamp and
   * stamp + duration runs backwards far less is when they end. A line or two may have waited for others to be written. Where neither is
   * clear, nor the server is known by its other lines, it is left to `align`.
   */
  resolveStamps(unsure: readonly number[], stampsEnds = false): void {
    const rows = unsure.filter((row) => !Number.isNaN(this.#events.durationAt(row)));
    const asEnds = this.#backwards(rows, () => 0);
    const asBegins = this.#backwards(rows, (row) => this.#events.durationAt(row));
    const least = Math.max(BACK_FROM, BACK_SHARE * rows.length);
    if (asEnds.steps >= least && asEnds.ms > CLEARLY_MORE * asBegins.ms) this.#events.stampsWereBegins(rows);
    else if (!stampsEnds && (asBegins.steps < least || asBegins.ms <= CLEARLY_MORE * asEnds.ms))
      this.untold = [...this.untold, ...rows];
  }

  /** How often and by how much in all stamps with something added to them step back, ms; sums of two step back by their roundings. */
  #backwards(rows: readonly number[], added: (row: number) => number): { readonly steps: number; readonly ms: number } {
    let steps = 0;
    let ms = 0;
    for (let k = 1; k < rows.length; k++) {
      const [a, b] = [rows[k - 1]!, rows[k]!];
      const rounding = added(b) > 0 ? this.#events.at(b).resolution : 0;
      const back = this.#events.timeAt(a) + added(a) - this.#events.timeAt(b) - added(b) - rounding;
      if (!(back > 0)) continue;
      steps++;
      ms += back;
    }
    return { steps, ms };
  }

  /** Leaves out what some lines told of requests, once all is resolved. */
  drop(lines: ReadonlySet<number>): Dropped {
    const dropped = this.#events.dropLines(lines);
    this.untold = this.untold.flatMap((row) => dropped.places.get(row) ?? []);
    this.loose = this.loose.map(
      (column) =>
        new Map(
          [...column].flatMap(([row, n]) => (dropped.places.has(row) ? [[dropped.places.get(row)!, n] as const] : [])),
        ),
    );
    return dropped;
  }
}
