import { goDuration } from '../text/durations.js';
import { parseStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { statusOf } from './parts/access.js';

const DEFAULT =
  /\[GIN\] (\d{4}\/\d\d\/\d\d - \d\d:\d\d:\d\d) \| +(\d{3}) \| +([\w.µμ]{2,20}) \| +(\S+) \| +[A-Z]+ +"([^"]*)"/;
const CUSTOM =
  /^(\S{2,60}) ?- ?\[([A-Z][a-z]{2}, [^\]]{15,40})\] "?([A-Z]{3,10}) (\S+)(?: HTTP\/[\d.]+)? (\d{3}) (\d[\w.µμ]{1,20})(?= |$)/;

/** gin's logger; its time is taken after the handler returned, the latency is what lies before. */
export const gin = {
  id: 'gin',
  specimens: [
    '[GIN] 2026/01/05 - 00:59:44 | 200 |      6.4054ms |             ::1 | GET      "/todo?id=3"',
    '[GIN] 2026/01/05 - 00:59:44 | 503 |  1m2.000125s |       192.0.2.7 | POST     "/"',
    '192.0.2.7 -[Mon, 05 Jan 2026 12:12:43 IST] POST /vedios 401 4.817µs ',
    '192.0.2.7 - [Mon, 05 Jan 2026 12:12:43 UTC] "GET /ping HTTP/1.1 200 122.767µs "Mozilla/5.0" "',
  ],
  match(line) {
    const m = line.includes('[GIN] ') ? DEFAULT.exec(line) : null;
    if (m) return span(m[1] ?? '', m[2] ?? '', m[3] ?? '', m[5] ?? '');
    if (!line.includes('s', 40) || !line.includes(', ')) return undefined;
    const custom = CUSTOM.exec(line);
    return custom ? span(custom[2] ?? '', custom[5] ?? '', custom[6] ?? '', custom[4] ?? '') : undefined;
  },
} satisfies LogPattern;

function span(time: string, status: string, took: string, target: string): LogRecord | undefined {
  const stamp = parseStamp(time);
  const duration = goDuration(took);
  return stamp && duration && { kind: 'span', stamp, status: statusOf(status), target, ...duration };
}
