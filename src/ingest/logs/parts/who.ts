import type { IdentityKind } from '../../../model/events.js';
import { LEVEL, withoutLevel, withoutLevelBeside } from './level.js';

/** A worker as a line's prefix names it. */
export interface Who {
  readonly pid?: number;
  readonly thread?: string;
  readonly nativeId?: number;
  readonly identity?: IdentityKind;
}

/** Linux' largest possible process and thread id (`PID_MAX_LIMIT`); a larger number is an address or a handle. */
export const MAX_PID = 4_194_304;
/** Longest prefix that is looked at, characters. */
const MAX_PREFIX = 240;
/** Names of the one main thread that a process has. */
const MAIN = /^(?:MainThread|main)$/;
/** Threads that all bear this name, whatever number stands in it. */
const SHARED = /^AnyIO worker thread$/;
/** Addresses of objects, with or without `0x` (glibc's stacks lie at 7f…): used again for other threads. */
const ADDRESS = /0x[0-9a-f]{6,}|^7f[0-9a-f]{10}$/i;

/** How sure a thread's name is as an identity. */
export function identityOf(thread: string): IdentityKind {
  if (MAIN.test(thread)) return 'numbered';
  if (SHARED.test(thread)) return 'shared-name';
  if (ADDRESS.test(thread) || (/^\d+$/.test(thread) && Number(thread) > MAX_PID)) return 'recycled-ident';
  return /\d/.test(thread) ? 'numbered' : 'shared-name';
}

/**
 * The worker named between a line's time stamp and its message: ` - 7095-MainThread: #1 `, ` - Thread-1 (process_request_thread): `,
 * `  INFO 25662 --- [nio-8080-exec-3] o.p.Controller  : `, ` [pid 123] [thread-5] `. What is no worker (levels, loggers, client
 * addresses) is read over; what can't be told is left out.
 */
export function parseWho(prefix: string): Who {
  const whole = prefix.replace(IN_BRACKET_OF_TIME, '[$1]');
  const within = whole.length > MAX_PREFIX ? whole.slice(-MAX_PREFIX) : whole;
  const text = trimEnds(withoutLevel(within));
  if (text === '') return {};
  const marked = text.includes('[') || text.includes('=') || text.includes('---') ? fromMarks(text) : undefined;
  if (marked && (marked.pid !== undefined || marked.thread !== undefined || marked.nativeId !== undefined)) {
    return whoOf(marked);
  }
  return whoOf(fromPieces(text.replace(/\[[^\]]*\]/g, ' ').trim(), prefix.startsWith(' - ')));
}

/** The worker that a line's pairs of key and value name, wherever they stand: `pid=4711 request_id=8 thread=MainThread`. */
export function whoByKeys(text: string): Who {
  const found: Found = {};
  takeKeys(text, found);
  return whoOf(found);
}

function takeKeys(text: string, found: Found): void {
  for (const [, key = '', part, quoted, single, bare = ''] of text.matchAll(KEY_VALUE))
    takeKey(part === '.id' ? 'tid' : key.toLowerCase(), quoted ?? single ?? bare, found);
}

interface Found {
  pid?: number;
  thread?: string;
  nativeId?: number;
}

/** `MainThread@20833`, `worker-1/20833`, `ThreadPoolExecutor-0_1(20833)`: a name that goes without the number, and its process. */
const NAME_AND_PROCESS = /^((?=.*\d[^@/#:(]*[@/#:(]|MainThread|main\b).{1,60}?) ?[@/#:(](\d{2,7})\)?$/;

/** The process of a name that has it attached. */
function detached(found: Found): Found {
  const both = found.pid === undefined && found.thread !== undefined ? NAME_AND_PROCESS.exec(found.thread) : null;
  const pid = Number(both?.[2]);
  return both?.[1] !== undefined && pid <= MAX_PID ? { ...found, pid, thread: both[1] } : found;
}

/** One text for each worker, the same for nobody. */
export const keyOfWho = ({ pid, thread, nativeId }: Who): string => `${pid ?? ''}/${thread ?? ''}/${nativeId ?? ''}`;

/** What was found, with how sure it is as an identity. */
export function whoOf(raw: Found): Who {
  const found = detached(raw);
  if (found.thread !== undefined) {
    const byName = identityOf(found.thread);
    const identity = found.nativeId !== undefined && byName !== 'numbered' ? 'numbered' : byName;
    return { ...found, identity };
  }
  if (found.nativeId !== undefined) return { ...found, identity: 'numbered' };
  return found.pid === undefined ? {} : { ...found, identity: 'process' };
}

/** Without the punctuation round it and the handler's own counter (`#12`). */
function trimEnds(text: string): string {
  let end = text.length;
  while (end > 0 && isFiller(text.charCodeAt(end - 1))) end--;
  let digits = end;
  while (digits > 0 && text.charCodeAt(digits - 1) >= 48 && text.charCodeAt(digits - 1) <= 57) digits--;
  if (digits < end && text.charCodeAt(digits - 1) === 35 && (digits < 2 || isFiller(text.charCodeAt(digits - 2)))) {
    end = digits - 1;
    while (end > 0 && isFiller(text.charCodeAt(end - 1))) end--;
  }
  let start = 0;
  while (start < end && (isFiller(text.charCodeAt(start)) || isOpener(text.charCodeAt(start)))) start++;
  return text.slice(start, end);
}

/** Blank, tab, dash, colon, comma, semicolon, bar, `>` or quote. */
function isFiller(code: number): boolean {
  return ' \t-:,;|>"'.includes(String.fromCharCode(code));
}

/** The bracket that the time stood in, or the one that a name stands in. */
const isOpener = (code: number): boolean => code === 93 || code === 60;

/** `[2026-01-05 10:30:00,123: INFO/PoolProc-13] `: what follows the time in its own bracket; Ruby’s process is `#7`. */
const IN_BRACKET_OF_TIME = /^[\s:,;|-]{0,4}#?([\w./:# ()-]{1,80})\]/;
const BRACKET = /\[([^[\]]{1,80})\]/g;
const PID_TID = /^(?:pid|process)[ :=#]*(\d{1,10})(?:[:, ]+(?:tid|thread)[ :=#]*(\d{1,20}))?$/i;
const TID = /^(?:tid|nid|lwp|native[ _-]?id|thread[ _-]?id|ident)[ :=#]*(\d{1,20})$/i;
const NAMED = /^(?:thread(?:[ _-]?name)?|worker)[ :=]+(.+)$/i;
const KEY_VALUE =
  /(?<![\w.])(?:process\.)?(pid|proc|process|tid|thr|thread|threadName|thread_name|worker)(\.name|\.id)?"?[=:]\s?(?:"([^"]{1,80})"|'([^']{1,80})'|([\w.#-]{1,80}))/gi;
/** `[worker-1] (4711) `. */
const ROUND_PID = /^\s{0,4}\((\d{1,7})\)(?=\s|$)/;
const SPRING_PID = /(?:^|\s)(\d{1,7})\s+---/;
/** Module and level, client, source file, trace id: in brackets and no worker. */
const NO_WORKER =
  /^(?:[\w-]*:(?:emerg|alert|crit|error|warn|notice|info|debug|trace\d)|client .*|remote .*|\d+\.\d+\.\d+\..*|.*\.\w{1,5}:\d+|[0-9a-f]{16,}|[0-9a-f-]{36}|error|notice|warn|info|)$/i;

function fromMarks(text: string): Found {
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

function takeBracket(whole: string, found: Found): void {
  const content = withoutLevelBeside(whole);
  if (LEVEL.test(content) || NO_WORKER.test(content)) return;
  const both = PID_TID.exec(content);
  const tid = TID.exec(content);
  if (both) {
    found.pid = Number(both[1]);
    if (both[2] !== undefined) takeTid(both[2], found);
  } else if (tid?.[1] !== undefined) takeTid(tid[1], found);
  else if (/^\d{1,20}$/.test(content)) takeNumber(content, found);
  else {
    const numbered = NUMBER_NAME.exec(content);
    if (numbered?.[2] !== undefined && found.pid === undefined && Number(numbered[1]) <= MAX_PID) {
      found.pid = Number(numbered[1]);
      found.thread = numbered[2].trim();
    } else found.thread = NAMED.exec(content)?.[1] ?? content;
  }
}

function takeKey(key: string, value: string, found: Found): void {
  const isNumber = /^\d{1,20}$/.test(value);
  if (key === 'pid' || key === 'proc' || key === 'process') {
    if (isNumber) found.pid = Number(value);
  } else if (key === 'worker' && isNumber) found.thread ??= `worker ${value}`;
  else if (isNumber) takeTid(value, found);
  else if (key !== 'tid') found.thread = value;
}

/** A first number is the process, a second one the thread. */
function takeNumber(text: string, found: Found): void {
  if (found.pid === undefined && Number(text) <= MAX_PID) found.pid = Number(text);
  else takeTid(text, found);
}

/** A native id fits the kernel's range; a larger number is `get_ident()` or a like handle. */
export function takeTid(text: string, found: Found): void {
  const value = Number(text);
  if (value <= MAX_PID) found.nativeId = value;
  else if (found.thread === undefined) found.thread = text;
}

const TWO_NUMBERS = /^(\d{1,10})[-/:](\d{1,20})(?:[-/: ]+(\S.*))?$/;
/** `shop.views 11 140511011799744`: a logger's name before process and ident, and no number else is as large. */
const LOGGER_AND_NUMBERS = /^[A-Za-z_$][\w$.-]* (\d{1,7})[-/: ]+(\d{10,20})$/;
const NUMBER_NAME = /^(\d{1,10})[-/: ]+(\S.*)$/;
const PID_WORD = /^\(?pid[ =:#]*(\d{1,10})\)?[ ,;/:-]*(.*)$/i;
const LOGGER_NAME = /^[A-Za-z_$][\w$]*(?:\.[\w$]+)+$/;
/** A thread's name in a place where other words stand as well. */
const THREAD_LIKE = /thread|worker|exec|pool|puma|waitress|core|main|actor|dispatcher|\D-\d+$/i;

/** `Thread-3 (handle) shop.views`, `MainThread root`: the name of the logger behind the thread's. */
const withoutLogger = (name: string): string => name.replace(/^(MainThread) .*| [A-Za-z_$][\w$]*(?:\.[\w$]+)+$/, '$1');

/** `7095-MainThread`, `7095-140213423423488`, `uvicorn.app - INFO - MainThread`, a bare name. */
function fromPieces(text: string, plain: boolean): Found {
  const pieces = text.split(/ - | ?\| ?/);
  const single = pieces.length === 1;
  for (let i = pieces.length - 1; i >= 0; i--) {
    const raw = pieces[i]!;
    const piece = raw.trim().replace(/^(\w+)\s+(?=\S)/, (whole, word: string) => (LEVEL.test(word) ? '' : whole));
    if (piece === '' || LEVEL.test(piece)) continue;
    const found = fromPiece(piece, plain && single);
    if (found) return withProcess(found, pieces[i - 1]);
  }
  return {};
}

/** `6142 | worker-0`: a number alone before a thread's name is its process. */
function withProcess(found: Found, before: string | undefined): Found {
  const isNumber = before !== undefined && /^\s*\d{1,7}\s*$/.test(before) && Number(before) <= MAX_PID;
  return isNumber && found.pid === undefined && found.thread !== undefined ? { ...found, pid: Number(before) } : found;
}

function fromPiece(piece: string, sure: boolean): Found | undefined {
  const found: Found = {};
  const pid = PID_WORD.exec(piece);
  if (pid) {
    found.pid = Number(pid[1]);
    if (pid[2]) Object.assign(found, fromPiece(pid[2], sure) ?? {}, { pid: found.pid });
    return found;
  }
  if (/^\d{1,20}$/.test(piece)) {
    takeNumber(piece, found);
    return found;
  }
  const two = TWO_NUMBERS.exec(piece);
  if (two?.[1] !== undefined && two[2] !== undefined) {
    if (two[3] !== undefined) found.thread = withoutLogger(two[3].trim());
    takeNumber(two[1], found);
    takeTid(two[2], found);
    return found;
  }
  const behind = LOGGER_AND_NUMBERS.exec(piece);
  if (behind?.[1] !== undefined && behind[2] !== undefined && Number(behind[1]) <= MAX_PID) {
    takeTid(behind[2], found);
    return { ...found, pid: Number(behind[1]) };
  }
  const named = NUMBER_NAME.exec(piece);
  if (named?.[2] !== undefined && Number(named[1]) <= MAX_PID) {
    return { pid: Number(named[1]), thread: withoutLogger(named[2].trim()) };
  }
  if (LOGGER_NAME.test(piece) || !(sure || THREAD_LIKE.test(piece))) return undefined;
  return { thread: piece };
}
