import { CODE, isDigit } from './char-codes.js';

/** A place in a text that only moves on, but where a form is given up and another one tried. */
export class StampCursor {
  text = '';
  at = 0;

  /** The character's code at the place, or some places behind it; `NaN` behind the text's end. */
  code(behind = 0): number {
    return this.text.charCodeAt(this.at + behind);
  }

  /** How many digits stand from a place on, counted as far as the limit. */
  countDigits(from: number, limit: number): number {
    let n = 0;
    while (n < limit && isDigit(this.text.charCodeAt(from + n))) n++;
    return n;
  }

  /** The number of exactly so many digits, which the caller has counted. */
  number(digits: number): number {
    let value = 0;
    for (const end = this.at + digits; this.at < end; this.at++)
      value = value * 10 + this.text.charCodeAt(this.at) - 48;
    return value;
  }

  /** A number of one or two digits, and no third; else `NaN`, and the place stays. */
  shortNumber(): number {
    const digits = this.countDigits(this.at, 3);
    return digits === 1 || digits === 2 ? this.number(digits) : Number.NaN;
  }

  skip(code: number): boolean {
    if (this.code() !== code) return false;
    this.at++;
    return true;
  }

  /** Up to three blanks. */
  skipBlanks(): boolean {
    const from = this.at;
    while (this.at - from < 3 && this.code() === CODE.blank) this.at++;
    return this.at > from;
  }
}
