import { type FoundStamp, findStampIn } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { findHandlerWords } from './parts/handler-words.js';
import { parseWho } from './parts/who.js';

/**
 * A handler that says when it takes a request and when it is done with it: the experiment's own lines, behind whatever prefix
 * (time, process, thread, logger) its server or logging framework puts there.
 */
export const sleepingHandler = {
  id: 'sleeping-handler',
  specimens: [
    '2026-01-05 10:30:16.222266 - Thread-1 (process_request_thread): #1 processing request id[1], sleeping...',
    '2026-01-05 11:38:48.850494 - 7095-MainThread: done request id[1]',
    '2026-01-05 11:38:48.850494 - 7095-140213423423488: done request id[1]',
    '2026-01-05T11:38:48.850Z - 4711: #12 processing request id[12], sleeping...',
    '2026-01-05 11:38:48.850494 - 7095-AnyIO worker thread: done request id[a-1]',
    '2026-01-05T10:15:30.125+09:00  INFO 11952 --- [shop] [nio-8080-exec-3] c.example.Sleeper  : processing request id[7], sleeping...',
    '2026-01-05 10:15:30.125  INFO 2566 --- [nio-8080-exec-3] c.example.Sleeper  : done request id[7]',
    '10:15:30.125 [http-nio-8080-exec-12] INFO  com.example.Sleeper - done request id[7]',
    '05-Jan-2026 20:52:38.123 INFO [http-nio-8080-exec-1] com.example.Sleeper.doGet processing request id[7], sleeping...',
    '2026-01-05T07:00:30,139 INFO [pool-1-thread-3] Sleeper : done request id[7]',
    '[2026-01-05 14:53:10 -0600] [96648] [INFO] processing request id[7], sleeping...',
    '[Mon Jan 05 10:15:30.804140 2026] [wsgi:error] [pid 4343:tid 139992054929536] [client 127.0.0.1:50312] 2026-01-05 10:15:30.803912 - 4343-Dummy-3: done request id[7]',
    'INFO: done request id[7]',
    '2026-01-05 10:15:30 [pid 123] [thread-5] request #7 finished',
  ],
  match(line) {
    // A JSON object names its worker in fields of their own.
    if (line.startsWith('{"') && line.endsWith('}')) return undefined;
    const words = findHandlerWords(line);
    if (!words) return undefined;
    const stamp = lastStamp(line, words.start);
    const who = parseWho(line.slice(stamp?.end ?? 0, words.start));
    const head = stamp ? line.slice(0, stamp.start) : '';
    const outer = who.pid === undefined && head.includes('[pid ') ? OUTER_PID.exec(head)?.[1] : undefined;
    const before = head.length > 1 ? head : '';
    const rest = line.slice(words.end);
    const serial = SERIAL.exec(line.slice(Math.max(0, words.start - MAX_SERIAL), words.start))?.[1];
    return {
      kind: words.kind,
      ...who,
      ...(outer === undefined ? {} : { pid: Number(outer), identity: who.identity ?? 'process' }),
      ...(stamp ? { stamp: stamp.stamp } : {}),
      ...(words.id === undefined ? {} : { id: words.id }),
      ...(serial === undefined ? {} : { serial: Number(serial) }),
      ...(before === '' ? {} : { before }),
      ...(rest.length > 3 ? { rest } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

/** The handler's own counter just before its words, and how far back it is looked for, characters. */
const SERIAL = /#(\d{1,9}) $/;
const MAX_SERIAL = 11;

/** Apache names the process that wrote the line where the handler does not. */
const OUTER_PID = /\[pid (\d{1,10})/;

/** The stamp nearest to the words: servers put their own before the handler's. Later ones must have a date. */
function lastStamp(line: string, before: number): FoundStamp | undefined {
  let last = findStampIn(line, 0, before);
  for (let n = 0; last && n < 8; n++) {
    const next = findStampIn(line, last.end, before);
    if (!next || next.stamp.dateless || (next.stamp.zoned && next.stamp.offsetMinutes === undefined)) break;
    last = next;
  }
  return last;
}
