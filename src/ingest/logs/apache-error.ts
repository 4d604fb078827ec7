import type { Notice } from '../../model/events.js';
import { parseStamp } from '../text/timestamps.js';
import type { LogPattern } from './log-pattern.js';
import { exceptionNotice, resourceIn } from './parts/resource.js';

/** Apache 2.4 has module:level and `[pid n:tid m]`, 2.2 a level alone. */
const PREFIX =
  /^\[([A-Z][a-z]{2} [^\]]{16,40})\] \[([\w-]*:)?(emerg|alert|crit|error|warn|notice|info|debug|trace\d)\] (.*)/s;

/** What serves in each of Apache's ways to process requests. */
const UNIT_OF_MODULE: Readonly<Record<string, 'thread' | 'process'>> = {
  'mpm_event:': 'thread',
  'mpm_worker:': 'thread',
  'mpm_winnt:': 'thread',
  'mpm_prefork:': 'process',
};

type Rule = readonly [RegExp, (m: RegExpExecArray) => Notice];
const RULES: readonly Rule[] = [
  [
    /\b(Apache)\/(\S+).* configured -- resuming normal operations/,
    (m) => ({ kind: 'server', name: 'Apache', version: m[2] ?? '' }),
  ],
  [/server reached MaxRequestWorkers setting/, () => ({ kind: 'exception', name: 'server reached MaxRequestWorkers' })],
  [/server reached MaxClients setting/, () => ({ kind: 'exception', name: 'server reached MaxClients' })],
  [/caught SIG(?:TERM|WINCH|INT)/, () => ({ kind: 'server-stop' })],
  [/child pid (\d{1,10}) exit signal/, (m) => ({ kind: 'worker-exit', pid: Number(m[1]), cause: 'killed' })],
];

/** Apache's error log: settings reached, workers lost; everything else is understood and no request. */
export const apacheError = {
  id: 'apache-error',
  specimens: [
    '[Mon Jan 05 03:56:00.804140 2026] [core:notice] [pid 4343:tid 139992054929536] AH00094: Command line: httpd',
    '[Mon Jan 05 03:56:39.775833 2026] [mpm_worker:notice] [pid 4471:tid 140592082000000] AH00292: Apache/2.4.57 (Debian) configured -- resuming normal operations',
    '[Mon Jan 05 03:57:00.1 2026] [mpm_event:error] [pid 9:tid 140592082000000] AH00484: server reached MaxRequestWorkers setting, consider raising it',
    '[Mon Jan 05 04:47:44 2026] [notice] child pid 77 exit signal Killed (9)',
  ],
  match(line) {
    if (line.charCodeAt(0) !== 91) return undefined;
    const m = PREFIX.exec(line.length > 2000 ? line.slice(0, 2000) : line);
    const stamp = m && parseStamp(m[1] ?? '');
    if (!m || !stamp) return undefined;
    const message = m[4] ?? '';
    const unit = UNIT_OF_MODULE[m[2] ?? ''];
    for (const [pattern, make] of RULES) {
      const found = pattern.exec(message);
      if (found)
        return {
          kind: 'notice',
          stamp,
          notice: make(found),
          ...(unit ? { notices: [{ kind: 'worker-unit', unit }] } : {}),
        };
    }
    const resource = resourceIn(message);
    if (resource) return { kind: 'notice', stamp, notice: exceptionNotice(message, resource) };
    return { kind: 'logger', stamp };
  },
} satisfies LogPattern;
