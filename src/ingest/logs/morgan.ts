import type { LogPattern, LogRecord } from './log-pattern.js';
import { durationOf, statusOf } from './parts/access.js';

const METHODS = 'GET|HEAD|POST|PUT|DELETE|PATCH|OPTIONS|COPY|TRACE|CONNECT|PROPFIND';
const DEV = new RegExp(`^(?:${METHODS}) (\\S+) (\\d{3}|-) (\\d{1,9}(?:\\.\\d{1,6})?|-) ms - (?:\\d{1,15}|-)\\s*$`);
const TINY = new RegExp(`^(?:${METHODS}) (\\S+) (\\d{3}|-) (?:\\d{1,15}|-) - (\\d{1,9}(?:\\.\\d{1,6})?|-) ms\\s*$`);
const SHORT = new RegExp(
  `^\\S+ \\S+ (?:${METHODS}) (\\S+) HTTP\\/[\\d.]+ (\\d{3}|-) (?:\\d{1,15}|-) - (\\d{1,9}(?:\\.\\d{1,6})?|-) ms\\s*$`,
);

/**
 * Node's morgan in its forms without a time: dev, tiny, short. Written when the response is finished; dashes stand for a
 * response that was not sent.
 */
export const morgan = {
  id: 'morgan',
  specimens: [
    'GET /?id=1 200 0.737 ms - 16',
    'GET /?id=1 200 16 - 0.737 ms',
    '::1 - GET /?id=1 HTTP/1.1 200 16 - 0.737 ms',
    'GET /?id=2 - - ms - -',
  ],
  match(line) {
    if (!line.includes(' ms') || line.length > 10_000) return undefined;
    const m = DEV.exec(line) ?? TINY.exec(line) ?? SHORT.exec(line);
    if (!m) return undefined;
    const duration = durationOf(m[3] ?? '', 1);
    const status = statusOf(m[2] ?? '');
    return {
      kind: duration ? 'span' : 'end',
      target: m[1] ?? '',
      status,
      ...duration,
      ...(status === 0 ? { unanswered: true } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;
