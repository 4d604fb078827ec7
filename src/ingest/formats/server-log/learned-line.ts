import type { Stamp } from '../../../model/time.js';
import type { Who } from '../../logs/parts/who-found.js';
import { findStamp } from '../../text/timestamps.js';

/**
 * What may be an id; and the name of a thread that has an address in it, which some loggers cut on the left: `[0.1-8080-exec-9]`
 * and `[.1-8080-exec-10]` are one word each, or the words behind them would change places.
 */
export const WORD = /(?<=[[(])[\w-]{0,60}\.[\w.-]{0,60}-\d{1,9}(?=[\])])|[A-Za-z0-9][A-Za-z0-9_-]{0,63}/g;

/** A line with an id in it. */
export interface IdLine {
  readonly text: string;
  /** Where the line's time begins, and just behind it. */
  readonly start: number;
  readonly from: number;
  /** Where its id stands. */
  readonly id: number;
  readonly idEnd: number;
}

/** The two lines of one request. */
export type LinePair = readonly [begin: IdLine, end: IdLine];
/** The same with their order in the file. */
export type OrderedPair = readonly [begin: OrderedLine, end: OrderedLine];
interface OrderedLine extends IdLine {
  readonly at: number;
  /** The worker, where the logger's own form tells it. */
  readonly who?: Who | undefined;
}
/** Finds the worker in a line of one of the two kinds. */
export type WorkerOf = (line: IdLine & { readonly who?: Who | undefined }, kind: 'begin' | 'end') => Who;

/** The same with its time. */
export interface StampedLine extends IdLine {
  readonly stamp: Stamp;
}

/** A line with the places of its time and of the word that is its id. */
export function idLine(text: string, place: number): StampedLine | undefined {
  const found = findStamp(text);
  if (!found) return undefined;
  const at = { stamp: found.stamp, start: found.start, from: found.end };
  let words = 0;
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (index < found.end && index >= found.start) continue;
    if (words++ === place) return { text, ...at, id: index, idEnd: index + word.length };
  }
  return undefined;
}

/** An id of hexadecimal digits that are all letters: `eedafcdd`. */
const LETTERS_ID = /(?<![\w-])[a-f]{8,64}(?![\w-])/g;
export const isHexLetters = (word: string): boolean => /^[a-f]{8,64}$/.test(word);

/** A worker behind its key, whose name may have no digit: `tid=sc tid=tug`. */
const KEYED_WORKER = /\b(pid|tid|thr|thread(?:_?name)?|worker|proc(?:ess)?)(["']?[=:]\s?["']?)[A-Za-z][\w.-]{0,63}/gi;

/** The line with its time, its worker's name and everything that has digits in it blanked: lines of one kind have one shape. */
export function shapeOf(text: string, from: number, to: number): string {
  const shape = `${text.slice(0, from)}@${text.slice(to)}`
    .replace(LETTERS_ID, '#')
    .replace(KEYED_WORKER, '$1$2#')
    .replace(/[A-Za-z0-9_-]*\d[A-Za-z0-9_.-]*/g, '#');
  // Names are padded and cut to one width: fewer digits, more blanks, or more of what stands before them.
  return shape
    .replace(/ {2,}/g, ' ')
    .replace(/\[ /g, '[')
    .replace(/([[(])\.#/g, '$1#')
    .slice(0, 300);
}
