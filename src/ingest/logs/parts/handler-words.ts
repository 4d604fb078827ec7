/** A begin or end of a request as a handler's message says it. */
export interface HandlerWords {
  readonly kind: 'begin' | 'end';
  readonly id?: string;
  /** They are the line's last words and name no request. */
  readonly isBare?: true;
  /** Where the words begin, and just behind their end. */
  readonly start: number;
  readonly end: number;
}

const BEGIN = new Set(
  'processing begin begins beginning began start starts starting started received receive handling serving'.split(' '),
);
const END = new Set(
  'done end ends ended finish finishes finished complete completes completed processed handled served'.split(' '),
);
/** How many places in a line that speak of a request are looked at. */
const MAX_PLACES = 16;

/** ` id[7]`, ` id=7`, `[7]`, `=7`, `#7`, ` #7`, ` id 7`, ` 7`: what names the request, after the word. */
const NAMED =
  /(?:[ _-]?id)?(?:\[([^[\]]{0,200})\]|\(([^()]{0,200})\)| ?[=:#] ?"?([\w.-]{1,200})"?| #([\w.-]{1,200})| \[([^[\]]{1,200})\]| (\d{1,18})(?!\S))/iy;
/** What the handler says that it does next. */
const SLEEPING = /, ?[a-z ]{1,30}(?:\.\.\.|…)/y;
const WORD_AFTER = /:? (?:is |was |has |has been )?([a-z]{3,10})(?![\w-])/iy;

/**
 * Finds `processing request id[7], sleeping...`, `done request id[7]` and their like: a word for begin or end, the word
 * request, and its id in brackets, after `=` or after `#`; or the id first and then the word (`request #7 finished`). Anything
 * less sure is left to the learner.
 */
export function findHandlerWords(line: string): HandlerWords | undefined {
  let places = 0;
  for (let at = nextRequest(line, 0); at >= 0 && places < MAX_PLACES; at = nextRequest(line, at + 7), places++) {
    const words = wordsAt(line, at);
    if (words) return words;
  }
  return undefined;
}

function nextRequest(line: string, from: number): number {
  for (let at = line.indexOf('equest', from); at >= 0; at = line.indexOf('equest', at + 6)) {
    const first = line.charCodeAt(at - 1) | 32;
    if (first === 114 && !isWord(line.charCodeAt(at - 2))) return at - 1;
  }
  return -1;
}

function wordsAt(line: string, at: number): HandlerWords | undefined {
  NAMED.lastIndex = at + 7;
  const named = NAMED.exec(line);
  if (!named) return wordsAtEnd(line, at);
  let end = NAMED.lastIndex;
  const id = idOf(named[1] ?? named[2] ?? named[3] ?? named[4] ?? named[5] ?? named[6] ?? '');
  let { kind, start } = wordBefore(line, at);
  if (kind === undefined) {
    WORD_AFTER.lastIndex = end;
    const word = WORD_AFTER.exec(line);
    kind = kindOf(word?.[1] ?? '');
    if (kind === undefined) return undefined;
    end = WORD_AFTER.lastIndex;
  }
  SLEEPING.lastIndex = end;
  if (kind === 'begin' && SLEEPING.test(line)) end = SLEEPING.lastIndex;
  return { kind, start, end, ...(id === undefined ? {} : { id }) };
}

/** ` started`, ` done in 0.687s`, ` (6920 ms)`, or nothing, and the line ends: who names no request says no more of it. */
const NO_MORE =
  /(?: ([a-z]{3,10}))?(?:[,:]? [([]?(?:(?:in|after|took) )?\d{1,9}(?:[.,]\d{1,9})? ?(?:ms|s|secs?|seconds|us|µs)[)\]]?)?(?:, ?[a-z ]{1,30})?[.…!]{0,3}\s{0,8}$/iy;

/** `request started`, `finished request`: the line's last words, which name no request. */
function wordsAtEnd(line: string, at: number): HandlerWords | undefined {
  NO_MORE.lastIndex = at + 7;
  const more = NO_MORE.exec(line);
  if (!more) return undefined;
  const { kind, start } = more[1] === undefined ? wordBefore(line, at) : { kind: kindOf(more[1]), start: at };
  return kind && { kind, start, end: line.length, isBare: true };
}

/** `?` and `-` stand for no id. */
function idOf(text: string): string | undefined {
  const id = text.trim().replace(/[.]+$/, '');
  return /[A-Za-z0-9]/.test(id) && !/^(?:none|null|undefined|nil)$/i.test(id) ? id : undefined;
}

/** The word before the word request; `the` may stand between. Of `finished processing request` the first word tells. */
function wordBefore(line: string, at: number): { kind: 'begin' | 'end' | undefined; start: number } {
  const nearest = kindBefore(line, line.startsWith('the ', at - 4) ? at - 4 : at);
  if (nearest.kind === undefined) return { kind: undefined, start: at };
  const first = kindBefore(line, nearest.start);
  return first.kind === undefined ? nearest : first;
}

/** The word that ends a blank, or a colon, before a place. */
function kindBefore(line: string, at: number): { kind: 'begin' | 'end' | undefined; start: number } {
  let end = at;
  if (line.charCodeAt(end - 1) !== 32 && line.charCodeAt(end - 1) !== 58) return { kind: undefined, start: at };
  end--;
  if (line.charCodeAt(end - 1) === 58) end--;
  let start = end;
  while (start > 0 && end - start < 12 && isLetter(line.charCodeAt(start - 1))) start--;
  const kind = isWord(line.charCodeAt(start - 1)) ? undefined : kindOf(line.slice(start, end));
  return { kind, start };
}

function kindOf(word: string): 'begin' | 'end' | undefined {
  const lower = word.toLowerCase();
  return BEGIN.has(lower) ? 'begin' : END.has(lower) ? 'end' : undefined;
}

function isLetter(code: number): boolean {
  return (code | 32) >= 97 && (code | 32) <= 122;
}

function isWord(code: number): boolean {
  return isLetter(code) || (code >= 48 && code <= 57) || code === 95;
}
