import type { Notice } from '../../model/events.js';
import { parseStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { durationOf, statusOf, targetOf } from './parts/access.js';
import { exceptionNotice } from './parts/resource.js';

const ACCESS =
  /^\S+ - .{0,60}? (\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}) "([^"]*)" (\d{3})(?: \S+ (\d{1,9}\.\d{1,6}) \d{1,12} [\d.]+%)?/;

/**
 * PHP-FPM's access log. `%t` is when the request was received; the usual long form has the duration (`%{mili}d`, ms) behind
 * the script. Without it the line tells an end at an unknown time.
 */
export const phpFpmAccess = {
  id: 'php-fpm-access',
  specimens: [
    '- -  05/Jan/2026:15:36:00 +0300 "GET /index.php?id=4" 200',
    '127.0.0.1 -  05/Jan/2026:15:36:00 +0000 "GET /index.php" 200 /var/www/index.php 12.345 2048 81.00%',
  ],
  match(line) {
    if (!line.includes(' - ') || line.includes('] "')) return undefined;
    const m = ACCESS.exec(line);
    const stamp = m && parseStamp(m[1] ?? '');
    if (!m || !stamp) return undefined;
    const duration = durationOf(m[4] ?? '', 1);
    const target = targetOf(m[2] ?? '');
    return {
      kind: duration ? 'span' : 'end',
      stamp,
      stampIs: 'begin',
      status: statusOf(m[3] ?? ''),
      ...(target === undefined ? {} : { target }),
      ...duration,
    } satisfies LogRecord;
  },
} satisfies LogPattern;

const PREFIX = /^\[(\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d+)?)\] (NOTICE|WARNING|ERROR|ALERT|DEBUG): (.*)/s;
type Rule = readonly [RegExp, (m: RegExpExecArray) => Notice];
const RULES: readonly Rule[] = [
  [
    /^\[pool \S+\] server reached (?:pm\.)?max_children setting \((\d{1,6})\)/,
    (m) => ({ kind: 'setting', name: 'processes', value: Number(m[1]) }),
  ],
  [/^fpm is running, pid \d+/, () => ({ kind: 'server', name: 'PHP-FPM' })],
  [/child (\d{1,10}) exited on signal/, (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'killed' })],
  [/child (\d{1,10}) exited with code/, (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'unknown' })],
  [/child (\d{1,10}) started/, (m) => ({ kind: 'worker-start', pid: Number(m[1]) })],
  [/^(?:Terminating|Finishing|exiting, bye-bye)/, () => ({ kind: 'server-stop' })],
];

/** PHP-FPM's error log. */
export const phpFpmError = {
  id: 'php-fpm-error',
  specimens: [
    '[05-Jan-2026 15:15:22] NOTICE: fpm is running, pid 2052',
    '[05-Jan-2026 15:15:22] WARNING: [pool www] server reached pm.max_children setting (5), consider raising it',
    "[05-Jan-2026 15:15:26] ERROR: unable to bind listening socket for address '127.0.0.1:9000': Address already in use (48)",
    '[05-Jan-2026 15:15:22] NOTICE: ready to handle connections',
  ],
  match(line) {
    if (line.charCodeAt(0) !== 91 || line.charCodeAt(3) !== 45) return undefined;
    const m = PREFIX.exec(line.length > 1000 ? line.slice(0, 1000) : line);
    const stamp = m && parseStamp(m[1] ?? '');
    if (!m || !stamp) return undefined;
    const message = m[3] ?? '';
    for (const [pattern, make] of RULES) {
      const found = pattern.exec(message);
      if (found) return { kind: 'notice', stamp, notice: make(found) };
    }
    return m[2] === 'ERROR' || m[2] === 'ALERT'
      ? { kind: 'notice', stamp, notice: exceptionNotice(message) }
      : { kind: 'understood', stamp };
  },
} satisfies LogPattern;
