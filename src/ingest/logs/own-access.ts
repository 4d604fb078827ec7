import { findStampIn } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { statusOf, targetOf } from './parts/access.js';
import { longestDuration, numbersIn, untoldNumbers, workerIn } from './parts/access-fields.js';

/** Longest line that is looked at, characters. */
const MAX_LINE = 16_384;
const OPEN_BRACKET = 91;
/** How far before the request the time may stand, and how far behind it, characters. */
const MAX_BEFORE = 400;
const MAX_AFTER = 800;
/** `"GET /x?id=1 HTTP/1.1"`, on which the form turns. */
const REQUEST = /"([A-Z]{3,20} [^"\s]{1,4000} HTTP\/\d(?:\.\d)?)"/;
const QUOTED = /"[^"]*"/g;
/** ` 200 5` behind the request, or a status that is called so. */
const STATUS_BEHIND = /^\s{0,4}[|,;]?\s{0,4}(\d{3})(?=[\s|,;]|$)/;
/** `1004289 200 ` before it. */
const STATUS_BEFORE = /\s([1-5]\d\d) $/;
const STATUS_CALLED = /\b(?:status|code|rc)[ =:]{1,2}(\d{3})\b/i;
/** A status' and a size's place right behind the request: no duration. */
const STATUS_AND_SIZE = /^\s{0,4}[|,;]?\s{0,4}\d{3}(?:\s{0,4}[|,;]?\s{0,4}(\d{1,12}|-))?(?=[\s|,;]|$)/;

/**
 * Access lines in an order of one's own (Apache's `LogFormat`, gunicorn's `--access-logformat`, nginx' `log_format`): a time, the request in
 * quotes with its protocol, a status, and what else was asked for: process and thread by name, a duration with its unit or without.
 */
export const ownAccess = {
  id: 'own-access',
  specimens: [
    '2026-01-05 13:53:38.593764 pid 12 tid 140492474820288 1503396 us "GET /?id=1 HTTP/1.1" 200 5',
    '2026-01-05T13:53:38.593Z | 127.0.0.1 | "GET /?id=1 HTTP/1.1" | 200 | 5 | pid=12 | 1503 ms',
    '1767621218.593 "GET /?id=1 HTTP/1.1" 200 5 1.503',
    '[05/Jan/2026:13:53:38.593 +0000] 13 139922541745856 1004289 200 "GET /?id=1 HTTP/1.1"',
    '192.0.2.7 2026-01-05 13:53:38.593 [http-nio-8080-exec-1] "GET /?id=1 HTTP/1.1" 200 550602',
  ],
  match(line) {
    if (line.length > MAX_LINE || !line.includes(' HTTP/')) return undefined;
    const request = REQUEST.exec(line);
    if (!request) return undefined;
    const behind = request.index + request[0].length;
    const found =
      findStampIn(line, Math.max(0, request.index - MAX_BEFORE), request.index) ??
      findStampIn(line, behind, Math.min(line.length, behind + MAX_AFTER));
    const before = line.slice(Math.max(0, request.index - MAX_BEFORE), request.index);
    const after = line.slice(behind, behind + MAX_AFTER);
    const status =
      STATUS_BEHIND.exec(after)?.[1] ??
      STATUS_CALLED.exec(`${before} ${after}`)?.[1] ??
      STATUS_BEFORE.exec(before)?.[1];
    // In brackets it stands in NCSA's form, which has its own reader; what that refuses (object stores' logs) is no server's, but for lines that begin with it.
    if (!found || status === undefined || (found.start > 1 && line.charCodeAt(found.start - 1) === OPEN_BRACKET))
      return undefined;
    const fields = fieldsOf(line, request.index, behind, found);
    return {
      stamp: found.stamp,
      stampIs: 'unsure',
      status: statusOf(status),
      target: targetOf(request[1] ?? '') ?? '',
      ...workerIn(fields),
      ...durationIn(fields, STATUS_AND_SIZE.exec(after)?.[1] ?? ''),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

/** What is left of the line without time, request, status, size and other quoted texts. */
function fieldsOf(line: string, request: number, behind: number, stamp: { start: number; end: number }): string {
  const tail = line.slice(behind, behind + MAX_AFTER).replace(STATUS_AND_SIZE, ' ');
  const head = line.slice(Math.max(0, request - MAX_BEFORE), request);
  if (stamp.start >= behind)
    return `${head} ${tail.replace(line.slice(stamp.start, stamp.end), ' ')}`.replace(QUOTED, ' ');
  return `${line.slice(Math.max(0, request - MAX_BEFORE), stamp.start)} ${line.slice(stamp.end, request)} ${tail}`.replace(
    QUOTED,
    ' ',
  );
}

function durationIn(
  fields: string,
  size: string,
): Pick<LogRecord, 'kind' | 'durationMs' | 'durationResolutionMs' | 'rawDurations' | 'sizeOrDuration'> {
  const stated = longestDuration(fields);
  if (stated) return { kind: 'span', ...stated };
  return { kind: 'end', ...untoldNumbers(numbersIn(fields), size) };
}
