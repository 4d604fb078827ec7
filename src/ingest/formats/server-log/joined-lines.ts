import type { Stamp } from '../../../model/time.js';
import type { Candidate } from './learned.js';
import { WORD } from './learned-line.js';
import { areAsMany } from './own-numbers.js';

/** A stamped line with its words. */
export interface JoinLine extends Candidate {
  readonly stamp: Stamp;
  /** Where its time begins, and just behind it. */
  readonly start: number;
  readonly from: number;
}

/** A word of a line that has a digit in it, by its place among the words. */
interface Token {
  readonly place: number;
  readonly word: string;
}

/** Words of a line that may be a token. */
const MAX_WORDS = 40;

/** Places from here on stand for two words. */
const BOTH = 1_000;
/** Words that come back, of which any two may name a worker: it serves several requests. */
const MAX_RETURNING = 4;
const REQUESTS_EACH = 2;

/** Whether a place stands for two. */
export const isBoth = (place: number): boolean => place >= BOTH;

/** The words with a digit in them, without those of the time. */
export function tokensOf({ text, start, from }: JoinLine): Token[] {
  const tokens: Token[] = [];
  let place = 0;
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (index < from && index >= start) continue;
    if (place >= MAX_WORDS) break;
    if (/\d/.test(word)) tokens.push({ place, word });
    place++;
  }
  return tokens;
}

/** Lines of one form, with their words by place. */
export class JoinKind {
  readonly lines: JoinLine[] = [];
  /** By place, the word of each line, `undefined` where it has none. */
  readonly columns = new Map<number, (string | undefined)[]>();

  add(line: JoinLine): void {
    this.lines.push(line);
  }

  /** Reads the words, once it is known that the form is one that counts. */
  read(): void {
    for (const [i, line] of this.lines.entries()) {
      for (const { place, word } of tokensOf(line)) {
        let column = this.columns.get(place);
        if (!column) {
          column = [];
          this.columns.set(place, column);
        }
        column[i] = word;
      }
    }
    this.#readBoth();
  }

  /** Where a worker is named by two words, its process and its thread, each may be that of several at once. */
  #readBoth(): void {
    const returning = [...this.columns]
      .filter(([, column]) => REQUESTS_EACH * new Set(column).size <= column.length)
      .slice(0, MAX_RETURNING);
    for (const [i, [p, first]] of returning.entries()) {
      for (const [q, second] of returning.slice(i + 1))
        this.columns.set(
          BOTH + p * MAX_WORDS + q,
          Array.from(first, (word, k) => `${word} ${second[k]}`),
        );
    }
  }

  /** The place where nearly each line has another of the client's ids. */
  idPlace(isClients: (word: string) => boolean, clientIds: number): number | undefined {
    let best: number | undefined;
    let most = ID_SHARE * this.lines.length;
    for (const [place, column] of this.columns) {
      const words = new Set(column.filter((word): word is string => word !== undefined));
      const ids = new Set([...words].filter(isClients));
      if (ids.size < most || areAsMany(clientIds, ids.size, words.size - ids.size)) continue;
      best = place;
      most = ids.size;
    }
    return best;
  }
}

/** Share of the lines of one form that must have an id of the client's of their own. */
const ID_SHARE = 0.6;
