import type { Stamp } from '../../model/time.js';
import { CODE, isBlank, isWordCode } from './char-codes.js';
import { StampClock } from './stamp-clock.js';
import type { StampCursor } from './stamp-cursor.js';
import { daysIn } from './stamp-names.js';
import { StampZone } from './stamp-zone.js';

/** A year's digits: years outside are a number that only looks like a date. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;
/**
 * The year that stands in for a missing one: after the first day of the epoch, which is that of stamps without a date, and a
 * leap year, so that 29 February exists.
 */
const YEARLESS = 1972;

/** Reads what stands behind a date, and makes the stamp of both. It keeps the last date, since a log's lines share it. */
export class StampRest {
  year = 0;
  month = 0;
  day = 0;
  readonly clock: StampClock;
  readonly zone: StampZone;
  #cachedDate = -1;
  #cachedMs = 0;

  constructor(private readonly cursor: StampCursor) {
    this.clock = new StampClock(cursor);
    this.zone = new StampZone(cursor);
  }

  get yearPossible(): boolean {
    return this.year >= FIRST_YEAR && this.year <= LAST_YEAR;
  }

  /** Behind a whole date. */
  timeAfterDate(): Stamp | undefined {
    if (!this.#dayExists(this.year)) return undefined;
    this.skipDateSeparator();
    if (!this.clock.read(false)) return undefined;
    this.zone.read();
    if (!this.zone.stated) this.zone.skipWord();
    return this.made();
  }

  /** Behind month and day of a form that has no year: blanks and a time with seconds. */
  timeWithoutYear(): Stamp | undefined {
    if (!isBlank(this.cursor.code())) return undefined;
    this.cursor.skipBlanks();
    return this.#dayExists(YEARLESS) && this.clock.read(true) ? this.#yearless() : undefined;
  }

  /** `14:53:00 2023`, `05:53:18 PM UTC 2026`, or no year at all (syslog). */
  timeThenYear(): Stamp | undefined {
    const { cursor, zone } = this;
    if (!this.clock.read(true)) return undefined;
    const afterTime = cursor.at;
    zone.read();
    if (!zone.stated) zone.readHoursBeforeYear();
    const end = zone.stated ? cursor.at : afterTime;
    if (!zone.stated) zone.skipWord();
    if (cursor.code() === CODE.blank && cursor.countDigits(cursor.at + 1, 5) === 4) {
      cursor.at++;
      this.year = cursor.number(4);
      if (isWordCode(cursor.code())) return undefined;
      if (!zone.stated) zone.read();
      return this.made();
    }
    cursor.at = end;
    return this.#yearless();
  }

  /** `T`, `:`, `_`, comma and blanks, ` - `, or nothing. */
  skipDateSeparator(): void {
    const { cursor } = this;
    const from = cursor.at;
    const code = cursor.code();
    if (code === 84 || code === 116 || code === CODE.colon || code === CODE.underscore) {
      cursor.at++;
      return;
    }
    if (code === CODE.comma) cursor.at++;
    while (isBlank(cursor.code()) && cursor.at - from < 4) cursor.at++;
    if (cursor.code() === CODE.dash && cursor.code(1) === CODE.blank) cursor.at += 2;
  }

  /** The stamp of all that was read; nothing where the date does not exist. */
  made(): Stamp | undefined {
    const { year, month, day, zone } = this;
    if (!this.yearPossible || !this.#dayExists(year)) return undefined;
    const date = (year * 16 + month) * 32 + day;
    if (date !== this.#cachedDate) {
      this.#cachedDate = date;
      this.#cachedMs = Date.UTC(year, month - 1, day);
    }
    const wall = this.#cachedMs + this.clock.time;
    const resolutionMs = this.clock.resolution;
    if (!zone.stated) return { ms: wall, zoned: false, resolutionMs };
    return { ms: wall - zone.minutes * 60_000, zoned: true, offsetMinutes: zone.minutes, resolutionMs };
  }

  #yearless(): Stamp | undefined {
    this.year = YEARLESS;
    const stamp = this.made();
    return stamp ? { ...stamp, yearless: true } : undefined;
  }

  #dayExists(year: number): boolean {
    const { month, day } = this;
    return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  }
}
