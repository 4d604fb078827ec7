import type { Stamp } from '../../model/time.js';
import { findStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { type AccessLine, splitAccess } from './parts/access.js';
import { listening } from './parts/listening.js';
import { exceptionNotice } from './parts/resource.js';

/** A head that may hold a date and a time besides a client's address, characters. */
const LONG_HEAD = 30;
/** What Odoo writes behind it: how many queries, their time, and that of all else. */
const NUMBERS = /^(?: \d{1,9}(?:\.\d{1,6})?){1,4}$/;

/**
 * Access line of Werkzeug (Flask's development server) and Python's `http.server`: local time with a blank between date and
 * time, never a size. Written when the response is done.
 */
export const werkzeugAccess = {
  id: 'werkzeug-access',
  specimens: [
    '127.0.0.1 - - [05/Jan/2026 11:38:48] "GET /?id=1 HTTP/1.1" 200 -',
    'INFO:werkzeug:127.0.0.1 - - [05/Jan/2026 11:38:48] "GET / HTTP/1.1" 500 -',
    '2026-01-05 11:38:48,236 4242 INFO shop werkzeug: 127.0.0.1 - - [05/Jan/2026 11:38:48] "GET /?id=10 HTTP/1.1" 200 - 3 0.002 0.804',
    '::1 - - [05/Jan/2026 11:38:48] "POST /x y HTTP/1.1" 404 -',
  ],
  match(line) {
    const access = line.includes('" ') ? splitAccess(line) : undefined;
    if (!access || access.stamp.zoned || access.time.charCodeAt(11) !== 32) return undefined;
    const rest = access.tail;
    const numbers = NUMBERS.test(rest) ? rest.trim().split(' ') : undefined;
    return {
      kind: 'end',
      stamp: finerStamp(access) ?? access.stamp,
      status: access.status,
      ...(access.target === undefined ? {} : { target: access.target }),
      ...(numbers ? { rawDurations: numbers } : rest.length > 3 ? { rest } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

/** A logger's own time before the line shows more than the seconds in it. */
function finerStamp({ head, stamp }: AccessLine): Stamp | undefined {
  const own = head.length > LONG_HEAD ? findStamp(head)?.stamp : undefined;
  const isFiner = own && own.resolutionMs < stamp.resolutionMs && Math.abs(own.ms - stamp.ms) <= stamp.resolutionMs;
  return isFiner ? own : undefined;
}

const RUNNING = /^(?:INFO:werkzeug:)? ?\* Running on (?:all addresses \(([\d.:a-f]+)\)|(\S+))/;
const BANNER =
  /^(?:INFO:werkzeug:|WARNING:werkzeug:)? ?(?:\* (?:Serving Flask app|Debug mode|Environment:|Restarting with|Debugger |Detected |Tip:|Use a production)|WARNING: This is a development server|Press CTRL\+C to quit|Use a production WSGI server|Serving HTTP on)/i;

/** Said once, when it starts. Of a log that lost lines one may be left: either tells of a start. */
const STARTING = /^(?:INFO:werkzeug:)? ?\* (?:Serving Flask app|Debug mode)/;

/** What Flask prints when it starts. */
export const flaskBanner = {
  id: 'flask-banner',
  specimens: [
    " * Serving Flask app 'app'",
    ' * Running on http://127.0.0.1:8081',
    ' * Running on all addresses (0.0.0.0)',
    'Press CTRL+C to quit',
    'WARNING: This is a development server. Do not use it in a production deployment. Use a production WSGI server instead.',
  ],
  match(line) {
    const running = line.includes('* Running on') ? RUNNING.exec(line) : null;
    if (running?.[2] !== undefined) return { kind: 'notice', notice: listening(running[2]) };
    if (STARTING.test(line) && line.length < 300) return { kind: 'notice', notice: { kind: 'server', name: 'Flask' } };
    if (running || (line.length < 300 && BANNER.test(line))) return { kind: 'understood' };
    if (line.startsWith('Address already in use')) return { kind: 'notice', notice: exceptionNotice(line) };
    return undefined;
  },
} satisfies LogPattern;
