import { findStampIn } from '../../text/timestamps.js';

/** How far into a line its own time can begin, characters. */
const MAX_PREFIX = 48;
/** A longer line is left as it is. */
const MAX_LINE = 16_384;
/** Records of one line that are taken apart. */
const MAX_RECORDS = 8;
/** Ways to begin a line that are kept, and lines among which they are looked for. */
const MAX_STARTS = 8;
const LOOKED_AT = 2_000;

const TIME = /\d:[0-5]\d:[0-5]\d/g;
const FRACTION = /[.,]\d+.*$/s;
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;
/** What may stand before a time that belongs to the text; a record that follows another one does so at its last letter. */
const LEADS_ON = /[\s[({<>"'=:,;/|@_T~+-]/;

/** A dash that stands alone is a field, such as the size that is not known at the end of an access line. */
const LONE_DASH = /\s-$/;

/** The same before something that lines begin with, such as a JSON object within another. */
const LEADS_IN = /[\s:=,([{]/;

/** How lines begin: what stands before their time, and the time's form. */
interface Start {
  readonly prefix: string;
  readonly form: RegExp;
}

/**
 * Takes lines apart on which two threads printed at once: a record there begins as lines do elsewhere, at its predecessor's last letter.
 *
 *     10:00:01.250|4711|main|IN|req=610:00:01.253|4711|main|IN|req=2
 *
 * Since the second one's time has a known form, where the id ends is known, too.
 */
export class Ungluer {
  readonly #starts = new Map<string, Start>();
  #looked = 0;

  /** The records of a line, mostly one. */
  records(text: string): readonly string[] {
    if (text.length > MAX_LINE) return [text];
    TIME.lastIndex = 0;
    if (!TIME.test(text)) return [text];
    if (this.#looked < LOOKED_AT && this.#starts.size < MAX_STARTS) this.#learn(text);
    if (!TIME.test(text)) return [text];
    const records: string[] = [];
    let from = 0;
    for (let at = this.#next(text, 0); at > 0 && records.length < MAX_RECORDS - 1; at = this.#next(text, from)) {
      records.push(text.slice(from, at));
      from = at;
    }
    return from === 0 ? [text] : [...records, text.slice(from)];
  }

  #learn(text: string): void {
    this.#looked++;
    const found = findStampIn(text, 0, MAX_PREFIX);
    if (!found) return;
    const prefix = text.slice(0, found.start);
    const pattern = formOf(text.slice(found.start, found.end));
    const key = `${prefix}\u0000${pattern}`;
    if (!this.#starts.has(key)) this.#starts.set(key, { prefix, form: new RegExp(pattern, 'g') });
  }

  /** Where the next record begins behind `from`, or -1. */
  #next(text: string, from: number): number {
    let next = -1;
    for (const { prefix, form } of this.#starts.values()) {
      form.lastIndex = from + 1;
      for (let found = form.exec(text); found; found = form.exec(text)) {
        const at = found.index - prefix.length;
        if (at <= from || !beginsHere(text, at, prefix)) continue;
        if (next < 0 || at < next) next = at;
        break;
      }
    }
    return next;
  }
}

function beginsHere(text: string, at: number, prefix: string): boolean {
  const before = text.charAt(at - 1);
  return prefix === ''
    ? !LEADS_ON.test(before) || LONE_DASH.test(text.slice(Math.max(0, at - 2), at))
    : !LEADS_IN.test(before) && text.startsWith(prefix, at);
}

/** Digits for digits and letters for letters, up to the seconds. */
function formOf(stamp: string): string {
  const whole = stamp.replace(FRACTION, '').replace(SPECIAL, '\\$&');
  return whole
    .replace(/\d/g, '#')
    .replace(/[A-Za-z]+/g, '[A-Za-z]+')
    .replaceAll('#', '\\d');
}
