import type { Stamp } from '../../model/time.js';
import { CODE, isBlank, isDigit, isLetter, isWordCode } from './char-codes.js';
import { StampCursor } from './stamp-cursor.js';
import { readEpoch } from './stamp-epoch.js';
import { StampRest } from './stamp-rest.js';
import { StampWords } from './stamp-words.js';

/**
 * Reads one time stamp at a given place of a text, character by character and hardly ever backwards, so that the worst line
 * costs as much as its length. One instance is used again and again.
 */
export class StampScanner {
  readonly #cursor = new StampCursor();
  readonly #rest = new StampRest(this.#cursor);
  readonly #words = new StampWords(this.#cursor);

  /** Just behind the last character of the stamp that was read. */
  get end(): number {
    return this.#cursor.at;
  }

  /** A stamp with a date (the year may be missing) that begins at `start`, with its weekday if there is one. */
  calendar(text: string, start: number): Stamp | undefined {
    this.#begin(text, start);
    const first = text.charCodeAt(start);
    if (isDigit(first)) return this.#fromDigit();
    if (isLetter(first)) return this.#fromLetter();
    return undefined;
  }

  /** Seconds, ms, µs or ns since 1970, told by the number of digits; seconds and ms may have a fraction. */
  epoch(text: string, start: number): Stamp | undefined {
    this.#begin(text, start);
    return readEpoch(this.#cursor);
  }

  /** `10:30:16` with fraction and AM/PM, without a date. */
  timeOfDay(text: string, start: number): Stamp | undefined {
    this.#begin(text, start);
    const cursor = this.#cursor;
    const { clock, zone } = this.#rest;
    if (!clock.read(true)) return undefined;
    if (isWordCode(cursor.code()) && cursor.code() !== CODE.underscore) return undefined;
    zone.read();
    return {
      ms: clock.time - (zone.stated ? zone.minutes * 60_000 : 0),
      zoned: zone.stated,
      ...(zone.stated ? { offsetMinutes: zone.minutes } : {}),
      resolutionMs: clock.resolution,
      dateless: true,
    };
  }

  #begin(text: string, start: number): void {
    this.#cursor.text = text;
    this.#cursor.at = start;
    this.#rest.zone.minutes = Number.NaN;
  }

  #fromDigit(): Stamp | undefined {
    const digits = this.#cursor.countDigits(this.#cursor.at, 9);
    if (digits === 4) return this.#yearFirst();
    if (digits === 8) return this.#compact();
    if (digits === 6) return this.#shortCompact();
    if (digits === 1 || digits === 2) return this.#shortFirst(digits);
    return undefined;
  }

  /** `2023-02-10T10:30:16,222+01:00`, `2023/07/31 - 00:59:44`, `2026年11月23日 星期一 17:53:18`. */
  #yearFirst(): Stamp | undefined {
    const cursor = this.#cursor;
    const rest = this.#rest;
    rest.year = cursor.number(4);
    const separator = cursor.code();
    const chinese = separator === CODE.year;
    if (!chinese && !isDateSeparator(separator)) return undefined;
    cursor.at++;
    if (chinese) cursor.skipBlanks();
    rest.month = cursor.shortNumber();
    if (!cursor.skip(chinese ? CODE.month : separator)) return undefined;
    if (chinese) cursor.skipBlanks();
    rest.day = this.#dayOrGlued();
    if (chinese) this.#words.skipChineseWeekday();
    return rest.timeAfterDate();
  }

  /** The day; of `2019-03-2623:51:14`, date and time glued together, as well. */
  #dayOrGlued(): number {
    const cursor = this.#cursor;
    const glued = cursor.countDigits(cursor.at, 5) === 4 && cursor.code(4) === CODE.colon;
    return glued ? cursor.number(2) : cursor.shortNumber();
  }

  /** `20230210T103016Z`, `20230210-103016`. */
  #compact(): Stamp | undefined {
    const cursor = this.#cursor;
    const rest = this.#rest;
    rest.year = cursor.number(4);
    rest.month = cursor.number(2);
    rest.day = cursor.number(2);
    const separator = cursor.code();
    if (separator !== 84 && separator !== CODE.dash && separator !== CODE.underscore) return undefined;
    if (cursor.countDigits(cursor.at + 1, 7) !== 6) return undefined;
    cursor.at++;
    if (!rest.clock.readCompact()) return undefined;
    rest.zone.read();
    return isDigit(cursor.code()) ? undefined : rest.made();
  }

  /** `[I 261128 16:58:59 web:2348]` (Tornado), `261128 16:58:59` (MySQL): year, month and day behind a level, or before all else. */
  #shortCompact(): Stamp | undefined {
    const cursor = this.#cursor;
    const rest = this.#rest;
    const before = cursor.text.slice(Math.max(0, cursor.at - 3), cursor.at);
    if (before !== '' && !/^(?:\[[A-Z] |\[|..\[)$/.test(before)) return undefined;
    rest.year = 2000 + cursor.number(2);
    rest.month = cursor.number(2);
    rest.day = cursor.number(2);
    if (!isBlank(cursor.code())) return undefined;
    cursor.skipBlanks();
    return rest.clock.read(true) ? rest.made() : undefined;
  }

  /** `10/Feb/2023:13:55:36`, `23 Nov 2026 05:53:18 PM`, `02/06/03 08:21:42`, `10.02.2023 10:30:16`. */
  #shortFirst(digits: number): Stamp | undefined {
    const cursor = this.#cursor;
    const start = cursor.at;
    const first = cursor.number(digits);
    let separator = cursor.code();
    if (separator === CODE.colon) return this.#timeFirst(start);
    if (!isDateSeparator(separator) && separator !== CODE.blank) return undefined;
    cursor.at++;
    // `10. Feb 2023` has a dot that separates nothing.
    if (separator === CODE.dot && cursor.skip(CODE.blank)) separator = CODE.blank;
    if (!isDigit(cursor.code())) return this.#dayThenMonthName(first, separator);
    const at = cursor.at;
    if (separator !== CODE.blank && this.#readNumericDate(first, separator)) return this.#rest.timeAfterDate();
    cursor.at = at;
    return digits === 2 ? this.#yearlessDate(first, separator) : undefined;
  }

  #dayThenMonthName(day: number, separator: number): Stamp | undefined {
    const cursor = this.#cursor;
    this.#rest.day = day;
    this.#rest.month = this.#words.month();
    if (Number.isNaN(this.#rest.month)) return undefined;
    cursor.skip(CODE.dot);
    if (!cursor.skip(separator) && !cursor.skip(CODE.blank)) return undefined;
    return this.#yearOrTime();
  }

  /** `11-28 22:28:02.899` (Android's logcat), `11/28 22:28:02`: month and day, or day and month where that alone is possible. */
  #yearlessDate(first: number, separator: number): Stamp | undefined {
    const cursor = this.#cursor;
    const goesOn = isWordCode(cursor.code(-4)) || cursor.code(-4) === separator;
    if (goesOn || separator === CODE.dot || cursor.countDigits(cursor.at, 3) !== 2) return undefined;
    const second = cursor.number(2);
    [this.#rest.month, this.#rest.day] = first > 12 ? [second, first] : [first, second];
    return this.#rest.timeWithoutYear();
  }

  /** `17:53:18.123456789 28/11/2026`, as `date '+%T.%N %d/%m/%Y'` writes: the date stands behind the time. */
  #timeFirst(start: number): Stamp | undefined {
    const cursor = this.#cursor;
    const rest = this.#rest;
    cursor.at = start;
    if (!rest.clock.read(true) || !cursor.skipBlanks()) return undefined;
    const first = cursor.shortNumber();
    const separator = cursor.code();
    if (!isDateSeparator(separator)) return undefined;
    cursor.at++;
    if (!this.#readNumericDate(first, separator) || !rest.yearPossible) return undefined;
    // A date with a time behind it has a time of its own.
    const end = cursor.at;
    const dated = rest.made();
    rest.skipDateSeparator();
    const goesOn = isWordCode(cursor.text.charCodeAt(end)) || rest.clock.read(false);
    cursor.at = end;
    return goesOn ? undefined : dated;
  }

  /** Day and month are told apart by what is possible, else by the form's custom: dots are German, slashes American. */
  #readNumericDate(first: number, separator: number): boolean {
    const cursor = this.#cursor;
    const second = cursor.shortNumber();
    if (!cursor.skip(separator)) return false;
    const digits = cursor.countDigits(cursor.at, 5);
    if (digits !== 4 && digits !== 2) return false;
    const year = cursor.number(digits);
    this.#rest.year = digits === 4 ? year : 2000 + year;
    const dayFirst = second > 12 ? false : first > 12 || separator === CODE.dot;
    this.#rest.day = dayFirst ? first : second;
    this.#rest.month = dayFirst ? second : first;
    return true;
  }

  /** A weekday and then any of the other forms, or a month: `Nov 10, 2015 8:52:38 AM`, `Mar 24 14:02:50`, `Sat Feb 18 …`. */
  #fromLetter(): Stamp | undefined {
    const cursor = this.#cursor;
    const start = cursor.at;
    if (cursor.countDigits(start + 1, 5) === 4) return this.#levelAndDate();
    this.#rest.month = this.#words.month();
    if (!Number.isNaN(this.#rest.month)) {
      const stamp = this.#afterMonth();
      if (stamp) return stamp;
      cursor.at = start;
    }
    if (!this.#words.skipWeekday()) return undefined;
    if (isDigit(cursor.code())) return this.#fromDigit();
    this.#rest.month = this.#words.month();
    return Number.isNaN(this.#rest.month) ? undefined : this.#afterMonth();
  }

  /** `I0105 10:30:16.222123`: level, month and day (glog, klog). */
  #levelAndDate(): Stamp | undefined {
    const cursor = this.#cursor;
    if (!'IWEFD'.includes(cursor.text.charAt(cursor.at)) || isWordCode(cursor.code(-1))) return undefined;
    cursor.at++;
    this.#rest.month = cursor.number(2);
    this.#rest.day = cursor.number(2);
    return this.#rest.timeWithoutYear();
  }

  #afterMonth(): Stamp | undefined {
    const cursor = this.#cursor;
    cursor.skip(CODE.dot);
    if (!cursor.skipBlanks()) return undefined;
    this.#rest.day = cursor.shortNumber();
    cursor.skip(CODE.comma);
    return cursor.skipBlanks() ? this.#yearOrTime() : undefined;
  }

  /** Behind day and month: a year, or the time and perhaps a year behind it. */
  #yearOrTime(): Stamp | undefined {
    const cursor = this.#cursor;
    if (cursor.countDigits(cursor.at, 5) !== 4) return this.#rest.timeThenYear();
    this.#rest.year = cursor.number(4);
    return this.#rest.timeAfterDate();
  }
}

function isDateSeparator(code: number): boolean {
  return code === CODE.dash || code === CODE.slash || code === CODE.dot;
}
