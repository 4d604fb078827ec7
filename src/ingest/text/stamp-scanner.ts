import type { Stamp } from '../../model/time.js';

/** A year's digits: years outside are a number that only looks like a date. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;
/** Epoch stamps are believed between 2001-09-09 (ten digits begin) and 2100. */
const FIRST_EPOCH_S = 1_000_000_000;
const LAST_EPOCH_S = 4_102_444_800;
/** Furthest zones from UTC in use, hours. */
const MAX_ZONE_HOURS = 14;
/**
 * The year that stands in for a missing one: after the first day of the epoch, which is that of stamps without a date, and a
 * leap year, so that 29 February exists.
 */
const YEARLESS = 1972;

/** How many digits an epoch has, and how many of its units are a millisecond. */
const EPOCH_UNITS: Readonly<Record<number, number>> = { 10: 0.001, 13: 1, 16: 1000, 19: 1_000_000 };

/**
 * Reads one time stamp at a given place of a text, character by character and never backwards, so that the worst line costs
 * as much as its length. One instance is used again and again: it keeps the last date, since a log's lines share it.
 */
export class StampScanner {
  #text = '';
  #at = 0;
  #year = 0;
  #month = 0;
  #day = 0;
  /** Milliseconds since midnight. */
  #time = 0;
  #resolution = 0;
  /** Minutes east of UTC; `NaN`: not stated. */
  #zone = Number.NaN;
  #cachedDate = -1;
  #cachedMs = 0;

  /** Just behind the last character of the stamp that was read. */
  get end(): number {
    return this.#at;
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
    const digits = this.#countDigits(start, 20);
    const perMs = EPOCH_UNITS[digits];
    if (perMs === undefined) return undefined;
    const whole = Number(text.slice(start, start + digits));
    const seconds = whole / perMs / 1000;
    if (seconds < FIRST_EPOCH_S || seconds >= LAST_EPOCH_S) return undefined;
    this.#at = start + digits;
    let resolutionMs = 1 / perMs;
    let ms = whole / perMs;
    if (digits <= 13 && text.charCodeAt(this.#at) === 46) {
      const fraction = this.#countDigits(this.#at + 1, 10);
      if (fraction > 0 && fraction < 10) {
        ms += Number(text.slice(this.#at, this.#at + 1 + fraction)) / perMs;
        resolutionMs /= 10 ** fraction;
        this.#at += 1 + fraction;
      }
    }
    if (isWordCode(text.charCodeAt(this.#at))) return undefined;
    return { ms, zoned: true, resolutionMs };
  }

  /** `10:30:16` with fraction and AM/PM, without a date. */
  timeOfDay(text: string, start: number): Stamp | undefined {
    this.#begin(text, start);
    if (!this.#readTime(true)) return undefined;
    if (isWordCode(text.charCodeAt(this.#at)) && text.charCodeAt(this.#at) !== 95) return undefined;
    this.#readZone();
    const zoned = !Number.isNaN(this.#zone);
    return {
      ms: this.#time - (zoned ? this.#zone * 60_000 : 0),
      zoned,
      ...(zoned ? { offsetMinutes: this.#zone } : {}),
      resolutionMs: this.#resolution,
      dateless: true,
    };
  }

  #begin(text: string, start: number): void {
    this.#text = text;
    this.#at = start;
    this.#zone = Number.NaN;
    this.#year = 0;
  }

  #fromDigit(): Stamp | undefined {
    const digits = this.#countDigits(this.#at, 9);
    if (digits === 4) return this.#yearFirst();
    if (digits === 8) return this.#compact();
    if (digits === 6) return this.#shortCompact();
    if (digits === 1 || digits === 2) return this.#shortFirst(digits);
    return undefined;
  }

  /** `2023-02-10T10:30:16,222+01:00`, `2023/07/31 - 00:59:44`, `2026年11月23日 星期一 17:53:18`. */
  #yearFirst(): Stamp | undefined {
    this.#year = this.#number(4);
    const separator = this.#text.charCodeAt(this.#at);
    if (separator !== 45 && separator !== 47 && separator !== 46 && separator !== 0x5e74) return undefined;
    this.#at++;
    if (separator === 0x5e74) this.#skipBlanks();
    if (!this.#shortNumber()) return undefined;
    this.#month = this.#value;
    if (this.#text.charCodeAt(this.#at) !== (separator === 0x5e74 ? 0x6708 : separator)) return undefined;
    this.#at++;
    if (separator === 0x5e74) this.#skipBlanks();
    if (!this.#shortNumber()) return undefined;
    this.#day = this.#value;
    if (separator === 0x5e74) this.#skipAfterChineseDay();
    return this.#timeAfterDate();
  }

  /** `20230210T103016Z`, `20230210-103016`. */
  #compact(): Stamp | undefined {
    this.#year = this.#number(4);
    this.#month = this.#number(2);
    this.#day = this.#number(2);
    const separator = this.#text.charCodeAt(this.#at);
    if (separator !== 84 && separator !== 45 && separator !== 95) return undefined;
    if (this.#countDigits(this.#at + 1, 7) !== 6) return undefined;
    this.#at++;
    const hour = this.#number(2);
    const minute = this.#number(2);
    const second = this.#number(2);
    if (!this.#setTime(hour, minute, second, 1000)) return undefined;
    this.#readFraction();
    this.#readZone();
    return isDigit(this.#text.charCodeAt(this.#at)) ? undefined : this.#made();
  }

  /** `[I 261128 16:58:59 web:2348]` (Tornado), `261128 16:58:59` (MySQL): year, month and day behind a level, or before all else. */
  #shortCompact(): Stamp | undefined {
    const before = this.#text.slice(Math.max(0, this.#at - 3), this.#at);
    if (before !== '' && !/^(?:\[[A-Z] |\[|..\[)$/.test(before)) return undefined;
    this.#year = 2000 + this.#number(2);
    this.#month = this.#number(2);
    this.#day = this.#number(2);
    if (!isBlank(this.#text.charCodeAt(this.#at))) return undefined;
    this.#skipBlanks();
    return this.#readTime(true) ? this.#made() : undefined;
  }

  /** `10/Feb/2023:13:55:36`, `23 Nov 2026 05:53:18 PM`, `02/06/03 08:21:42`, `10.02.2023 10:30:16`. */
  #shortFirst(digits: number): Stamp | undefined {
    const first = this.#number(digits);
    let separator = this.#text.charCodeAt(this.#at);
    if (separator === 58) return this.#timeFirst(this.#at - digits);
    let dotted = separator === 46;
    if (separator !== 47 && separator !== 45 && separator !== 46 && separator !== 32) return undefined;
    this.#at++;
    if (dotted && this.#text.charCodeAt(this.#at) === 32) {
      this.#at++;
      dotted = false;
      separator = 32;
    }
    if (isDigit(this.#text.charCodeAt(this.#at))) {
      const at = this.#at;
      if (separator !== 32 && this.#readNumericDate(first, separator, dotted)) return this.#timeAfterDate();
      this.#at = at;
      return digits === 2 ? this.#yearlessDate(first, separator) : undefined;
    }
    this.#day = first;
    if (!this.#readMonthName()) return undefined;
    this.#skip(46);
    const next = this.#text.charCodeAt(this.#at);
    if (next !== separator && next !== 32) return undefined;
    this.#at++;
    if (this.#countDigits(this.#at, 5) === 4) {
      this.#year = this.#number(4);
      return this.#timeAfterDate();
    }
    return this.#timeThenYear();
  }

  /** `11-28 22:28:02.899` (Android's logcat), `11/28 22:28:02`: month and day, or day and month where that alone is possible. */
  #yearlessDate(first: number, separator: number): Stamp | undefined {
    const goesOn = isWordCode(this.#text.charCodeAt(this.#at - 4)) || this.#text.charCodeAt(this.#at - 4) === separator;
    if (goesOn || separator === 46 || this.#countDigits(this.#at, 3) !== 2) return undefined;
    const second = this.#number(2);
    [this.#month, this.#day] = first > 12 ? [second, first] : [first, second];
    return this.#timeWithoutYear();
  }

  /** `17:53:18.123456789 28/11/2026`, as `date '+%T.%N %d/%m/%Y'` writes: the date stands behind the time. */
  #timeFirst(start: number): Stamp | undefined {
    this.#at = start;
    if (!this.#readTime(true) || !this.#skipBlanks() || !this.#shortNumber()) return undefined;
    const separator = this.#text.charCodeAt(this.#at);
    if (separator !== 47 && separator !== 45 && separator !== 46) return undefined;
    this.#at++;
    if (!this.#readNumericDate(this.#value, separator, separator === 46) || this.#year < FIRST_YEAR) return undefined;
    // A date with a time behind it has a time of its own.
    const end = this.#at;
    const dated = this.#made();
    this.#skipDateSeparator();
    const goesOn = isWordCode(this.#text.charCodeAt(end)) || this.#readTime(false);
    this.#at = end;
    return goesOn ? undefined : dated;
  }

  /** Day and month are told apart by what is possible, else by the form's custom: dots are German, slashes American. */
  #readNumericDate(first: number, separator: number, dayComesFirst: boolean): boolean {
    if (!this.#shortNumber()) return false;
    const second = this.#value;
    if (this.#text.charCodeAt(this.#at) !== separator) return false;
    this.#at++;
    const digits = this.#countDigits(this.#at, 5);
    if (digits !== 4 && digits !== 2) return false;
    const year = this.#number(digits);
    this.#year = digits === 4 ? year : 2000 + year;
    const dayFirst = second > 12 ? false : first > 12 || dayComesFirst;
    this.#day = dayFirst ? first : second;
    this.#month = dayFirst ? second : first;
    return true;
  }

  /** A weekday and then any of the other forms, or a month: `Nov 10, 2015 8:52:38 AM`, `Mar 24 14:02:50`, `Sat Feb 18 …`. */
  #fromLetter(): Stamp | undefined {
    const start = this.#at;
    if (this.#countDigits(start + 1, 5) === 4) return this.#levelAndDate();
    if (this.#readMonthName()) {
      const stamp = this.#afterMonth();
      if (stamp) return stamp;
      this.#at = start;
    }
    if (!this.#skipWeekday()) return undefined;
    const code = this.#text.charCodeAt(this.#at);
    if (isDigit(code)) return this.#fromDigit();
    return this.#readMonthName() ? this.#afterMonth() : undefined;
  }

  /** `I0105 10:30:16.222123`: level, month and day (glog, klog). */
  #levelAndDate(): Stamp | undefined {
    if (!'IWEFD'.includes(this.#text.charAt(this.#at)) || isWordCode(this.#text.charCodeAt(this.#at - 1)))
      return undefined;
    this.#at++;
    this.#month = this.#number(2);
    this.#day = this.#number(2);
    return this.#timeWithoutYear();
  }

  /** Behind month and day: blanks and a time with seconds. */
  #timeWithoutYear(): Stamp | undefined {
    if (!isBlank(this.#text.charCodeAt(this.#at))) return undefined;
    this.#skipBlanks();
    const { month, day } = { month: this.#month, day: this.#day };
    if (month < 1 || month > 12 || day < 1 || day > daysIn(YEARLESS, month) || !this.#readTime(true)) return undefined;
    this.#year = YEARLESS;
    const stamp = this.#made();
    return stamp ? { ...stamp, yearless: true } : undefined;
  }

  #afterMonth(): Stamp | undefined {
    this.#skip(46);
    if (!this.#skipBlanks()) return undefined;
    if (!this.#shortNumber()) return undefined;
    this.#day = this.#value;
    this.#skip(44);
    if (!this.#skipBlanks()) return undefined;
    if (this.#countDigits(this.#at, 5) === 4) {
      this.#year = this.#number(4);
      return this.#timeAfterDate();
    }
    return this.#timeThenYear();
  }

  /** `14:53:00 2023`, `05:53:18 PM UTC 2026`, or no year at all (syslog). */
  #timeThenYear(): Stamp | undefined {
    if (!this.#readTime(true)) return undefined;
    const afterTime = this.#at;
    this.#readZone();
    if (Number.isNaN(this.#zone)) this.#readHoursBeforeYear();
    let end = this.#at;
    if (Number.isNaN(this.#zone)) this.#skipZoneWord();
    if (this.#text.charCodeAt(this.#at) === 32 && this.#countDigits(this.#at + 1, 5) === 4) {
      this.#at++;
      this.#year = this.#number(4);
      if (isWordCode(this.#text.charCodeAt(this.#at))) return undefined;
      if (Number.isNaN(this.#zone)) this.#readZone();
      return this.#made();
    }
    if (Number.isNaN(this.#zone)) end = afterTime;
    this.#at = end;
    this.#year = YEARLESS;
    const stamp = this.#made();
    return stamp ? { ...stamp, yearless: true } : undefined;
  }

  #timeAfterDate(): Stamp | undefined {
    const { year, month, day } = { year: this.#year, month: this.#month, day: this.#day };
    if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined;
    this.#skipDateSeparator();
    if (!this.#readTime(false)) return undefined;
    this.#readZone();
    if (Number.isNaN(this.#zone)) this.#skipZoneWord();
    return this.#made();
  }

  /** `T`, `:`, `_`, comma and blanks, ` - `, `at`, or nothing. */
  #skipDateSeparator(): void {
    const text = this.#text;
    let at = this.#at;
    const code = text.charCodeAt(at);
    if (code === 84 || code === 116 || code === 58 || code === 95) at++;
    else {
      if (code === 44) at++;
      while (isBlank(text.charCodeAt(at)) && at - this.#at < 4) at++;
      if (text.charCodeAt(at) === 45 && text.charCodeAt(at + 1) === 32) at += 2;
    }
    this.#at = at;
  }

  /** `h:mm:ss`, with fraction and AM/PM; `needSeconds` is off where a date stands before it. */
  #readTime(needSeconds: boolean): boolean {
    if (!this.#shortNumber()) return false;
    const hour = this.#value;
    if (this.#text.charCodeAt(this.#at) !== 58 || this.#countDigits(this.#at + 1, 3) !== 2) return false;
    this.#at++;
    const minute = this.#number(2);
    let second = 0;
    let resolution = 60_000;
    if (this.#text.charCodeAt(this.#at) === 58 && this.#countDigits(this.#at + 1, 3) === 2) {
      this.#at++;
      second = this.#number(2);
      resolution = 1000;
    } else if (needSeconds || this.#text.charCodeAt(this.#at) === 58) return false;
    if (!this.#setTime(hour, minute, second, resolution)) return false;
    if (resolution === 1000) this.#readFraction();
    return this.#readHalfDay(hour);
  }

  #setTime(hour: number, minute: number, second: number, resolution: number): boolean {
    if (hour > 23 || minute > 59 || second > 60) return false;
    this.#time = ((hour * 60 + minute) * 60 + second) * 1000;
    this.#resolution = resolution;
    return true;
  }

  #readFraction(): void {
    const point = this.#text.charCodeAt(this.#at);
    if (point !== 46 && point !== 44) return;
    const digits = this.#countDigits(this.#at + 1, 10);
    if (digits === 0 || digits > 9) return;
    let value = 0;
    for (let i = 1; i <= digits; i++) value = value * 10 + this.#text.charCodeAt(this.#at + i) - 48;
    this.#time += (value / 10 ** digits) * 1000;
    this.#resolution = 1000 / 10 ** digits;
    this.#at += digits + 1;
  }

  /** AM or PM after the time, with the blank (also a narrow one, as newer Javas write). */
  #readHalfDay(hour: number): boolean {
    let at = this.#at;
    if (isBlank(this.#text.charCodeAt(at))) at++;
    const letter = this.#text.charCodeAt(at) | 32;
    if ((letter !== 97 && letter !== 112) || (this.#text.charCodeAt(at + 1) | 32) !== 109) return true;
    if (isWordCode(this.#text.charCodeAt(at + 2))) return true;
    if (hour < 1 || hour > 12) return false;
    if (letter === 97 && hour === 12) this.#time -= 43_200_000;
    if (letter === 112 && hour !== 12) this.#time += 43_200_000;
    this.#at = at + 2;
    return true;
  }

  /** `Z`, `UTC`, `GMT`, `GMT+0100`, `+01:00`, ` -0700`, `+00`. Other names say nothing that is sure. */
  #readZone(): void {
    const text = this.#text;
    const blank = text.charCodeAt(this.#at) === 32 ? 1 : 0;
    const at = this.#at + blank;
    const code = text.charCodeAt(at);
    if (code === 90 && !isWordCode(text.charCodeAt(at + 1))) this.#setZone(0, at + 1);
    else if ((code === 85 && text.startsWith('UTC', at)) || (code === 71 && text.startsWith('GMT', at))) {
      if (isLetterOrDigit(text.charCodeAt(at + 3))) return;
      this.#setZone(0, at + 3);
      this.#readOffset(at + 3, false);
    } else if (code === 43 || code === 45) this.#readOffset(at, blank === 1);
  }

  /** ` -03 2026`: `date` in a zone that has no name. */
  #readHoursBeforeYear(): void {
    const at = this.#at + 1;
    if (this.#countDigits(at + 1, 3) !== 2 || this.#text.charCodeAt(at + 3) !== 32) return;
    if (this.#text.charCodeAt(at - 1) === 32 && this.#countDigits(at + 4, 5) === 4) this.#readOffset(at, false);
  }

  #readOffset(at: number, afterBlank: boolean): void {
    const text = this.#text;
    const sign = text.charCodeAt(at);
    if (sign !== 43 && sign !== 45) return;
    const digits = this.#countDigits(at + 1, 6);
    const hours = Number(text.slice(at + 1, at + 3));
    let minutes = 0;
    let end = at + 3;
    if (digits === 4) {
      minutes = Number(text.slice(at + 3, at + 5));
      end = at + 5;
    } else if (digits === 2 && text.charCodeAt(end) === 58 && this.#countDigits(end + 1, 3) === 2) {
      minutes = Number(text.slice(end + 1, end + 3));
      end += 3;
    } else if (digits !== 2 || afterBlank) return;
    // A process id after a dash has four digits as well: zones lie on quarters of an hour, and no name goes on behind them.
    if (isWordCode(text.charCodeAt(end)) || text.charCodeAt(end) === 45) return;
    if (hours > MAX_ZONE_HOURS || minutes % 15 !== 0 || minutes > 45) return;
    this.#setZone((sign === 45 ? -1 : 1) * (hours * 60 + minutes), end);
    if (text.charCodeAt(end) === 91) this.#skipRegion(end);
  }

  /** `[Europe/Berlin]` after an offset, as java.time writes. */
  #skipRegion(open: number): void {
    const close = this.#text.indexOf(']', open);
    if (close > 0 && close - open < 40 && /^[A-Za-z]+\/[\w/+-]+$/.test(this.#text.slice(open + 1, close))) {
      this.#at = close + 1;
    }
  }

  #setZone(minutes: number, end: number): void {
    this.#zone = minutes;
    this.#at = end;
  }

  /** A name of a zone that stands for several offsets (`IST`, `CST`) or changes in summer: not used, but part of the stamp. */
  #skipZoneWord(): void {
    if (this.#text.charCodeAt(this.#at) !== 32) return;
    let at = this.#at + 1;
    while (at - this.#at < 7 && isUpper(this.#text.charCodeAt(at))) at++;
    if (isLetterOrDigit(this.#text.charCodeAt(at))) return;
    if (ZONE_WORDS.has(this.#text.slice(this.#at + 1, at))) this.#at = at;
  }

  #skipAfterChineseDay(): void {
    this.#skip(0x65e5);
    this.#skipBlanks();
    if (this.#text.startsWith('星期', this.#at)) this.#at += 3;
  }

  #skipWeekday(): boolean {
    const text = this.#text;
    let at = this.#at;
    while (at - this.#at < 10 && isLetter(text.charCodeAt(at))) at++;
    if (!WEEKDAYS.has(text.slice(this.#at, at).toLowerCase())) return false;
    if (text.charCodeAt(at) === 46) at++;
    if (text.charCodeAt(at) === 44) at++;
    this.#at = at;
    return this.#skipBlanks();
  }

  #readMonthName(): boolean {
    const text = this.#text;
    let at = this.#at;
    while (at - this.#at < 10 && isLetter(text.charCodeAt(at))) at++;
    const length = at - this.#at;
    if (length < 3 || isLetter(text.charCodeAt(at))) return false;
    const month = MONTHS.get(text.slice(this.#at, at).toLowerCase());
    if (month === undefined) return false;
    this.#month = month;
    this.#at = at;
    return true;
  }

  #made(): Stamp | undefined {
    const { year, month, day } = { year: this.#year, month: this.#month, day: this.#day };
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
    if (day < 1 || day > daysIn(year, month)) return undefined;
    const date = (year * 16 + month) * 32 + day;
    if (date !== this.#cachedDate) {
      this.#cachedDate = date;
      this.#cachedMs = Date.UTC(year, month - 1, day);
    }
    const wall = this.#cachedMs + this.#time;
    if (Number.isNaN(this.#zone)) return { ms: wall, zoned: false, resolutionMs: this.#resolution };
    return {
      ms: wall - this.#zone * 60_000,
      zoned: true,
      offsetMinutes: this.#zone,
      resolutionMs: this.#resolution,
    };
  }

  #value = 0;

  /** One or two digits, and no third. */
  #shortNumber(): boolean {
    const digits = this.#countDigits(this.#at, 3);
    if (digits !== 1 && digits !== 2) {
      // `2019-03-2623:51:14`: date and time glued together.
      if (digits !== 3 || !this.#isGluedDay()) return false;
      this.#value = this.#number(2);
      return true;
    }
    this.#value = this.#number(digits);
    return true;
  }

  #isGluedDay(): boolean {
    return this.#year > 0 && this.#countDigits(this.#at, 5) === 4 && this.#text.charCodeAt(this.#at + 4) === 58;
  }

  #number(digits: number): number {
    let value = 0;
    for (const end = this.#at + digits; this.#at < end; this.#at++) {
      value = value * 10 + this.#text.charCodeAt(this.#at) - 48;
    }
    return value;
  }

  #countDigits(from: number, limit: number): number {
    let n = 0;
    while (n < limit && isDigit(this.#text.charCodeAt(from + n))) n++;
    return n;
  }

  #skip(code: number): void {
    if (this.#text.charCodeAt(this.#at) === code) this.#at++;
  }

  #skipBlanks(): boolean {
    const from = this.#at;
    while (this.#at - from < 3 && this.#text.charCodeAt(this.#at) === 32) this.#at++;
    return this.#at > from;
  }
}

const MONTHS: ReadonlyMap<string, number> = monthNames();
const WEEKDAYS: ReadonlySet<string> = new Set(
  (
    'mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday tues thur thurs ' +
    'mo di mi do fr sa so lun mar mer jeu ven sam dim lun. mié jue vie sáb dom gio'
  ).split(' '),
);
/** The abbreviations in letters that the time zone database has today, but for `UTC` and `GMT`. */
const ZONE_WORDS: ReadonlySet<string> = new Set(
  (
    'CET CEST EET EEST WET WEST BST IST IDT MSK EST EDT CST CDT MST MDT PST PDT AST ADT NST NDT AKST AKDT HST HDT JST KST ' +
    'HKT SGT AEST AEDT ACST ACDT AWST NZST NZDT SST SAST CAT EAT WAT WIB WIT WITA PKT'
  ).split(' '),
);

/** English names whole and cut, and the cut ones that `date` prints in German, French, Spanish and Italian. */
function monthNames(): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  const english = 'january february march april may june july august september october november december'.split(' ');
  english.forEach((name, i) => {
    names.set(name, i + 1);
    names.set(name.slice(0, 3), i + 1);
  });
  names.set('sept', 9);
  const others =
    'mär 3,mai 5,okt 10,dez 12,janv 1,févr 2,mars 3,avr 4,juin 6,juil 7,août 8,déc 12,ene 1,abr 4,ago 8,dic 12,gen 1,mag 5,giu 6,lug 7,set 9,ott 10';
  for (const entry of others.split(',')) {
    const [name = '', month = ''] = entry.split(' ');
    names.set(name, Number(month));
  }
  return names;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 0xc0 && code <= 0x24f);
}

function isLetterOrDigit(code: number): boolean {
  return isLetter(code) || isDigit(code);
}

/** Letter, digit or underscore. */
export function isWordCode(code: number): boolean {
  return isLetterOrDigit(code) || code === 95;
}

/** Blank, tab, no-break and narrow no-break blank. */
function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 0xa0 || code === 0x202f;
}
