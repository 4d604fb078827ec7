import type { Notice } from '../../model/events.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { statusOf, targetOf } from './parts/access.js';
import { listening } from './parts/listening.js';
import { stampBefore } from './parts/prefix.js';

const ACCESS =
  /(?:^|\s)(\S{0,100}:\d{1,5}|) ?- "([A-Z]{3,20} [^"]*HTTP\/[\d.]+)" (\d{3})(?: [A-Z][A-Za-z' -]*?)?(?=\s*$|\d{4}-)/;

/**
 * uvicorn's access line: client with port, reason phrase, by default no time. Written when the response starts, after the
 * handler returned.
 */
export const uvicornAccess = {
  id: 'uvicorn-access',
  specimens: [
    'INFO:     127.0.0.1:61570 - "GET /?id=4 HTTP/1.1" 200 OK',
    '2026-01-05 09:54:11,433 - uvicorn.access - INFO - send:495 - 127.0.0.1:52395 - "POST /api/v1 HTTP/1.1" 307',
    'INFO:     127.0.0.1:56028 - "POST /x HTTP/1.1" 401 Unauthorized',
  ],
  match(line) {
    const dash = line.indexOf('- "');
    if (dash < 0 || !line.includes('HTTP/', dash)) return undefined;
    const m = ACCESS.exec(line);
    if (!m) return undefined;
    const target = targetOf(m[2] ?? '');
    const rest = line.slice(m.index + m[0].length);
    return {
      kind: 'end',
      ...stampBefore(line, m.index + 1),
      status: statusOf(m[3] ?? ''),
      ...(target === undefined ? {} : { target }),
      ...(rest.length > 3 ? { rest } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

type Rule = readonly [RegExp, (m: RegExpExecArray) => Notice];
const RULES: readonly Rule[] = [
  [/Uvicorn running on (\S+)/, (m) => listening(m[1] ?? '')],
  [/Started server process \[(\d{1,10})\]/, (m) => ({ kind: 'worker-start', pid: Number(m[1]) })],
  [/Finished server process \[(\d{1,10})\]/, (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'stopped' })],
  [/: +Exceeded concurrency limit\./, () => ({ kind: 'exception', name: 'Exceeded concurrency limit' })],
  [/: +Shutting down$/, () => ({ kind: 'server-stop' })],
];
const BANNER =
  /^(?:INFO|WARNING): +(?:Will watch for|Started (?:reloader|parent)|Stopping (?:reloader|parent)|Waiting for|Application (?:startup|shutdown)|Maximum request limit|ASGI )/;

/** What uvicorn says of itself. */
export const uvicornServer = {
  id: 'uvicorn-server',
  stampsEnds: true,
  specimens: [
    'INFO:     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)',
    'INFO:     Started server process [14684]',
    'INFO:     Finished server process [14684]',
    'WARNING:  Exceeded concurrency limit.',
    'INFO:     Application startup complete.',
  ],
  match(line) {
    if (!line.includes(':  ') && !line.includes('vicorn')) return undefined;
    if (line.length > 500) return undefined;
    for (const [pattern, make] of RULES) {
      const m = pattern.exec(line);
      if (m) return { kind: 'notice', ...stampBefore(line, m.index + 1), notice: make(m) };
    }
    return BANNER.test(line) ? { kind: 'understood' } : undefined;
  },
} satisfies LogPattern;
