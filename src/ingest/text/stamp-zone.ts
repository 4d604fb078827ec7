import { CODE, isLetterOrDigit, isUpper, isWordCode } from './char-codes.js';
import type { StampCursor } from './stamp-cursor.js';
import { ZONE_WORDS } from './stamp-names.js';

/** Furthest zones from UTC in use, hours. */
const MAX_ZONE_HOURS = 14;

/** Reads the zone behind the time of a stamp. */
export class StampZone {
  /** Minutes east of UTC; `NaN`: not stated. */
  minutes = Number.NaN;

  constructor(private readonly cursor: StampCursor) {}

  get stated(): boolean {
    return !Number.isNaN(this.minutes);
  }

  /** `Z`, `UTC`, `GMT`, `GMT+0100`, `+01:00`, ` -0700`, `+00`. Other names say nothing that is sure. */
  read(): void {
    const { cursor } = this;
    const { text } = cursor;
    const blank = cursor.code() === CODE.blank ? 1 : 0;
    const at = cursor.at + blank;
    const code = text.charCodeAt(at);
    if (code === 90 && !isWordCode(text.charCodeAt(at + 1))) this.#set(0, at + 1);
    else if ((code === 85 && text.startsWith('UTC', at)) || (code === 71 && text.startsWith('GMT', at))) {
      if (isLetterOrDigit(text.charCodeAt(at + 3))) return;
      this.#set(0, at + 3);
      this.#readOffset(at + 3, false);
    } else if (code === CODE.plus || code === CODE.dash) this.#readOffset(at, blank === 1);
  }

  /** ` -03 2026`: `date` in a zone that has no name. */
  readHoursBeforeYear(): void {
    const { cursor } = this;
    const at = cursor.at + 1;
    if (cursor.countDigits(at + 1, 3) !== 2 || cursor.text.charCodeAt(at + 3) !== CODE.blank) return;
    if (cursor.code() === CODE.blank && cursor.countDigits(at + 4, 5) === 4) this.#readOffset(at, false);
  }

  /** A name of a zone that stands for several offsets (`IST`, `CST`) or changes in summer: not used, but part of the stamp. */
  skipWord(): void {
    const { cursor } = this;
    if (cursor.code() !== CODE.blank) return;
    let at = cursor.at + 1;
    while (at - cursor.at < 7 && isUpper(cursor.text.charCodeAt(at))) at++;
    if (isLetterOrDigit(cursor.text.charCodeAt(at))) return;
    if (ZONE_WORDS.has(cursor.text.slice(cursor.at + 1, at))) cursor.at = at;
  }

  #readOffset(at: number, afterBlank: boolean): void {
    const { cursor } = this;
    const { text } = cursor;
    const sign = text.charCodeAt(at);
    if (sign !== CODE.plus && sign !== CODE.dash) return;
    const digits = cursor.countDigits(at + 1, 6);
    const hours = Number(text.slice(at + 1, at + 3));
    let minutes = 0;
    let end = at + 3;
    if (digits === 4) {
      minutes = Number(text.slice(at + 3, at + 5));
      end = at + 5;
    } else if (digits === 2 && text.charCodeAt(end) === CODE.colon && cursor.countDigits(end + 1, 3) === 2) {
      minutes = Number(text.slice(end + 1, end + 3));
      end += 3;
    } else if (digits !== 2 || afterBlank) return;
    // A process id after a dash has four digits as well: zones lie on quarters of an hour, and no name goes on behind them.
    if (isWordCode(text.charCodeAt(end)) || text.charCodeAt(end) === CODE.dash) return;
    if (hours > MAX_ZONE_HOURS || minutes % 15 !== 0 || minutes > 45) return;
    this.#set((sign === CODE.dash ? -1 : 1) * (hours * 60 + minutes), end);
    if (text.charCodeAt(end) === CODE.bracket) this.#skipRegion(end);
  }

  /** `[Europe/Berlin]` after an offset, as java.time writes. */
  #skipRegion(open: number): void {
    const { cursor } = this;
    const close = cursor.text.indexOf(']', open);
    if (close > 0 && close - open < 40 && /^[A-Za-z]+\/[\w/+-]+$/.test(cursor.text.slice(open + 1, close))) {
      cursor.at = close + 1;
    }
  }

  #set(minutes: number, end: number): void {
    this.minutes = minutes;
    this.cursor.at = end;
  }
}
