import type { Message } from '../../model/message.js';
import type { Reading } from '../../model/reading.js';
import type { Variant } from '../../model/source.js';
import { say } from '../../words/ids.js';
import { outcomeOf } from '../text/failure-kind.js';
import type { InputFile } from '../text/input-file.js';
import { Ledger } from '../text/ledger.js';
import { SampleBuilder } from '../text/sample-builder.js';
import { parseStamp } from '../text/timestamps.js';
import type { Format, Head, RunContext } from './format.js';
import { type CsvLayout, headerLayout, headerlessLayout } from './jtl/csv-layout.js';
import { RecordSplitter } from './jtl/csv-records.js';

/**
 * JMeter results as CSV: with a header in any column order and subset, or without one in JMeter's fixed order. Supported:
 * `,` `;` tab and `|`, quoted line breaks, sample variables, epoch and date stamps, headers repeated where files were glued
 * together. Format: jmeter.properties, "Results file configuration".
 */
export const jtlCsv = {
  id: 'jtl-csv',
  kind: 'client-samples',
  recognise(head: Head) {
    const layout = layoutOf(head.lines.slice(0, HEAD_ROWS));
    if (!layout) return { certainty: 'no' };
    if (layout.columns.success < 0) return { certainty: 'refused', as: 'a table of results without a success column' };
    return { certainty: 'certain' };
  },
  async read(file: InputFile, context: RunContext): Promise<Reading> {
    const layout = layoutOf((await file.head()).lines.slice(0, HEAD_ROWS));
    const reader = new CsvReader(layout!, context);
    const splitter = new RecordSplitter(layout!.delimiter, (fields, line, lines) => reader.record(fields, line, lines));
    for await (const { text, firstLine } of file.blocks()) splitter.push(text, firstLine);
    splitter.end();
    return reader.finish(file);
  },
} satisfies Format;

const HEAD_ROWS = 40;
/** JMeter writes this as the message of a Transaction Controller's own row. */
const TRANSACTION = 'Number of samples in transaction';

function layoutOf(lines: readonly string[]): CsvLayout | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return undefined;
  return headerLayout(lines[first]!) ?? headerlessLayout(lines.slice(first).filter((line) => line !== ''));
}

class CsvReader {
  readonly #ledger = new Ledger();
  readonly #builder = new SampleBuilder();
  #samples = 0;
  #failed = 0;
  #transactions = 0;
  #dates = false;

  constructor(
    readonly layout: CsvLayout,
    readonly context: RunContext,
  ) {}

  /** Takes one record that began on `line` and covers `lines` physical lines. */
  record(fields: readonly string[], line: number, lines: number): void {
    const success = fields[this.layout.columns.success]?.trim().toLowerCase();
    if (success === 'true' || success === 'false') this.#sample(fields, line, lines, success === 'true');
    else if (fields.length === 1 && fields[0]!.trim() === '') this.#ledger.ignore(lines);
    else if (headerLayout(fields.join(this.layout.delimiter))) this.#ledger.use(lines);
    else this.#ledger.skip(line, this.#cut(fields) ?? say('client.noSuccess', {}), fields.join(','), lines);
  }

  /** What is to be said of a row with fewer fields than the others, if it is one. */
  #cut({ length }: readonly string[]): Message | undefined {
    const { width } = this.layout;
    return length < width ? say('client.cut', { fields: length, width }) : undefined;
  }

  #sample(fields: readonly string[], line: number, lines: number, success: boolean): void {
    const cut = this.#cut(fields);
    if (cut) this.#ledger.note(cut, line, fields.join(','));
    this.#ledger.use(lines);
    this.#samples++;
    if (!success) this.#failed++;
    const message = fields[this.layout.columns.responseMessage] ?? '';
    if (message.startsWith(TRANSACTION)) this.#transactions++;
    else this.#request(fields, line, success, message);
  }

  #request(fields: readonly string[], line: number, success: boolean, message: string): void {
    const { columns } = this.layout;
    const code = fields[columns.responseCode] ?? '';
    const url = fields[columns.URL] ?? '';
    const id = url === '' ? undefined : this.context.requestId.find(url);
    const port = url === '' ? undefined : portOf(url);
    if (port !== undefined) this.#builder.port(port);
    const failureMessage = success ? '' : (fields[columns.failureMessage] ?? '');
    this.#builder.add({
      line,
      stamp: this.#stamp(fields[columns.timeStamp]),
      elapsed: number(fields[columns.elapsed]),
      latency: number(fields[columns.Latency]),
      connect: number(fields[columns.Connect]),
      outcome: success ? 'succeeded' : outcomeOf({ success, code, message, failureMessage }),
      status: /^[1-9]\d\d$/.test(code) ? Number(code) : 0,
      id: id === undefined ? Number.NaN : this.context.ids.encode(id),
      label: fields[columns.label] ?? '',
    });
  }

  #stamp(text: string | undefined): number {
    if (text === undefined || text === '') return Number.NaN;
    const epoch = number(text);
    if (!Number.isNaN(epoch)) return epoch;
    this.#dates = true;
    return parseStamp(text)?.ms ?? Number.NaN;
  }

  finish(file: InputFile): Reading {
    const ledger = this.#ledger;
    const builder = this.#builder;
    const counts = {
      samples: this.#samples,
      failed: this.#failed,
      subSamples: 0,
      transactions: this.#transactions,
      labels: builder.labels,
    };
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
        records: this.#samples,
        counts,
        ...builder.period(),
        problems: ledger.problems,
        problemCount: ledger.problemCount,
      },
      samples: builder.finish(file.index),
    };
  }

  #variant(): Variant {
    const { columns, delimiter, header } = this.layout;
    const present = Object.entries(columns).filter(([, at]) => at >= 0);
    const names = present.sort(([, a], [, b]) => a - b).map(([name]) => name);
    const delimiters: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };
    const time = columns.timeStamp < 0 ? 'none' : this.#dates ? 'date' : 'epoch ms';
    return {
      header: header ? 'yes' : 'no',
      delimiter: delimiters[delimiter] ?? delimiter,
      columns: names.join(' '),
      time,
      ...(this.#dates ? { zone: 'not stated, read as UTC' } : {}),
      stamp: this.#builder.stampIs,
    };
  }
}

/** A number of JMeter's: digits, perhaps a sign and decimals; `NaN` for anything else. */
function number(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text);
}

/** The port that a URL names or that its scheme implies. */
function portOf(url: string): number | undefined {
  const m = /^(https?):\/\/(?:\[[^\]]*\]|[^/:?#]*)(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(url);
  if (!m) return undefined;
  if (m[2] !== undefined) return Number(m[2]);
  return m[1]!.toLowerCase() === 'https' ? 443 : 80;
}
