import type { Stamp } from '../../model/time.js';
import { isDigit, isLetter, isUpper, isWordCode } from './char-codes.js';
import { StampScanner } from './stamp-scanner.js';

/** A time stamp found in a line, with the place where it stands. */
export interface FoundStamp {
  readonly stamp: Stamp;
  readonly start: number;
  /** Just behind its last character. */
  readonly end: number;
}

/** How far into a line a stamp is looked for: longer prefixes than this do not occur. */
const SEARCHED = 4096;
/** No stamp is shorter than `8:00:00`, none of ours longer than a weekday, a date, a time and a region. */
const MIN_LENGTH = 7;

const scanner = new StampScanner();

/**
 * The first time stamp in `line`, or `undefined`. A stamp with a date is preferred to an epoch, and both to a mere time of
 * day, wherever they stand. Only ISO offsets, `Z`, UTC and GMT make a stamp zoned; other zone names are read over.
 */
export function findStamp(line: string): FoundStamp | undefined {
  return findStampIn(line, 0, line.length);
}

/** The first time stamp that begins at or after `from` and before `to`. */
export function findStampIn(line: string, from: number, to: number): FoundStamp | undefined {
  const limit = Math.min(to, from + SEARCHED, line.length - MIN_LENGTH + 1);
  let epochAt = -1;
  let timeAt = -1;
  for (let at = from; at < limit; at++) {
    const code = line.charCodeAt(at);
    if (isDigit(code)) {
      const stamp = followsDigit(line, at) ? undefined : scanner.calendar(line, at);
      if (stamp) return { stamp, start: at, end: scanner.end };
      const next = digitsEnd(line, at);
      if (epochAt < 0 && next - at >= 10 && (isNamed(line, at) || !followsWord(line, at))) epochAt = at;
      else if (timeAt < 0 && next - at <= 2 && line.charCodeAt(next) === 58 && standsAlone(line, at)) timeAt = at;
      at = next - 1;
    } else if (isUpper(code) || code > 127) {
      const stamp = scanner.calendar(line, at);
      if (stamp) return { stamp, start: at, end: scanner.end };
      while (isLetter(line.charCodeAt(at + 1))) at++;
    }
  }
  return found(line, epochAt, 'epoch') ?? found(line, timeAt, 'timeOfDay');
}

/** The stamp that begins exactly at `start`, of whatever form. */
export function stampAt(line: string, start: number): FoundStamp | undefined {
  const stamp = scanner.calendar(line, start) ?? scanner.epoch(line, start) ?? scanner.timeOfDay(line, start);
  return stamp && { stamp, start, end: scanner.end };
}

/** The whole of `text` as a time stamp, or `undefined`. */
export function parseStamp(text: string): Stamp | undefined {
  const trimmed = text.trim();
  const whole = stampAt(trimmed, 0);
  return whole && whole.end === trimmed.length ? whole.stamp : undefined;
}

function found(line: string, start: number, form: 'epoch' | 'timeOfDay'): FoundStamp | undefined {
  if (start < 0) return undefined;
  const stamp = scanner[form](line, start);
  return stamp && { stamp, start, end: scanner.end };
}

/** The digit goes on with a number, date or address that began before it. */
function followsDigit(line: string, at: number): boolean {
  const before = line.charCodeAt(at - 1);
  return isDigit(before) || (isJoint(before) && isDigit(line.charCodeAt(at - 2)));
}

function followsWord(line: string, at: number): boolean {
  const before = line.charCodeAt(at - 1);
  return isWordCode(before) || (isJoint(before) && isWordCode(line.charCodeAt(at - 2)));
}

/** `ts:1795885138.351`: the colon leads from a name to its value. */
function isNamed(line: string, at: number): boolean {
  return line.charCodeAt(at - 1) === 58 && isLetter(line.charCodeAt(at - 2));
}

/** No word before it, and no digits before the blank: `2001/20/20 12:05:05` is no time of day but an impossible date. */
function standsAlone(line: string, at: number): boolean {
  if (followsWord(line, at)) return false;
  let before = at - 1;
  while (line.charCodeAt(before) === 32) before--;
  return before === at - 1 || !isDigit(line.charCodeAt(before));
}

/** Dot, dash, slash or colon. */
function isJoint(code: number): boolean {
  return code === 46 || code === 45 || code === 47 || code === 58;
}

function digitsEnd(line: string, at: number): number {
  let end = at + 1;
  while (isDigit(line.charCodeAt(end))) end++;
  return end;
}
