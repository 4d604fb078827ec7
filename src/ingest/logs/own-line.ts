import { findStampIn } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { statusOf } from './parts/access.js';
import { calledDuration, longestDuration, numbersIn, workerIn } from './parts/access-fields.js';

/** Longest line that is looked at, characters. */
const MAX_LINE = 4096;
/** Where the time of such a line begins at the latest, characters. */
const TIME_WITHIN = 200;
const METHODS = 'GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS';
/** ` GET /x?id=1`, ` path=/x`. */
const REQUEST = new RegExp(
  `(?:^|[\\s"|,;:])(?:(?:${METHODS}) |(?:path|uri|URI|url|URL|target)[=:] ?"?)(\\/[^\\s"|,;]{0,4000})(?=[\\s"|,;]|$)`,
);
/** `/x?id=1` as a field of its own. */
const BARE_PATH = /(?:^|[\s|;])"?(\/[^\s"|,;]{0,4000})"?(?=[\s|;]|$)/;
/** A request in quotes: such lines have readers of their own, and what those refuse (object stores' logs) is no server's. */
const QUOTED = /"[A-Z]{3,20} [^"]* HTTP\/\d(?:\.\d)?"/;
/** A load generator's row says whether the sample was a success: it is the client's. */
const SAMPLE = /([,;\t|])(?:true|false)\1/i;
/** A status as a field of its own, or called so. */
const STATUS = /(?:^|[\s|,;])(?:(?:status(?:_?code)?|code|resp|rc)[=:] ?)?([1-5]\d\d)(?=[\s|,;]|$)/i;
/** An id as a field of its own, which a path without its query lacks. */
const ID = /(?:^|[\s|,;({"])(?:(?:request|req)_?)?id"?[=:] ?"?([\w-]{1,64})(?=[\s|,;)}"]|$)/i;
/** A logger's level: its stamp is when the line was written, which is the end of what the line tells the length of. */
const LEVEL = /(?:^|[\s[(|,;])(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR)(?=[\s\])|,;:]|$)|(?:^|\s)level[=:]/;
/** A duration that is called so. */
const CALLED = /(?:^|[\s|,;(])(?:took|duration|elapsed|latency|time|dur|rt)(?:_ms)?[=: ] ?\d/i;

/**
 * Lines of requests in an order of one's own that do not quote the request: a time, the request's path with or without its method, and
 * how it ended: a status and a duration, or a duration that is called one (Tomcat's `%{end:msec}t %I %D %s %U`, uWSGI's `log-format`,
 * morgan's with a date, a handler's own). A line in words of its own may have begun the request.
 */
export const ownLine = {
  id: 'own-line',
  specimens: [
    '1767621218593 http-nio-127.0.0.1-8080-exec-7 1045769 200 /x?id=7',
    '2026-01-05 13:53:38.412 [http-nio-127.0.0.1-8080-exec-4] GET /x?id=4 200 1039402',
    '2026-01-05T13:53:38.095Z GET /x?id=1 200 1201.000 ms - 3',
    '05/Jan/2026:13:53:38 +0000 w1 pid10 GET /x?id=1 200 1001ms',
    'I0105 13:53:38.236037       7 httplog.go:132] "HTTP" verb="GET" URI="/x?id=10" latency="804.000ms" userAgent="JMeter" resp=200',
    '[I 260105 13:53:38 web:2348] 200 GET /x?id=10 (127.0.0.1) 804.00ms',
    'I, [2026-01-05T13:53:38.236037 #3315]  INFO -- : method=GET path=/ format=html action=index status=200 duration=804.00 view=0.12 id=10',
    '2026-01-05T13:53:38.460 INFO served path=/x?id=3 took=1000ms thread=waitress-3 pid=7',
  ],
  match(line) {
    if (line.length > MAX_LINE || !line.includes('/')) return undefined;
    const found = findStampIn(line, 0, TIME_WITHIN);
    if (!found || QUOTED.test(line) || SAMPLE.test(line)) return undefined;
    const text = `${line.slice(0, found.start)} ${line.slice(found.end)}`;
    const named = REQUEST.exec(text);
    const request = named ?? BARE_PATH.exec(text);
    if (!request) return undefined;
    const fields = `${text.slice(0, request.index)} ${text.slice(request.index + request[0].length)}`;
    const end = endIn(fields, named !== null);
    if (!end) return undefined;
    return {
      stamp: found.stamp,
      stampIs: LEVEL.test(fields) ? 'end' : 'unsure',
      target: request[1] ?? '',
      ...idIn(fields),
      ...end,
      ...workerIn(fields),
      mayBeBegunBefore: true,
    } satisfies LogRecord;
  },
} satisfies LogPattern;

function idIn(fields: string): Pick<LogRecord, 'otherId'> {
  const id = ID.exec(fields)?.[1];
  return id === undefined ? {} : { otherId: id };
}

type End = Pick<LogRecord, 'kind' | 'status' | 'durationMs' | 'durationResolutionMs' | 'rawDurations'>;

/** How the request ended, `undefined` if the fields do not tell that it did. */
function endIn(fields: string, isNamed: boolean): End | undefined {
  const status = STATUS.exec(fields);
  const ended = status ? { status: statusOf(status[1] ?? '') } : {};
  const stated = longestDuration(fields);
  if (stated) {
    const sure = status ? isNamed || CALLED.test(fields) : isNamed && CALLED.test(fields);
    return sure ? { kind: 'span', ...ended, ...stated } : undefined;
  }
  if (!status) return undefined;
  const called = calledDuration(fields);
  if (called) return { kind: called.rawDurations ? 'end' : 'span', ...ended, ...called };
  const numbers = numbersIn(`${fields.slice(0, status.index)} ${fields.slice(status.index + status[0].length)}`);
  return numbers.length === 0 ? undefined : { kind: 'end', ...ended, rawDurations: numbers };
}
