import Papa from 'papaparse';

/** A record is not longer than this: beyond it a quote was never closed and is taken literally. */
const MAX_RECORD_LINES = 1000;
const MAX_RECORD_LENGTH = 1_048_576;
/** Stands in no text: half a surrogate pair, which decoders never yield. */
const NO_QUOTE = '\ud800';
/** Blanks between a closing quote and the delimiter. */
const MAX_BLANKS = 20;

/**
 * Called for each record: its fields, the line on which it begins, how many physical lines it covers, and whether a quote on it
 * never closed and was taken literally.
 */
export type OnRecord = (fields: readonly string[], line: number, lines: number, stray: boolean) => void;

/**
 * Splits text into CSV records with papaparse and knows their lines, which papaparse does not tell. Whole lines are handed in
 * block by block; a record whose quoted field is still open at the end of a block waits for the next. A quote that stays open
 * for too long is taken as a literal character of its line, and reading resumes at the next line.
 */
export class RecordSplitter {
  #rest = '';
  #restLine = 1;
  readonly #separator: number;
  /** One for all blocks: `Papa.parse` makes objects at each call that keep the rows of earlier calls from being collected young. */
  readonly #parser: Papa.Parser;
  /** How far the text was searched for a closing quote in vain, so that many strays cost one search. */
  #searched = { at: 0, line: 0 };

  constructor(
    readonly delimiter: string,
    readonly onRecord: OnRecord,
  ) {
    this.#separator = delimiter.charCodeAt(0);
    this.#parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: NO_QUOTE });
  }

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
    this.#searched = { at: 0, line: 0 };
    // Lines without a quote, the usual case, go to papaparse by the block; from the first quote on, record by record.
    while (at < text.length) {
      const quote = text.indexOf('"', at);
      const plainEnd = quote < 0 ? text.length : text.lastIndexOf('\n', quote) + 1;
      if (plainEnd > at) {
        line = this.#plain(text.slice(at, plainEnd), line);
        at = plainEnd;
        continue;
      }
      const end = this.#recordEnd(text, at, line);
      if (end < 0 && !last && text.length - at <= MAX_RECORD_LENGTH) break;
      const fields = end < 0 ? undefined : this.#fields(text.slice(at, end));
      const stop = fields ? end : lineEnd(text, at);
      const lines = fields ? countNewlines(text, at, end) + (text.charCodeAt(end - 1) === 10 ? 0 : 1) : 1;
      this.onRecord(fields ?? this.#literal(text.slice(at, stop)), line, lines, fields === undefined);
      line += lines;
      at = stop;
    }
    this.#rest = text.slice(at);
    this.#restLine = line;
  }

  /**
   * Just behind the line end that closes the record at `at`, or -1 if a quoted field stays open for too long. As papaparse has it: a
   * quote opens a field at its beginning only, and closes it where a delimiter or line end follows.
   */
  #recordEnd(text: string, at: number, firstLine: number): number {
    let open = false;
    let fieldStart = true;
    let line = firstLine;
    for (let i = at; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10) {
        if (!open) return i + 1;
        if (++line - firstLine > MAX_RECORD_LINES) return this.#remember(i, line);
      }
      if (i - at > MAX_RECORD_LENGTH) return open ? this.#remember(i, line) : lineEnd(text, i);
      if (code !== 34) fieldStart = code === this.#separator && !open;
      else if (open) {
        if (text.charCodeAt(i + 1) === 34) i++;
        else if (closes(text, i + 1, this.#separator)) open = false;
      } else if (fieldStart) {
        open = true;
        fieldStart = false;
        // An earlier search has been here: no quote closes before its end.
        if (i < this.#searched.at) {
          i = this.#searched.at - 1;
          line = this.#searched.line - 1;
        }
      }
    }
    return open ? -1 : text.length;
  }

  #remember(at: number, line: number): -1 {
    this.#searched = { at, line };
    return -1;
  }

  #plain(text: string, firstLine: number): number {
    const { data } = this.#parser.parse(text, 0, false) as Papa.ParseResult<string[]>;
    // The line end of the last line makes papaparse see one empty record more.
    const records = text.endsWith('\n') ? data.length - 1 : data.length;
    for (let i = 0; i < records; i++) this.onRecord(withoutReturn(data[i]!), firstLine + i, 1, false);
    return firstLine + records;
  }

  /** The fields of one record; none if papaparse sees more or fewer than one in it. */
  #fields(record: string): readonly string[] | undefined {
    const body = record.replace(/\r?\n$/, '');
    const { data } = Papa.parse<string[]>(body, { delimiter: this.delimiter, newline: '\n' });
    return data.length === 1 ? withoutReturn(data[0]!) : undefined;
  }

  /** The fields of a line whose quotes mean nothing. */
  #literal(line: string): readonly string[] {
    return line.replace(/\r?\n$/, '').split(this.delimiter);
  }
}

/** Whether a field ends here, blanks aside. */
function closes(text: string, at: number, separator: number): boolean {
  let i = at;
  while (text.charCodeAt(i) === 32 && i - at < MAX_BLANKS) i++;
  const code = text.charCodeAt(i);
  return i >= text.length || code === separator || code === 10 || code === 13;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

function countNewlines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function withoutReturn(fields: string[]): readonly string[] {
  const last = fields.length - 1;
  if (fields[last]?.endsWith('\r')) fields[last] = fields[last]!.slice(0, -1);
  return fields;
}
