import type { Notice } from '../../model/events.js';
import { parseStamp } from '../text/timestamps.js';
import type { LogMatcher, LogPattern, LogRecord } from './log-pattern.js';
import { listening } from './parts/listening.js';
import { exceptionNotice } from './parts/resource.js';

/** `[time zone] [pid] [LEVEL] ` */
const PREFIX = /^\[(\d{4}-[^\]]{10,30})\] \[(\d{1,10})\] \[([A-Z]+)\] (.*)/s;

type Rule = readonly [RegExp, (m: RegExpExecArray, pid: number) => Notice];
const exit = (pid: string | undefined, cause: 'killed' | 'timeout' | 'stopped' | 'unknown'): Notice => ({
  kind: 'worker-exit',
  pid: Number(pid),
  cause,
});

/** Classes of gunicorn's own; a class of somebody else's may run its code on threads as well. */
const unitOf = (name: string) => (name === 'sync' ? 'process' : /thread/.test(name) ? 'thread' : 'coroutine');

const RULES: readonly Rule[] = [
  [/^Starting gunicorn (\S+)/, (m) => ({ kind: 'server', name: 'gunicorn', version: m[1] ?? '' })],
  [/^Listening at: (\S+?),? /, (m) => listening(m[1] ?? '')],
  [/^Running on (\S+) /, (m) => listening(m[1] ?? '')],
  [/^Uvicorn running on (\S+) /, (m) => listening(m[1] ?? '')],
  [
    /^Using worker: (sync|gthread|threads|gevent|gevent_\w+|eventlet)$/,
    (m) => ({ kind: 'worker-unit', unit: unitOf(m[1]!) }),
  ],
  [/^Booting worker with pid: (\d+)/, (m) => ({ kind: 'worker-start', pid: Number(m[1]) })],
  [/^WORKER TIMEOUT \(pid:(\d+)\)/, (m) => exit(m[1], 'timeout')],
  [/^Worker (?:\(pid:|with pid )(\d+)\)? was (?:sent SIG|terminated due to signal )/, (m) => exit(m[1], 'killed')],
  [/^Worker \(pid:(\d+)\) exited with code/, (m) => exit(m[1], 'unknown')],
  [/^Worker exiting \(pid: (\d+)\)/, (m) => exit(m[1], 'stopped')],
  [/^(?:Handling signal: (?:term|int|quit)|Shutting down: Master)/, () => ({ kind: 'server-stop' })],
];
const AUTORESTART = /^(?:Autorestarting worker after current request|Maximum request limit of \d+ exceeded)/;
const NO_ACCESS = /^(?!.*" (?:\d{3}|-) )/;

/** Gunicorn's error log; Hypercorn's and uvicorn's under gunicorn look alike. Tells restarts from recycling. */
export const gunicornServer = {
  id: 'gunicorn-server',
  stampsEnds: true,
  specimens: [
    '[2026-01-05 14:52:33 -0600] [9664] [INFO] Starting gunicorn 21.2.0',
    '[2026-01-05 14:52:33 -0600] [9664] [INFO] Listening at: http://127.0.0.1:5008 (9664)',
    '[2026-01-05 14:52:33 -0600] [9664] [INFO] Using worker: gthread',
    '[2026-01-05 14:52:33 -0600] [9670] [INFO] Booting worker with pid: 9670',
    '[2026-01-05 14:53:10 -0600] [9664] [CRITICAL] WORKER TIMEOUT (pid:9670)',
    '[2026-01-05 14:53:10 -0600] [9670] [INFO] Worker exiting (pid: 9670)',
    '[2026-01-05 14:53:10 -0600] [9664] [ERROR] Worker (pid:9670) was sent SIGKILL! Perhaps out of memory?',
    '[2026-01-05 14:53:12 -0600] [9664] [INFO] Handling signal: term',
    '[2026-01-05 14:53:10 +0000] [9664] [INFO] Running on http://127.0.0.1:8000 (CTRL + C to quit)',
  ],
  match: (line) => read(line, new Set()),
  open(): LogMatcher {
    const recycled = new Set<number>();
    return { match: (line) => read(line, recycled) };
  },
} satisfies LogPattern;

/** @param recycled pids that announced to end after their current request */
function read(line: string, recycled: Set<number>): LogRecord | undefined {
  if (line.charCodeAt(0) !== 91 || !line.includes('] [')) return undefined;
  const m = PREFIX.exec(line.length > 2000 ? line.slice(0, 2000) : line);
  const stamp = m && parseStamp(m[1] ?? '');
  if (!m || !stamp) return undefined;
  const message = m[4] ?? '';
  const pid = Number(m[2]);
  if (AUTORESTART.test(message)) {
    if (recycled.size < 100_000) recycled.add(pid);
    return { kind: 'understood', stamp };
  }
  for (const [pattern, make] of RULES) {
    const found = pattern.exec(message);
    if (found) return { kind: 'notice', stamp, pid, notice: asRecycled(make(found, pid), recycled) };
  }
  if (m[3] === 'ERROR' || m[3] === 'CRITICAL') return { kind: 'notice', stamp, pid, notice: exceptionNotice(message) };
  return NO_ACCESS.test(message) ? { kind: 'logger', stamp } : undefined;
}

function asRecycled(notice: Notice, recycled: ReadonlySet<number>): Notice {
  const planned = notice.kind === 'worker-exit' && notice.cause === 'stopped' && recycled.has(notice.pid ?? -1);
  return planned ? { ...notice, cause: 'recycled' } : notice;
}
