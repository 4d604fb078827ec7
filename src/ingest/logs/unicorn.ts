import type { Notice } from '../../model/events.js';
import { parseStamp } from '../text/timestamps.js';
import type { LogPattern } from './log-pattern.js';
import { listening } from './parts/listening.js';

/** Ruby's Logger: letter of the level, time and `#pid` in brackets, level, program. */
const PREFIX = /^[DIWEFA], \[(\d{4}-[^ ]{10,30}) #(\d{1,10})\] +[A-Z]+ -- ([^:]{0,100}): (.*)/s;
/** Lograge's one line of each request. */
const REQUEST = /(?:^| )path=\/.* status=\d{3} /;
type Rule = readonly [RegExp, (m: RegExpExecArray) => Notice];
const RULES: readonly Rule[] = [
  [/^listening on addr=(\S+)/, (m) => listening(m[1] ?? '')],
  [/^worker=\d+ spawned pid=(\d{1,10})/, (m) => ({ kind: 'worker-start', pid: Number(m[1]) })],
  [/^worker=\d+ PID:(\d{1,10}) timeout/, (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'timeout' })],
  [
    /^reaped #<Process::Status: pid (\d{1,10}) SIG/,
    (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'killed' }),
  ],
  [
    /^reaped #<Process::Status: pid (\d{1,10}) exit/,
    (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'unknown' }),
  ],
];

/** Unicorn's own lines in the form of Ruby's Logger; others in this form are a logger's. */
export const unicorn = {
  id: 'unicorn',
  stampsEnds: true,
  specimens: [
    'I, [2026-01-05T21:09:02.513208 #290]  INFO -- : listening on addr=127.0.0.1:8080 fd=10',
    'I, [2026-01-05T21:09:02.516770 #291]  INFO -- : worker=0 spawned pid=291',
    'E, [2026-01-05T21:09:02.516770 #290] ERROR -- : worker=0 PID:291 timeout (61s > 60s), killing',
    'I, [2026-01-05T21:09:02.517389 #291]  INFO -- : worker=1 ready',
  ],
  match(line) {
    if (line.charCodeAt(1) !== 44 || line.charCodeAt(3) !== 91) return undefined;
    const m = PREFIX.exec(line.length > 1000 ? line.slice(0, 1000) : line);
    const stamp = m && parseStamp(m[1] ?? '');
    if (!m || !stamp) return undefined;
    const message = m[4] ?? '';
    for (const [pattern, make] of RULES) {
      const found = pattern.exec(message);
      if (found) return { kind: 'notice', stamp, pid: Number(m[2]), notice: make(found) };
    }
    return REQUEST.test(message) ? undefined : { kind: 'logger', stamp };
  },
} satisfies LogPattern;
