import { visible, visibleLine } from '../compose/visible.js';
import type { Piece } from '../compose/voice.js';

/** Characters that mean something to Markdown or HTML somewhere within a line. */
const SPECIAL = /[\\`*_{}[\]()<>#+!|~$&@:-]/g;
/** Of these, HTML's are written as entities: some renderers take a backslash before them for text. */
const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '@': '&#64;' };
/** Between letters these stand for themselves, and escaping them would make plain words hard to read in the source. */
const HARMLESS = /^[-():+]$/;

/** Plain text as Markdown that shows just this text, in a paragraph or in a table's cell. */
export function escapeMarkdown(text: string): string {
  return visibleLine(text)
    .replace(SPECIAL, (c, at: number, all: string) => {
      const entity = ENTITIES[c];
      if (entity !== undefined) return entity;
      return HARMLESS.test(c) && at > 0 && !isLinkLike(all, at) ? c : `\\${c}`;
    })
    .replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2');
}

/** `https:` and the like turn into links by themselves. */
function isLinkLike(text: string, at: number): boolean {
  return text[at] === ':' && text[at + 1] === '/';
}

/** Text as a code span, whatever backticks it holds. */
export function codeSpan(text: string): string {
  const shown = visibleLine(text);
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^`|`$|^ .* $/.test(shown) || shown === '' ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** Text as a block of code, each line behind `indent`. */
export function codeBlock(text: string, indent = ''): string {
  const shown = visible(text);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return [fence, ...shown.split('\n'), fence].map((line) => `${indent}${line}`.trimEnd()).join('\n');
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

/** A sentence with its commands as code. */
export const sentence = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, code }) => (code ? codeSpan(text) : escapeMarkdown(text))).join('');

/** A table; cells are text, escaped here. `right`: columns of numbers. */
export function table(
  head: readonly string[],
  right: readonly boolean[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(head.map(escapeMarkdown)),
    line(right.map((isNumber) => (isNumber ? '---:' : '---'))),
    ...rows.map((row) => line(row.map(escapeMarkdown))),
  ].join('\n');
}
