import { LEVEL } from './level.js';
import { type Found, MAX_PID, NUMBER_NAME, takeNumber, takeTid } from './who-found.js';

/** Without the punctuation round it and the handler's own counter (`#12`). */
export function trimEnds(text: string): string {
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

const TWO_NUMBERS = /^(\d{1,10})[-/:](\d{1,20})(?:[-/: ]+(\S.*))?$/;
/** `shop.views 11 140511011799744`: a logger's name before process and ident, and no number else is as large. */
const LOGGER_AND_NUMBERS = /^[A-Za-z_$][\w$.-]* (\d{1,7})[-/: ]+(\d{10,20})$/;
const PID_WORD = /^\(?pid[ =:#]*(\d{1,10})\)?[ ,;/:-]*(.*)$/i;
const LOGGER_NAME = /^[A-Za-z_$][\w$]*(?:\.[\w$]+)+$/;
/** A thread's name in a place where other words stand as well. */
const THREAD_LIKE = /thread|worker|exec|pool|puma|waitress|core|main|actor|dispatcher|\D-\d+$/i;

/** `Thread-3 (handle) shop.views`, `MainThread root`, `waitress-3 request`: the logger's name or the message's first words behind the thread's name. */
const withoutRest = (name: string): string =>
  name
    .replace(/^(MainThread) .*| [A-Za-z_$][\w$]*(?:\.[\w$]+)+$/, '$1')
    .replace(/^([A-Za-z][\w.-]*-\d{1,6})(?: [a-z]+)+$/, '$1');

/** `7095-MainThread`, `7095-140213423423488`, `uvicorn.app - INFO - MainThread`, a bare name. */
export function fromPieces(text: string, plain: boolean): Found {
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
    if (two[3] !== undefined) found.thread = withoutRest(two[3].trim());
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
    return { pid: Number(named[1]), thread: withoutRest(named[2].trim()) };
  }
  if (LOGGER_NAME.test(piece) || !(sure || THREAD_LIKE.test(piece))) return undefined;
  return { thread: withoutRest(piece) };
}
