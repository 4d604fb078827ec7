import type { Message } from '../../model/message.js';
import type { Reading } from '../../model/reading.js';
import type { Variant } from '../../model/source.js';
import { say } from '../../words/ids.js';
import type { InputFile } from '../text/input-file.js';
import { Ledger } from '../text/ledger.js';
import type { Format, Head, RunContext } from './format.js';
import { type CsvLayout, headerLayout, layoutOf, lookAt } from './jtl/csv-layout.js';
import { RecordSplitter } from './jtl/csv-records.js';
import { sampleNotes } from './jtl/sample-notes.js';
import { isTransaction, type ResultFields, SampleSink, TRANSACTION } from './jtl/sample-sink.js';

/**
 * JMeter results as CSV: with a header in any column order and subset, or without one in JMeter's fixed order. Supported:
 * `,` `;` tab and `|`, quoted line breaks, sample variables, epoch and date stamps, headers repeated where files were glued
 * together. Format: jmeter.properties, "Results file configuration".
 */
export const jtlCsv = {
  id: 'jtl-csv',
  kind: 'client-samples',
  recognise({ lines }: Head) {
    const look = lookAt(lines.slice(0, HEAD_ROWS));
    if (!look) return { certainty: 'no' };
    if ('refused' in look) return { certainty: 'refused', as: look.refused };
    return { certainty: 'certain', alone: headerLayout(lines[0] ?? '') !== undefined };
  },
  async read(file: InputFile, context: RunContext): Promise<Reading> {
    const head = await file.head();
    const look = lookAt(head.lines.slice(0, HEAD_ROWS));
    const layout = look && 'layout' in look ? look.layout : NO_LAYOUT;
    const samples = (file.bytes / Math.max(1, head.text.length)) * head.lines.length;
    const read = (watchThreads: boolean) =>
      readAll(file, new CsvReader(layout, new SampleSink(context, watchThreads, samples)));
    return (head.text.includes(TRANSACTION) ? undefined : await read(false)) ?? (await read(true))!;
  },
} satisfies Format;

/** `undefined` where a transaction came and the reader had not watched the threads. */
async function readAll(file: InputFile, reader: CsvReader): Promise<Reading | undefined> {
  const splitter = new RecordSplitter(reader.layout.delimiter, (...record) => reader.record(...record));
  for await (const { text, firstLine } of file.blocks()) {
    splitter.push(text, firstLine);
    if (reader.isBlind) return undefined;
  }
  splitter.end();
  return reader.isBlind ? undefined : reader.finish(file);
}

const HEAD_ROWS = 40;
/** Of a file that has changed since it was recognised. */
const NO_LAYOUT = layoutOf(['timeStamp', 'elapsed', 'success'], ',')!;

/** A field of a row; absent where the file has no such column or the row is cut. */
function fieldAt(fields: readonly string[], column: number): string | undefined {
  return column < 0 ? undefined : fields[column];
}

/** JMeter writes `true` and `false`; other writers and spreadsheets `TRUE`, perhaps with blanks. */
function truth(text: string | undefined): boolean | undefined {
  if (text === 'true') return true;
  if (text === 'false') return false;
  const plain = text?.trim().toLowerCase();
  return plain === 'true' || plain === 'false' ? plain === 'true' : undefined;
}

class CsvReader {
  #layout: CsvLayout;
  #headers = 0;
  readonly #ledger = new Ledger();
  readonly #sink: SampleSink;

  constructor(layout: CsvLayout, sink: SampleSink) {
    this.#layout = layout;
    this.#sink = sink;
  }

  /** A transaction was met that it can't decide about. */
  get isBlind(): boolean {
    return this.#sink.transactions > 0 && !this.#sink.watchThreads;
  }

  get layout(): CsvLayout {
    return this.#layout;
  }

  /** Takes one record that began on `line` and covers `lines` physical lines. */
  record(fields: readonly string[], line: number, lines: number, stray: boolean): void {
    if (stray) this.#ledger.note(say('client.strayQuote', {}), line, fields.join(','));
    const success = truth(fields[this.#layout.columns.success]);
    if (success !== undefined) this.#sample(fields, line, lines, success);
    else if (fields.length === 1 && fields[0]!.trim() === '') this.#ledger.ignore(lines);
    else if (this.#header(fields)) this.#ledger.use(lines);
    else this.#ledger.skip(line, this.#cut(fields) ?? say('client.noSuccess', {}), fields.join(','), lines);
  }

  /** A header once more: runs were appended, and the next may have other columns. */
  #header(fields: readonly string[]): boolean {
    const layout = layoutOf(fields, this.#layout.delimiter);
    if (!layout) return false;
    if (layout.columns.success >= 0) this.#layout = layout;
    this.#headers++;
    return true;
  }

  /** What is to be said of a row with fewer fields than the others, if it is one. */
  #cut({ length }: readonly string[]): Message | undefined {
    const { width } = this.#layout;
    return length < width ? say('client.cut', { fields: length, width }) : undefined;
  }

  #sample(fields: readonly string[], line: number, lines: number, success: boolean): void {
    const cut = this.#cut(fields);
    if (cut) this.#ledger.note(cut, line, fields.join(','));
    this.#ledger.use(lines);
    const result = this.#result(fields, success);
    this.#sink.count(result, success);
    if (isTransaction(result)) this.#sink.transaction(result, success, line);
    else this.#sink.request(result, success, line);
  }

  #result(fields: readonly string[], success: boolean): ResultFields {
    const { columns, variable } = this.#layout;
    const value = fieldAt(fields, variable);
    return {
      timeStamp: fieldAt(fields, columns.timeStamp),
      elapsed: fieldAt(fields, columns.elapsed),
      Latency: fieldAt(fields, columns.Latency),
      Connect: fieldAt(fields, columns.Connect),
      label: fieldAt(fields, columns.label),
      responseCode: fieldAt(fields, columns.responseCode),
      responseMessage: fieldAt(fields, columns.responseMessage),
      threadName: fieldAt(fields, columns.threadName),
      failureMessage: success ? undefined : fieldAt(fields, columns.failureMessage),
      URL: fieldAt(fields, columns.URL),
      variable: value === 'null' ? undefined : value,
    };
  }

  finish(file: InputFile): Reading {
    const ledger = this.#ledger;
    const { builder } = this.#sink;
    this.#sink.finish();
    sampleNotes(this.#sink, ledger);
    return {
      source: {
        path: file.path,
        sha256: file.sha256,
        kind: 'client-samples',
        format: 'jtl-csv',
        variant: this.#variant(),
        lines: file.lines,
        used: ledger.used,
        ignored: ledger.ignored,
        skipped: ledger.skipped,
        records: this.#sink.samples,
        counts: this.#sink.counts(),
        ...builder.period(),
        problems: ledger.problems,
        problemCount: ledger.problemCount,
      },
      samples: builder.finish(file.index),
    };
  }

  #variant(): Variant {
    const { columns, delimiter, header } = this.#layout;
    const present = Object.entries(columns).filter(([, at]) => at >= 0);
    const names = present.sort(([, a], [, b]) => a - b).map(([name]) => name);
    const delimiters: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };
    const { dates, zoned, dateless, builder } = this.#sink;
    const time = columns.timeStamp < 0 ? 'none' : dates === 0 ? 'epoch ms' : dateless > 0 ? 'time of day' : 'date';
    return {
      header: this.#headers > 1 ? `yes, ${this.#headers} times` : header ? 'yes' : 'no',
      delimiter: delimiters[delimiter] ?? delimiter,
      columns: names.join(' '),
      time,
      ...(dates > zoned ? { zone: 'not stated, read as UTC' } : {}),
      stamp: builder.stampIs,
    };
  }
}
