import { CODE, isLetter } from './char-codes.js';
import type { StampCursor } from './stamp-cursor.js';
import { MONTHS, WEEKDAYS } from './stamp-names.js';

/** No name of a month or a day has more letters. */
const MAX_LETTERS = 10;

/** Reads the words of a stamp: names of months and days. */
export class StampWords {
  constructor(private readonly cursor: StampCursor) {}

  /** The month that is named, 1 to 12; else `NaN`, and the place stays. */
  month(): number {
    const { cursor } = this;
    const word = this.#word();
    if (word.length < 3 || isLetter(cursor.code(word.length))) return Number.NaN;
    const month = MONTHS.get(word.toLowerCase());
    if (month === undefined) return Number.NaN;
    cursor.at += word.length;
    return month;
  }

  /** A day's name with what stands behind it. */
  skipWeekday(): boolean {
    const { cursor } = this;
    const word = this.#word();
    if (!WEEKDAYS.has(word.toLowerCase())) return false;
    cursor.at += word.length;
    cursor.skip(CODE.dot);
    cursor.skip(CODE.comma);
    return cursor.skipBlanks();
  }

  /** `日 星期一` behind the number of a day. */
  skipChineseWeekday(): void {
    const { cursor } = this;
    cursor.skip(CODE.day);
    cursor.skipBlanks();
    if (cursor.text.startsWith('星期', cursor.at)) cursor.at += 3;
  }

  #word(): string {
    const { text, at } = this.cursor;
    let end = at;
    while (end - at < MAX_LETTERS && isLetter(text.charCodeAt(end))) end++;
    return text.slice(at, end);
  }
}
