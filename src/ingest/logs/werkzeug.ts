import type { LogPattern, LogRecord } from './log-pattern.js';
import { splitAccess } from './parts/access.js';
import { listening } from './parts/listening.js';
import { exceptionNotice } from './parts/resource.js';

/**
 * Access line of Werkzeug (Flask's development server) and Python's `http.server`: local time with a blank between date and
 * time, never a size. Written when the response is done.
 */
export const werkzeugAccess = {
  id: 'werkzeug-access',
  specimens: [
    '127.0.0.1 - - [05/Jan/2026 11:38:48] "GET /?id=1 HTTP/1.1" 200 -',
    'INFO:werkzeug:127.0.0.1 - - [05/Jan/2026 11:38:48] "GET / HTTP/1.1" 500 -',
    '::1 - - [05/Jan/2026 11:38:48] "POST /x y HTTP/1.1" 404 -',
  ],
  match(line) {
    const access = line.includes('" ') ? splitAccess(line) : undefined;
    if (!access || access.stamp.zoned || access.time.charCodeAt(11) !== 32) return undefined;
    const rest = access.tail;
    return {
      kind: 'end',
      stamp: access.stamp,
      status: access.status,
      ...(access.target === undefined ? {} : { target: access.target }),
      ...(rest.length > 3 ? { rest } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

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
