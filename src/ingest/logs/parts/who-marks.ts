import { LEVEL, withoutLevelBeside } from './level.js';
import { type Found, MAX_PID, NUMBER_NAME, takeNumber, takeTid } from './who-found.js';
import { fromPieces, trimEnds } from './who-pieces.js';

const BRACKET = /\[([^[\]]{1,80})\]/g;
const PID_TID = /^(?:pid|process)[ :=#]*(\d{1,10})(?:[:, ]+(?:tid|thread)[ :=#]*(\d{1,20}))?$/i;
const TID = /^(?:tid|nid|lwp|native[ _-]?id|thread[ _-]?id|ident)[ :=#]*(\d{1,20})$/i;
const NAMED = /^(?:thread(?:[ _-]?name)?|worker)[ :=]+(.+)$/i;
const KEY_VALUE =
  /(?<![\w.])(?:process\.)?(pid|proc|process|tid|thr|thread|threadName|thread_name|worker)(\.name|\.id)?"?[=:]\s?(?:"([^"]{1,80})"|'([^']{1,80})'|([\w.#-]{1,80}))/gi;
/** A number in base 36. */
const HANDLE = /^[a-z0-9]{1,12}$/;
/** `[worker-1] (4711) `. */
const ROUND_PID = /^\s{0,4}\((\d{1,7})\)(?=\s|$)/;
const SPRING_PID = /(?:^|\s)(\d{1,7})\s+---/;
/** Module and level, client, source file, trace id: in brackets and no worker. */
const NO_WORKER =
  /^(?:[\w-]*:(?:emerg|alert|crit|error|warn|notice|info|debug|trace\d)|client .*|remote .*|\d+\.\d+\.\d+\..*|.*\.\w{1,5}:\d+|[0-9a-f]{16,}|[0-9a-f-]{36}|error|notice|warn|info|)$/i;

/** The worker that brackets and keys name: `[pid 123] [thread-5]`, `[worker-1] (4711)`, `25662 --- [nio-8080-exec-3]`. */
export function fromMarks(text: string): Found {
  const found: Found = {};
  for (const [, content = ''] of text.matchAll(BRACKET)) takeBracket(content.trim(), found);
  const outside = text.replace(BRACKET, ' ');
  takeKeys(outside, found);
  const spring = SPRING_PID.exec(text);
  const round = found.pid === undefined ? ROUND_PID.exec(outside) : null;
  if (spring ?? round) found.pid = Number((spring ?? round)?.[1]);
  else if (found.pid === undefined || found.thread === undefined) {
    const dashed = /(?:^|\s)(\d{1,7})-([A-Za-z][^:]*)$/.exec(outside.trimEnd());
    if (dashed?.[2] !== undefined) {
      found.pid = Number(dashed[1]);
      found.thread = dashed[2].trim();
    }
  }
  // `[4711] puma srv tp 003: `: the process in brackets, its thread behind them.
  if (found.pid !== undefined && found.thread === undefined && found.nativeId === undefined) {
    const { thread } = fromPieces(trimEnds(outside), false);
    if (thread !== undefined) found.thread = thread;
  }
  return found;
}

function takeCalled(tid: string, found: Found): void {
  found.threadCalled = true;
  takeTid(tid, found);
}

function takeBracket(whole: string, found: Found): void {
  const content = withoutLevelBeside(whole);
  if (LEVEL.test(content) || NO_WORKER.test(content)) return;
  const both = PID_TID.exec(content);
  const tid = TID.exec(content);
  if (both) {
    Object.assign(found, { pid: Number(both[1]), pidCalled: true });
    if (both[2] !== undefined) takeCalled(both[2], found);
  } else if (tid?.[1] !== undefined) takeCalled(tid[1], found);
  else if (/^\d{1,20}$/.test(content)) takeNumber(content, found);
  else {
    const numbered = NUMBER_NAME.exec(content);
    if (numbered?.[2] !== undefined && found.pid === undefined && Number(numbered[1]) <= MAX_PID) {
      found.pid = Number(numbered[1]);
      found.thread = numbered[2].trim();
    } else found.thread = NAMED.exec(content)?.[1] ?? content;
  }
}

/** Pairs of key and value, wherever they stand. */
export function takeKeys(text: string, found: Found): void {
  for (const [, key = '', part, quoted, single, bare = ''] of text.matchAll(KEY_VALUE))
    takeKey(part === '.id' ? 'tid' : key.toLowerCase(), quoted ?? single ?? bare, found);
}

function takeKey(key: string, value: string, found: Found): void {
  const isNumber = /^\d{1,20}$/.test(value);
  if (key === 'pid' || key === 'proc' || key === 'process') {
    if (isNumber) Object.assign(found, { pid: Number(value), pidCalled: true });
    return;
  }
  if (key !== 'worker' && (isNumber || key !== 'tid')) found.threadCalled = true;
  if (key === 'worker' && isNumber) found.thread ??= `worker ${value}`;
  else if (isNumber) takeTid(value, found);
  // Ruby's loggers write an object's number in base 36, which no other gets: `tid=sc`; before Ruby 2.7 an address, which is longer.
  else if (key === 'tid' && HANDLE.test(value)) found.thread = `tid ${value}`;
  else if (key !== 'tid') found.thread = value;
}
