import type { LogRecord } from '../log-pattern.js';
import { durationOf } from './access.js';
import { MAX_PID, takeTid, type Who, whoOf } from './who-found.js';

/** `pid 12`, `pid=12`, `pid12`, `[pid: 12]`, `<12>`, `pid=<12>` (gunicorn's `%(p)s` has the angles), and Ruby's `[2026-01-05T13:53:38.460 #12]`. */
const PID =
  /(?:^|[\s[({|,;])pid(?: ?[=:] ?<?| |#)?(\d{1,7})(?=[\s\])}|,;:/>]|$)|(?:^|\s)<(\d{1,7})>(?=\s|$)|\s#(\d{1,7})\](?=\s)/i;
/** `tid 140492474820288`, `thread=http-nio-8080-exec-12`. */
const TID = /(?:^|[\s[({|,;/])(?:tid|thread(?:_?id|_?name)?)(?: ?[=:] ?| |#)([\w.:#-]{1,60})(?=[\s\])}|,;]|$)/i;
/** Tomcat's `%I`: `http-nio-8080-exec-12`, with brackets or without. */
const THREAD = /^(?=[\w.:-]{4,60}$)[\w.:-]*(?:exec|thread|worker)[\w.:-]*-\d+$/i;
/**
 * Apache's `%P %{tid}P`: a process and the address that glibc names its thread by, just below 2^47. Nothing else that stands in such a line
 * is a number of this size.
 */
const PID_AND_IDENT = /(?:^|\s)(\d{1,7}) (1(?:39|40)\d{12})(?=\s|$)/;
/** `1503396 us`, `1503ms`, `dur=1.503s`. */
const TIMED = /(?:^|[\s=:(|]|[=:]")(\d{1,12}(?:\.\d{1,9})?) ?(us|µs|usec|ms|msec|s|sec|seconds)(?=[\s)\]|,;"]|$)/g;
/** `duration=804.00`, in a unit that is not told, and `duration_ms=804`. */
const CALLED =
  /(?:^|[\s|,;({"])(?:duration|elapsed|latency|took|response_?time)(_ms)?"?[=:] ?"?(\d{1,12}(?:\.\d{1,9})?)(?=[\s|,;)}"]|$)/i;

const UNIT_MS: Readonly<Record<string, number>> = { u: 0.001, µ: 0.001, m: 1, s: 1000 };
/** No longer than a duration in microseconds: thread ids (`%{tid}P`) have more digits. */
const NUMBER = /^\d{1,12}(?:\.\d{1,9})?$/;
/** A size that is no duration: a dash, or nothing at all. */
const NO_NUMBER = /^(?:-|0+)?$/;
/** Most numbers of which one may be the duration. */
const MAX_NUMBERS = 6;

/** The worker that the fields of an access line name. */
export function workerIn(fields: string): Who {
  const found: { pid?: number; thread?: string; nativeId?: number } = {};
  const pid = PID.exec(fields);
  if (pid) found.pid = Number(pid[1] ?? pid[2] ?? pid[3]);
  const both = pid ? null : PID_AND_IDENT.exec(fields);
  if (both && Number(both[1]) <= MAX_PID) return whoOf({ pid: Number(both[1]), thread: both[2]! });
  const tid = TID.exec(fields)?.[1];
  if (tid !== undefined && /^\d{1,20}$/.test(tid)) takeTid(tid, found);
  else {
    const thread = tid ?? threadIn(fields);
    if (thread !== undefined) found.thread = thread;
  }
  return whoOf(found);
}

/** The thread that stands among the fields without being called one. */
const threadIn = (fields: string): string | undefined => fields.split(/[\s[\]()<>]+/).find((word) => THREAD.test(word));

/** The number that a field calls a duration, with its unit if the name has it. */
export function calledDuration(
  fields: string,
): Pick<LogRecord, 'rawDurations' | 'durationMs' | 'durationResolutionMs'> | undefined {
  const m = CALLED.exec(fields);
  if (!m) return undefined;
  return m[1] === undefined ? { rawDurations: [m[2]!] } : durationOf(m[2]!, 1);
}

/** The longest of the durations whose unit is written: the others are parts of it. */
export function longestDuration(fields: string) {
  let longest: ReturnType<typeof durationOf>;
  for (const [, value = '', unit = ''] of fields.matchAll(TIMED)) {
    const one = durationOf(value, UNIT_MS[unit.charAt(0)] ?? 1);
    if (one && (!longest || one.durationMs > longest.durationMs)) longest = one;
  }
  return longest;
}

/** Numbers that stand alone and are nobody's name, the last ones: one may be the duration. */
export function numbersIn(fields: string): readonly string[] {
  return fields
    .replace(PID, ' ')
    .replace(TID, ' ')
    .replace(PID_AND_IDENT, ' ')
    .split(/[\s|,;]+/)
    .filter((word) => NUMBER.test(word))
    .slice(-MAX_NUMBERS);
}

/** The numbers of an access line one of which may be its duration: those behind the size, or else what stands in its place. */
export function untoldNumbers(
  numbers: readonly string[],
  size: string,
): Pick<LogRecord, 'rawDurations' | 'sizeOrDuration'> {
  if (numbers.length > 0) return { rawDurations: numbers };
  return NO_NUMBER.test(size) ? {} : { sizeOrDuration: size };
}
