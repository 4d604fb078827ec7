import type { LogPattern } from './log-pattern.js';
import { listening } from './parts/listening.js';
import { stampBefore } from './parts/prefix.js';

const SERVING = /(?:waitress\S*(?:\s-\s[A-Z]+)?[ :-]+|^|: )Serving on (\S+:\d+)/;
const LIMIT_REACHED = 'total open connections reached the connection limit';
const LIMIT_LEFT = 'total open connections dropped below the connection limit';
const DEPTH = /Task queue depth is (\d{1,9})/;

/** waitress writes no access log; its queue tells that all threads are busy, its connection limit that it accepts no more. */
export const waitress = {
  id: 'waitress',
  specimens: [
    '2026-01-05 11:25:07,316 - waitress - INFO - Serving on http://127.0.0.1:8080',
    'INFO:waitress:Serving on http://127.0.0.1:8080',
    'WARNING:waitress.queue:Task queue depth is 12',
    'WARNING:waitress:total open connections reached the connection limit, no longer accepting new connections',
    'WARNING:waitress:total open connections dropped below the connection limit, listening again',
  ],
  match(line) {
    if (line.length > 500) return undefined;
    const depth = line.includes('Task queue depth') ? DEPTH.exec(line) : null;
    if (depth) {
      return {
        kind: 'notice',
        ...stampBefore(line, depth.index),
        notice: { kind: 'queue-depth', depth: Number(depth[1]) },
      };
    }
    const reached = line.indexOf(LIMIT_REACHED);
    if (reached >= 0) return { kind: 'notice', ...stampBefore(line, reached), notice: { kind: 'queue-full' } };
    if (line.includes(LIMIT_LEFT)) return { kind: 'understood' };
    const serving = line.includes('Serving on ') ? SERVING.exec(line) : null;
    if (!serving) return undefined;
    // Others say as well that they serve; waitress does so with threads.
    const unit = serving[0].includes('waitress') ? { notices: [{ kind: 'worker-unit', unit: 'thread' } as const] } : {};
    return { kind: 'notice', ...stampBefore(line, serving.index + 1), notice: listening(serving[1] ?? ''), ...unit };
  },
} satisfies LogPattern;
