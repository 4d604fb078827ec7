import { UserError } from '../errors.js';
import { say } from '../words/ids.js';

// Why no package: `string-argv` knows no backslash, execa's `parseCommandString` knows no quotes, and `shell-quote` expands
// `$NAME` and hands patterns and operators back as objects that would have to be put together again. The quoting rules of
// a POSIX shell are these few lines; the tests compare them with `sh`.

/** Characters that a backslash protects inside double quotes; before any other it stands for itself. */
const ESCAPED_IN_QUOTES = '"\\$`\n';
/** What a shell would act on. The command is run without one, so these are refused and not silently passed on. */
const ACTED_ON = '|&;<>()`\n';

/**
 * Splits a command line into words as a shell does: blanks, `'…'`, `"…"`, backslash. Nothing is expanded: `*`, `?` and `{jtl}`
 * stay as they are.
 * @throws UserError for an open quote, an empty command, or anything that only a shell could carry out.
 */
export function splitCommand(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (char === ' ' || char === '\t') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === "'") {
      const end = line.indexOf("'", i + 1);
      if (end < 0) throw new UserError(say('record.loadQuote', { load: line }), 2);
      word = (word ?? '') + line.slice(i + 1, end);
      i = end;
    } else if (char === '"') {
      const [text, end] = doubleQuoted(line, i + 1);
      word = (word ?? '') + text;
      i = end;
    } else if (char === '\\' && i + 1 < line.length) {
      word = (word ?? '') + line[++i];
    } else {
      if (ACTED_ON.includes(char) || isExpansion(line, i)) throw needsShell(line, char);
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  if (words.length === 0) throw new UserError(say('record.loadEmpty', {}), 2);
  return words;
}

/** The text from `start` to the closing `"`, and where that stands. */
function doubleQuoted(line: string, start: number): readonly [string, number] {
  let text = '';
  for (let i = start; i < line.length; i++) {
    const char = line[i]!;
    if (char === '"') return [text, i];
    if (char === '\\' && ESCAPED_IN_QUOTES.includes(line[i + 1] ?? ' ')) {
      text += line[++i];
    } else {
      if (char === '`' || isExpansion(line, i)) throw needsShell(line, char);
      text += char;
    }
  }
  throw new UserError(say('record.loadQuote', { load: line }), 2);
}

/** `$NAME`, `${…}`, `$(…)`, `$1` and the like. A lone `$` is a character. */
function isExpansion(line: string, at: number): boolean {
  return line[at] === '$' && /[\w{(@*#?$!-]/.test(line[at + 1] ?? '');
}

function needsShell(load: string, character: string): UserError {
  return new UserError(
    say('record.loadNeedsShell', { load, character: character === '\n' ? 'a line break' : character }),
    2,
  );
}

/** Words as one line that a shell, or `splitCommand`, takes apart again. */
export function joinCommand(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ');
}
