import type { Stamp } from '../../../model/time.js';
import { parseStamp } from '../../text/timestamps.js';

/** Names under which loggers keep the time of a record; the first that is there counts. */
const TIME = [
  'time',
  'timestamp',
  '@timestamp',
  'ts',
  'date',
  't',
  'start_time',
  'StartUTC',
  'time_local',
  'time_iso8601',
  'msec',
  'log_time',
  'asctime',
];
/** Names that speak of a time: `datetime`, `timeMillis`, `eventTime`, `created`, `logged_at`, `@t`, `dt`. */
const SPEAKS_OF_TIME = /time|date|created|stamp|_at$|^@?t$|^dt$/i;

/**
 * The time that a record of named fields tells, whatever its logger calls it.
 *
 * @param names of all fields, asked for where none of the usual ones is there
 */
export function keyedTime(fieldOf: (name: string) => unknown, names: () => Iterable<string>): Stamp | undefined {
  return firstTime(fieldOf, TIME) ?? instantOf(fieldOf('instant')) ?? otherTime(fieldOf, names());
}

/** The first of the named fields that holds a time and nothing else. */
export function firstTime(fieldOf: (name: string) => unknown, names: readonly string[]): Stamp | undefined {
  for (const name of names) {
    const stamp = stampOf(fieldOf(name));
    if (stamp) return stamp;
  }
  return undefined;
}

/** A date with its time in a field whose name speaks of one, else in any. A time alone may be how long something took. */
function otherTime(fieldOf: (name: string) => unknown, names: Iterable<string>): Stamp | undefined {
  let dated: Stamp | undefined;
  for (const name of names) {
    const value = fieldOf(name);
    const named = SPEAKS_OF_TIME.test(name);
    if (!named && (dated || typeof value !== 'string' || /^\d*$/.test(value))) continue;
    const stamp = stampOf(value);
    if (!stamp || stamp.dateless) continue;
    if (named) return stamp;
    dated = stamp;
  }
  return dated;
}

/** `{"epochSecond":1767609000,"nanoOfSecond":123000000}`: Log4j's layout for JSON. */
function instantOf(value: unknown): Stamp | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { epochSecond, nanoOfSecond } = value as Readonly<Record<string, unknown>>;
  const whole = stampOf(epochSecond);
  if (!whole || typeof nanoOfSecond !== 'number' || !(nanoOfSecond >= 0 && nanoOfSecond < 1e9)) return whole;
  const resolutionMs = nanoOfSecond % 1e6 === 0 ? 1 : 1e-6;
  return { ...whole, ms: whole.ms + nanoOfSecond / 1e6, resolutionMs };
}

/** Some keep the brackets that it has in an access line: `[05/Jan/2026:10:30:00 +0000]`. */
const stampOf = (value: unknown): Stamp | undefined =>
  typeof value === 'string' || typeof value === 'number'
    ? parseStamp(String(value).replace(/^\[(.*)\]$/, '$1'))
    : undefined;
