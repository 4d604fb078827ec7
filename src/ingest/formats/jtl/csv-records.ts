import Papa from 'papaparse';

/** A record is not longer than this: beyond it a quote was never closed and is taken literally. */
const MAX_RECORD_LINES = 1000;
const MAX_RECORD_LENGTH = 1_048_576;

/** Called for each record: its fields, the line on which it begins, how many physical lines it covers. */
export type OnRecord = (fields: readonly string[], line: number, lines: number) => void;

/**
 * Splits text into CSV records with papaparse and knows their lines, which papaparse does not tell. Whole lines are handed in
 * block by block; a record whose quoted field is still open at the end of a block waits for the next. A quote that stays open
 * for too long is taken as a literal character of its line, and reading resumes at the next line.
 */
export class RecordSplitter {
  #rest = '';
  #restLine = 1;

  constructor(
    readonly delimiter: string,
    readonly onRecord: OnRecord,
  ) {}

  /** @param text whole lines, the first of which is line `firstLine`. */
  push(text: string, firstLine: number): void {
    if (this.#rest === '') this.#restLine = firstLine;
    this.#consume(this.#rest + text, this.#restLine, false);
  }

  end(): void {
    this.#consume(this.#rest, this.#restLine, true);
  }

  #consume(text: string, firstLine: number, last: boolean): void {
    let at = 0;
    let line = firstLine;
    // Lines without a quote, the usual case, go to papaparse by the block; from the first quote on, record by record.
    while (at < text.length) {
      const quote = text.indexOf('"', at);
      const plainEnd = quote < 0 ? text.length : text.lastIndexOf('\n', quote) + 1;
      if (plainEnd > at) {
        line = this.#plain(text.slice(at, plainEnd), line);
        at = plainEnd;
        continue;
      }
      const end = recordEnd(text, at);
      if (end < 0 && !last && text.length - at <= MAX_RECORD_LENGTH) break;
      const stop = end < 0 || tooLong(text, at, end) ? lineEnd(text, at) : end;
      line = this.#quoted(text.slice(at, stop), line, stop === end);
      at = stop;
    }
    this.#rest = text.slice(at);
    this.#restLine = line;
  }

  #plain(text: string, firstLine: number): number {
    const { data } = Papa.parse<string[]>(text, { delimiter: this.delimiter, newline: '\n', quoteChar: '\0' });
    let line = firstLine;
    // The line end of the last line makes papaparse see one empty record more.
    const count = text.endsWith('\n') ? data.length - 1 : data.length;
    for (let i = 0; i < count; i++) this.onRecord(withoutReturn(data[i]!), line++, 1);
    return line;
  }

  #quoted(text: string, line: number, closed: boolean): number {
    const lines = Math.max(1, countNewlines(text) + (text.endsWith('\n') ? 0 : 1));
    const body = text.replace(/\r?\n$/, '');
    const config = { delimiter: this.delimiter, newline: '\n' as const };
    const { data } = Papa.parse<string[]>(body, closed ? config : { ...config, quoteChar: '\0' });
    this.onRecord(withoutReturn(data[0] ?? ['']), line, lines);
    return line + lines;
  }
}

/** Just behind the line end that closes the record at `at`, or -1 if a quoted field is still open. */
function recordEnd(text: string, at: number): number {
  let open = false;
  for (let i = at; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) open = !open;
    else if (code === 10 && !open) return i + 1;
    if (open && i - at > MAX_RECORD_LENGTH) return -1;
  }
  return open ? -1 : text.length;
}

function tooLong(text: string, at: number, end: number): boolean {
  return end - at > MAX_RECORD_LENGTH || countNewlines(text.slice(at, end)) > MAX_RECORD_LINES;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function withoutReturn(fields: string[]): readonly string[] {
  const last = fields.length - 1;
  if (fields[last]?.endsWith('\r')) fields[last] = fields[last]!.slice(0, -1);
  return fields;
}
