import { type FoundStamp, findStampIn } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { findHandlerWords } from './parts/handler-words.js';
import { parseWho, whoByKeys } from './parts/who.js';
import { hasWho, MAX_PID, type Who, whoOf } from './parts/who-found.js';

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
    '2026-01-05 10:15:30.250 7 waitress-0 request started',
    '2026-01-05 10:15:30.250 INFO start request=1 [pid=15 thread=ThreadPoolExecutor-0_0]',
  ],
  match(line) {
    // A JSON object names its worker in fields of their own.
    if (line.startsWith('{"') && line.endsWith('}')) return undefined;
    const words = findHandlerWords(line);
    if (!words) return undefined;
    const stamp = lastStamp(line, words.start);
    const prefix = line.slice(stamp?.end ?? 0, words.start);
    const who = parseWho(prefix);
    if (words.isBare && !(stamp && isWorkerAlone(prefix, who))) return undefined;
    const head = stamp ? line.slice(0, stamp.start) : '';
    const outer = head.includes('[pid ') ? outerWho(head, who) : undefined;
    const before = head.length > 1 ? head : '';
    const rest = line.slice(words.end);
    const named = hasWho(who) || hasWho(outer ?? {}) ? who : whoBehind(rest);
    const serial = SERIAL.exec(line.slice(Math.max(0, words.start - MAX_SERIAL), words.start))?.[1];
    return {
      kind: words.kind,
      ...named,
      ...outer,
      ...(stamp ? { stamp: stamp.stamp } : {}),
      ...(words.id === undefined ? {} : { id: words.id }),
      ...(serial === undefined ? {} : { serial: Number(serial) }),
      ...(before === '' ? {} : { before }),
      ...(rest.length > 3 ? { rest } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

const NUMBERED = /[\w-]*\d[\w-]*/g;
const REQUEST_LIKE = /^(?:req|id|job|trace|span|corr|order|ticket)/i;

/**
 * Whether nothing but a thread's name and its process stand before words that name no request. Another number may be the request's: the
 * learner finds that.
 */
function isWorkerAlone(prefix: string, { pid, thread, nativeId }: Who): boolean {
  if (thread === undefined || REQUEST_LIKE.test(thread)) return false;
  const worker = `${pid ?? ''} ${pid ?? ''}-${thread} ${thread} ${nativeId ?? ''}`;
  const own = new Set(worker.match(NUMBERED));
  return [...prefix.slice(0, MAX_PREFIX).matchAll(NUMBERED)].every(([number]) => own.has(number));
}

/** The handler's own counter just before its words, and how far back it is looked for, characters. */
const SERIAL = /#(\d{1,9}) $/;
const MAX_SERIAL = 11;
/** A worker is named within so many characters. */
const MAX_PREFIX = 240;

/** Apache names the process and the thread that wrote the line where the handler does not. */
const OUTER = /\[pid (\d{1,7})(?::tid (\d{1,20}))?\]/;

function outerWho(head: string, { pid, thread, nativeId }: Who): Who | undefined {
  const found = OUTER.exec(head);
  if (!found || (pid !== undefined && pid !== Number(found[1]))) return undefined;
  const tid = Number(found[2]);
  // Builds without a native id write the thread's address there, which is used again.
  const native = nativeId ?? (tid > 0 && tid <= MAX_PID ? tid : undefined);
  const named = thread === undefined ? {} : { thread };
  return whoOf({ pid: pid ?? Number(found[1]), ...named, ...(native === undefined ? {} : { nativeId: native }) });
}

/** `start request=1 [pid=15 thread=pool-0]`: named by keys behind the words, unless another record stands there. */
function whoBehind(rest: string): Who {
  const near = rest.slice(0, MAX_PREFIX);
  return near.includes('=') && !findStampIn(near, 0, near.length) ? whoByKeys(near) : {};
}

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
