import { CODE, isBlank, isWordCode } from './char-codes.js';
import type { StampCursor } from './stamp-cursor.js';

const HALF_DAY_MS = 12 * 3600_000;

/** Reads the time of day of a stamp. */
export class StampClock {
  /** Milliseconds since midnight. */
  time = 0;
  /** Step of the stamp's last digit, milliseconds. */
  resolution = 0;

  constructor(private readonly cursor: StampCursor) {}

  /** `h:mm:ss`, with fraction and AM/PM; `needSeconds` is off where a date stands before it. */
  read(needSeconds: boolean): boolean {
    const { cursor } = this;
    const hour = cursor.shortNumber();
    if (cursor.code() !== CODE.colon || cursor.countDigits(cursor.at + 1, 3) !== 2) return false;
    cursor.at++;
    const minute = cursor.number(2);
    let second = 0;
    let resolution = 60_000;
    if (cursor.code() === CODE.colon && cursor.countDigits(cursor.at + 1, 3) === 2) {
      cursor.at++;
      second = cursor.number(2);
      resolution = 1000;
    } else if (needSeconds || cursor.code() === CODE.colon) return false;
    if (!this.#set(hour, minute, second, resolution)) return false;
    if (resolution === 1000) this.#readFraction();
    return this.#readHalfDay(hour);
  }

  /** `103016.222`, six digits that the caller has counted. */
  readCompact(): boolean {
    const { cursor } = this;
    if (!this.#set(cursor.number(2), cursor.number(2), cursor.number(2), 1000)) return false;
    this.#readFraction();
    return true;
  }

  #set(hour: number, minute: number, second: number, resolution: number): boolean {
    if (!(hour <= 23 && minute <= 59 && second <= 60)) return false;
    this.time = ((hour * 60 + minute) * 60 + second) * 1000;
    this.resolution = resolution;
    return true;
  }

  #readFraction(): void {
    const { cursor } = this;
    if (cursor.code() !== CODE.dot && cursor.code() !== CODE.comma) return;
    const digits = cursor.countDigits(cursor.at + 1, 10);
    if (digits === 0 || digits > 9) return;
    cursor.at++;
    this.time += (cursor.number(digits) / 10 ** digits) * 1000;
    this.resolution = 1000 / 10 ** digits;
  }

  /** AM or PM after the time, with the blank (also a narrow one, as newer Javas write). */
  #readHalfDay(hour: number): boolean {
    const { cursor } = this;
    const behind = isBlank(cursor.code()) ? 1 : 0;
    const letter = cursor.code(behind) | 32;
    if ((letter !== 97 && letter !== 112) || (cursor.code(behind + 1) | 32) !== 109) return true;
    if (isWordCode(cursor.code(behind + 2))) return true;
    if (hour < 1 || hour > 12) return false;
    if (letter === 97 && hour === 12) this.time -= HALF_DAY_MS;
    if (letter === 112 && hour !== 12) this.time += HALF_DAY_MS;
    cursor.at += behind + 2;
    return true;
  }
}
