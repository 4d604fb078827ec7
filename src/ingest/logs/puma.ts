import type { Notice } from '../../model/events.js';
import type { LogPattern } from './log-pattern.js';
import { listening } from './parts/listening.js';

const PREFIX = /^(?:\[(\d{1,10})\] )?(.*)/s;
type Rule = readonly [RegExp, (m: RegExpExecArray) => Notice];
const RULES: readonly Rule[] = [
  [/^\* +Puma version: (\S+)/, (m) => ({ kind: 'server', name: 'Puma', version: m[1] ?? '' })],
  [/^\* +Max threads: (\d{1,6})/, (m) => ({ kind: 'setting', name: 'threads', value: Number(m[1]) })],
  [/^\* +Workers: (\d{1,6})/, (m) => ({ kind: 'setting', name: 'processes', value: Number(m[1]) })],
  [/^\* Listening on (\S+)/, (m) => listening(m[1] ?? '')],
  [/^- Worker \d+ \(PID: (\d{1,10})\) booted/, (m) => ({ kind: 'worker-start', pid: Number(m[1]) })],
  [
    /^! Terminating timed out worker.*?: (\d{1,10})/,
    (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'timeout' }),
  ],
  [/^- Gracefully (?:stopping|shutting)/, () => ({ kind: 'server-stop' })],
];
const BANNER =
  /^(?:=== puma (?:startup|shutdown)|Puma starting|\* |- Goodbye!|Use Ctrl-C to stop|- Worker \d+ \(PID: \d+\) terminating|! (?:WARNING|Detected|Thread))/;

/** Puma's start-up and shutdown; it writes no access log by default. */
export const puma = {
  id: 'puma',
  stampsEnds: true,
  specimens: [
    'Puma starting in single mode...',
    '* Puma version: 6.0.0 (ruby 3.1.2-p20) ("Sunflower")',
    '*  Min threads: 5',
    '*  Max threads: 5',
    '* Listening on http://127.0.0.1:9292',
    '[657] *      Workers: 2',
    '[657] - Worker 0 (PID: 658) booted in 0.0s, phase: 0',
    '[657] - Gracefully shutting down workers...',
    '=== puma startup: 2026-01-05 18:51:30 +0900 ===',
  ],
  match(line) {
    if (line.length > 500) return undefined;
    const m = PREFIX.exec(line);
    const message = m?.[2] ?? '';
    for (const [pattern, make] of RULES) {
      const found = pattern.exec(message);
      if (found) return { kind: 'notice', notice: make(found) };
    }
    return BANNER.test(message) ? { kind: 'understood' } : undefined;
  },
} satisfies LogPattern;
