import type { LogPattern, LogRecord } from './log-pattern.js';
import { type AccessLine, durationOf, splitAccess } from './parts/access.js';
import { longestDuration, untoldNumbers, workerIn } from './parts/access-fields.js';

/** Longest tail that is looked at, characters, and most numbers in it that may be the duration. */
const MAX_TAIL = 400;
const MAX_NUMBERS = 6;
const QUOTED_TEXT = /"(?![\d.]+")[^"]*"/g;
/** No longer than a duration in microseconds: thread ids (`%{tid}P`) have more digits. */
const NUMBER = /^"?(\d{1,12}(?:\.\d{1,9})?)"?$/;
/** Durations whose field says its unit: nginx' `rt=0.123`, Apache's `D=1561`, morgan's `- 5.1 ms`, Tomcat's `ms:71`. */
const NAMED: readonly (readonly [RegExp, number])[] = [
  [/(?:^|\s)"?(?:rt|request_time|resp_time|duration|time)[=:]"?(\d{1,7}\.\d{1,9})s?"?(?=[\s"]|$)/, 1000],
  [/(?:^|\s)(\d{1,9}(?:\.\d{1,9})?) ms\s*$/, 1],
  [/(?:^|\s)"?ms[:=](\d{1,12}(?:\.\d{1,6})?)"?(?=\s|$)/, 1],
  [/(?:^|\s)"?D=(\d{1,12})"?(?=\s|$)/, 0.001],
  [/(?:^|\s)"?(\d{1,9}(?:\.\d{1,6})?)ms"?\s*$/, 1],
  [/(?:^|\s)"?(\d{1,12})us"?\s*$/, 0.001],
  [/(?:^|\s)"?(\d{1,7}(?:\.\d{1,9})?)s"?\s*$/, 1000],
];
/** How long the server behind took: nginx' `urt=0.123`, `upstream_response_time="0.123"`. */
const BEHIND = /(?:^|[\s{,])"?(?:urt|uht|uct|upstream_(?:response|header|connect)_time|upstream)[=:]/;
/** The only unit of a number with a decimal point that servers write: seconds (nginx, gunicorn %(L)s, Rack). */
const HYPERCORN = /^\[\d{4}-[^\]]{10,30}\] \[(\d{1,10})\] \[[A-Z]+\] /;

/**
 * NCSA common and combined log, with the host before or behind, and with a duration at the end if one was configured. Its
 * unit is not in the line and the servers differ in which instant they stamp (Apache the begin, nginx the end): both are left
 * to the reader, which sees the whole file. Apache and Tomcat may put more numbers and a thread's name there. Hypercorn puts its process id before the line.
 */
export const commonLog = {
  id: 'common-log',
  specimens: [
    '192.0.2.7 - frank [05/Jan/2026:13:55:36 -0700] "GET /x?id=7 HTTP/1.0" 200 2326',
    '192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /x HTTP/1.1" 200 12 "-" "hey/0.0.1"',
    'www.example.com 192.0.2.7 - user [05/Jan/2026:16:42:07 -0500] "GET / HTTP/1.0" 301 368',
    '192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /x HTTP/1.1" 200 12 "-" "hey/0.0.1" "0.001561"',
    '192.0.2.7 - - [05/Jan/2026:21:17:41 +0100] "GET / HTTP/1.0" 200 25 0.0959',
    '192.0.2.7 - - [05/Jan/2026:21:17:41 +0100] "GET /x HTTP/1.1" 200 5 "-" "hey/0.0.1" rt=0.502 urt=0.501',
    '192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /x HTTP/1.1" 200 12 "-" "Mozilla/5.0" 116075',
    '192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /x HTTP/1.1" 200 12 9203813 http-nio-8080-exec-12',
    '192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "GET /x HTTP/1.1" 200 176 3549765 15520 140461285869440',
    '192.0.2.7 - - [05/Jan/2026:13:55:36 +0000] "-" 400 0 "-" "-"',
    '127.0.0.1 10 139957248636608 [05/Jan/2026:13:55:36 +0000] "GET /?id=3 HTTP/1.1" 200 1001191',
    '[05/Jan/2026:13:55:36 +0000] <4711> 192.0.2.7 "GET /x?id=2 HTTP/1.1" 200 5 2007431',
    '[05/Jan/2026:13:55:36 +0000] pid=<4711> "GET /x?id=2 HTTP/1.1" 200 802442us',
    '[05/Jan/2026:13:55:36 +0000] pid 42 tid 77 "GET /?id=3 HTTP/1.1" 200 5 1503 us "-"',
    '[2026-01-05 15:02:17 +0000] [611] [INFO] 127.0.0.1:64893 - - [05/Jan/2026:15:02:17 +0000] "GET /?id=1 1.0" 200 65 "-" "ab/2.3"',
    '[2026-01-05 15:02:17 +0000] [611] [INFO] 127.0.0.1:64893 - - [05/Jan/2026:15:02:17 +0000] "GET /?id=1 1.0" - - "-" "ab/2.3"',
  ],
  match(line) {
    const access = splitAccess(line);
    if (!access) return undefined;
    const worker = access.head.charCodeAt(0) === 91 ? HYPERCORN.exec(access.head) : null;
    return {
      stamp: access.stamp,
      status: access.status,
      ...(access.target === undefined ? {} : { target: access.target }),
      ...(worker ? { pid: Number(worker[1]), identity: 'process', kind: 'end', stampIs: 'end' } : endOrSpan(access)),
      ...(worker ? {} : workerIn(`${access.head} ${access.tail.slice(0, MAX_TAIL).replace(QUOTED_TEXT, ' ')}`)),
      ...(access.status === 0 ? { unanswered: true } : {}),
      ...(BEHIND.test(access.tail.slice(-MAX_TAIL)) ? { behind: true } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

function endOrSpan({
  tail,
  size,
}: AccessLine): Pick<
  LogRecord,
  'kind' | 'stampIs' | 'rawDurations' | 'sizeOrDuration' | 'durationMs' | 'durationResolutionMs'
> {
  if (tail === '') return { kind: 'end', stampIs: 'unsure', ...untoldNumbers([], size) };
  const last = tail.length > MAX_TAIL ? tail.slice(-MAX_TAIL) : tail;
  for (const [pattern, unit] of NAMED) {
    const m = pattern.exec(last);
    const duration = m ? durationOf(m[1] ?? '', unit) : undefined;
    if (duration) return { kind: 'span', stampIs: 'unsure', ...duration };
  }
  const fields = last.replace(QUOTED_TEXT, ' ');
  const stated = longestDuration(fields);
  if (stated) return { kind: 'span', stampIs: 'unsure', ...stated };
  const words = fields.split(/\s+/);
  const numbers = words.flatMap((word) => NUMBER.exec(word)?.[1] ?? []).slice(-MAX_NUMBERS);
  return {
    kind: 'end',
    stampIs: 'unsure',
    ...untoldNumbers(numbers, size),
  };
}

/** An access line without a time: `host - - "GET / HTTP/1.1" 200 65508 4.386` in a syslog that has the time. */
export const timelessAccess = {
  id: 'timeless-access',
  specimens: ['127.0.0.1 - - "GET /x?id=3 HTTP/1.1" 200 65508 4.386', '127.0.0.1 - - "GET /x HTTP/1.1" 404 12'],
  match(line) {
    if (!line.includes('HTTP/')) return undefined;
    const m = TIMELESS.exec(line);
    if (!m) return undefined;
    return {
      kind: 'end',
      status: Number(m[2]),
      target: m[1] ?? '',
      ...(m[3] === undefined ? {} : { rawDurations: [m[3]] }),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

const TIMELESS =
  /^\S{1,100} \S{1,60} \S{1,60} "[A-Z]{3,20} ([^"]*) HTTP\/[\d.]+" (\d{3}) (?:\d{1,20}|-)(?: (\d{1,7}\.\d{1,9}))?\s*$/;
