import { parseStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { durationOf, statusOf } from './parts/access.js';

const HEAD =
  /\[pid: (\d{1,10})\|app: (?:-?\d+|-)\|req: (?:-?\d+|-)\/(?:\d+|-)\] \S* \([^)]*\) \{\d+ vars in \d+ bytes\} \[([^\]]{24})\] (\S+) /;
const TAIL =
  / => generated \d+ bytes in (\d+) (msecs|micros)(?: via \w{1,20}\(\))?[^(]{0,20}\((\S+) (\d{1,3})\) \d+ headers in \d+ bytes \(\d+ switches on core (\d+)\)/;

/**
 * uWSGI's request line. Its stamp is `ctime` of `start_of_request_in_sec` (core/logging.c): the begin, in whole seconds of
 * local time; duration is end less start. A core is a thread's slot in its process.
 */
export const uwsgiRequest = {
  id: 'uwsgi-request',
  specimens: [
    '[pid: 633|app: 0|req: 2/1] 127.0.0.1 () {28 vars in 344 bytes} [Mon Jan  5 14:53:00 2026] GET /?id=1 => generated 5 bytes in 10007 msecs (HTTP/1.1 200) 2 headers in 78 bytes (2 switches on core 0)',
    '[pid: 633|app: 0|req: 3/4] 127.0.0.1 () {28 vars in 326 bytes} [Mon Jan  5 14:53:00 2026] GET /x => generated 64 bytes in 1003 micros (HTTP/1.1 200) 6 headers in 206 bytes (1 switches on core 7)',
    '[pid: 633|app: -1|req: -1/2] 127.0.0.1 () {46 vars in 806 bytes} [Mon Jan  5 14:53:01 2026] GET /a b => generated 0 bytes in 0 msecs via sendfile() (HTTP/1.1 404) 0 headers in 35 bytes (0 switches on core 1)',
  ],
  match(line) {
    if (!line.includes('[pid: ')) return undefined;
    const head = HEAD.exec(line);
    if (!head) return undefined;
    const from = head.index + head[0].length;
    const arrow = line.indexOf(' => generated ', from - 1);
    const tail = arrow < 0 ? null : TAIL.exec(line.slice(arrow, arrow + 400));
    const stamp = parseStamp(head[2] ?? '');
    if (!tail || !stamp) return undefined;
    const rest = line.slice(arrow + tail[0].length);
    return {
      kind: 'span',
      stamp,
      stampIs: 'begin',
      pid: Number(head[1]),
      thread: `core ${tail[5]}`,
      identity: 'numbered',
      target: line.slice(from, arrow),
      status: statusOf(tail[4] ?? ''),
      ...durationOf(tail[1] ?? '', tail[2] === 'micros' ? 0.001 : 1),
      ...(head.index > 0 ? { before: line.slice(0, head.index) } : {}),
      ...(rest.length > 3 ? { rest } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;
