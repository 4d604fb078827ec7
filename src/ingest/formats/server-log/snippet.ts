import { RE2JS } from 're2js';

/** A part of a line that a pattern names. */
export interface Part {
  readonly group: 'time' | 'id' | 'pid' | 'thread';
  readonly start: number;
  readonly end: number;
}

/** A word with a digit in it differs from line to line. */
const VARYING = /[A-Za-z0-9_-]*\d[A-Za-z0-9_.-]*/g;
/** `0.1-8080-exec-9`: a thread's name with an address in it. */
const CUT_NAME = /^[\w.-]*\.[\w.-]*\d$/;
const SPECIAL = /[\\^$.*+?()[\]{}|/]/g;

/**
 * A pattern for run.yaml that takes lines like this one: its parts named, other words with digits left open, the rest to the letter.
 * `undefined` if it would not take the line itself.
 */
export function patternFor(text: string, parts: readonly Part[]): string | undefined {
  const named = [...parts].sort((a, b) => a.start - b.start);
  let pattern = '';
  let at = 0;
  for (const { group, start, end } of named) {
    if (start < at) continue;
    pattern += `${open(text.slice(at, start))}(?P<${group}>${alike(text.slice(start, end), group)})`;
    at = end;
  }
  pattern += open(text.slice(at));
  return takes(pattern, text, named) ? pattern : undefined;
}

/** As an entry of run.yaml's `log`, on one line. */
export function entryFor(event: 'begin' | 'end', pattern: string): string {
  return `{event: ${event}, pattern: '${pattern.replaceAll("'", "''")}'}`;
}

/** Text that is the same in other lines but for words with digits and the number of blanks. */
function open(text: string): string {
  let out = '';
  let at = 0;
  for (const word of text.matchAll(VARYING)) {
    out += `${literal(text.slice(at, word.index))}\\S+`;
    at = word.index + word[0].length;
  }
  return out + literal(text.slice(at));
}

function literal(text: string): string {
  return text.replace(SPECIAL, '\\$&').replace(/ +/g, (blanks) => (blanks.length > 1 ? ' +' : ' '));
}

/** The form of a part: digits for digits, letters for letters in a time. Names of threads may be cut on the left. */
function alike(text: string, group: Part['group']): string {
  if (group === 'id') return '[\\w-]+';
  if (group === 'thread' && CUT_NAME.test(text)) return '[\\w.-]+';
  if (group === 'pid') return '\\d+';
  const form = literal(text).replace(/\d+/g, (digits) => (group === 'time' ? `\\d{${digits.length}}` : '\\d+'));
  return group === 'time'
    ? form.replace(/(?<!\\)[A-Za-z]{2,}/g, '[A-Za-z]+').replace(/\\d\{[12]\}/g, '\\d{1,2}')
    : form;
}

function takes(pattern: string, text: string, parts: readonly Part[]): boolean {
  try {
    const matcher = RE2JS.compile(pattern).matcher(text);
    return matcher.find() && parts.every(({ group, start, end }) => matcher.group(group) === text.slice(start, end));
  } catch {
    return false;
  }
}
