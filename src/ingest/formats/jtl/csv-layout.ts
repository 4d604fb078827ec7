import Papa from 'papaparse';
import { parseStamp } from '../../text/timestamps.js';
import { RecordSplitter } from './csv-records.js';
import { idVariable } from './sample-sink.js';

/** Where the columns of a JTL stand; -1 if there is none. */
export interface CsvLayout {
  readonly delimiter: string;
  readonly header: boolean;
  readonly columns: Readonly<Record<CsvColumn, number>>;
  /** Where a sample variable that is named like a request id stands; -1 if none does. */
  readonly variable: number;
  /** Columns that a whole row has. */
  readonly width: number;
}

/** JMeter's names in lower case (jmeter.properties, `jmeter.save.saveservice.*`). */
const NAMES = {
  timestamp: 'timeStamp',
  elapsed: 'elapsed',
  time: 'elapsed',
  label: 'label',
  responsecode: 'responseCode',
  responsemessage: 'responseMessage',
  threadname: 'threadName',
  datatype: 'dataType',
  success: 'success',
  failuremessage: 'failureMessage',
  bytes: 'bytes',
  sentbytes: 'sentBytes',
  grpthreads: 'grpThreads',
  allthreads: 'allThreads',
  url: 'URL',
  filename: 'Filename',
  latency: 'Latency',
  encoding: 'Encoding',
  samplecount: 'SampleCount',
  errorcount: 'ErrorCount',
  hostname: 'Hostname',
  idletime: 'IdleTime',
  connect: 'Connect',
} as const;
export type CsvColumn = (typeof NAMES)[keyof typeof NAMES];

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** A row without header has at least label, thread, data type and success. */
const MIN_FIELDS = 4;
/** Share of the lines that have to be rows, and of the rows that have to be alike, where no header tells. */
const ROWS_SHARE = 0.3;
const ALIKE_SHARE = 0.8;
/** A longer line is no header. */
const MAX_HEADER = 65_536;
/** A header names at least this many columns that JMeter knows. */
const MIN_KNOWN_NAMES = 2;

/** What the beginning of a file shows: a layout, or what the file is instead. */
export type CsvLook = { readonly layout: CsvLayout } | { readonly refused: string } | undefined;

/** Looks at a file's first lines. A header may have lines of something else before it. */
export function lookAt(lines: readonly string[]): CsvLook {
  const filled = lines.filter((line) => line.trim() !== '');
  const [first = ''] = filled;
  const known = LOOK_ALIKES.find(([pattern]) => pattern.test(first));
  if (known) return { refused: known[1] };
  const layout = headerLayout(first) ?? laterHeader(filled) ?? headerlessLayout(filled);
  if (!layout) return undefined;
  if (layout.columns.success < 0) return { refused: 'a table of results without a success column' };
  return isPerfMon(filled, layout) ? { refused: 'measurements of PerfMon, which are no requests' } : { layout };
}

/** Tables that share names with results. */
const LOOK_ALIKES: readonly (readonly [RegExp, string])[] = [
  [/^"?Type"?,"?Name"?,"?(?:# requests|Request Count)/i, "Locust's table of statistics"],
  [/^"?Method"?,"?Name"?,"?(?:# requests|Error|Occurrences)/i, "Locust's table of statistics"],
  [/^"?Timestamp"?,"?User Count"?,"?Type"?,"?Name"?/i, "Locust's history of statistics"],
  [/(?:^|[,;\t])avg_ct[,;\t](?:.*[,;\t])?avg_lt(?:[,;\t]|$)/, "Taurus' table of aggregates"],
  [
    /^"?(?:sampler_label|Label)"?[,;\t]"?(?:aggregate_report_count|# ?Samples)"?[,;\t]/i,
    "JMeter's table of aggregates",
  ],
];

/** The layout that a first line states as a header, or `undefined` if it is none. */
export function headerLayout(line: string): CsvLayout | undefined {
  if (line.length > MAX_HEADER) return undefined;
  for (const delimiter of DELIMITERS) {
    const found = layoutOf(fieldsOf(line.replace(/^\ufeff/, ''), delimiter), delimiter);
    if (found) return found;
  }
  return undefined;
}

/** The layout that fields state as a header. */
export function layoutOf(fields: readonly string[], delimiter: string): CsvLayout | undefined {
  const names = fields.map((field) => NAMES[field.trim().toLowerCase() as keyof typeof NAMES]);
  if (names.filter(Boolean).length < MIN_KNOWN_NAMES) return undefined;
  const id = idVariable(fields.filter((_, i) => names[i] === undefined));
  const variable = id === undefined ? -1 : fields.indexOf(id);
  return { delimiter, header: true, columns: places(names), variable, width: fields.length };
}

/** A header below lines of something else has to be a good one. */
function laterHeader(lines: readonly string[]): CsvLayout | undefined {
  for (const line of lines.slice(1)) {
    const layout = headerLayout(line);
    if (layout && layout.columns.success >= 0 && layout.columns.elapsed >= 0 && layout.columns.label >= 0)
      return layout;
  }
  return undefined;
}

/** The fields of one line. */
export function fieldsOf(line: string, delimiter: string): readonly string[] {
  return Papa.parse<string[]>(line, { delimiter }).data[0] ?? [];
}

/**
 * The layout of rows without a header: JMeter's fixed order, each column optional. The one that holds `true` or `false` is
 * `success`, and what stands before and after it tells the rest. Lines of other widths (a message with line breaks, a cut row) have no
 * say.
 *
 *     timeStamp elapsed label responseCode responseMessage threadName [dataType] success [failureMessage] bytes …
 */
export function headerlessLayout(lines: readonly string[]): CsvLayout | undefined {
  for (const delimiter of DELIMITERS) {
    const records = recordsOf(lines, delimiter);
    const rows = commonest(records);
    if (rows.length === 0 || rows.length < records.length * ROWS_SHARE) continue;
    const [first] = rows as [readonly string[]];
    const most = (test: (row: readonly string[]) => boolean) =>
      rows.filter((row) => test(row)).length >= rows.length * ALIKE_SHARE;
    const truths = first.flatMap((_, i) => (most((row) => /^(?:true|false)$/i.test(row[i] ?? '')) ? [i] : []));
    const [success] = truths;
    if (success === undefined || truths.length > 1) continue;
    const timed = most(([stamp = '', elapsed = '']) => /^-?\d+$/.test(elapsed) && isStamp(stamp));
    const lead: readonly CsvColumn[] = timed ? ['timeStamp', 'elapsed'] : [];
    const names = [...lead, ...beforeSuccess(first.slice(lead.length, success)), 'success' as const];
    if (names.length !== success + 1) continue;
    const all = [...names, ...afterSuccess(rows, success, first.length)];
    return { delimiter, header: false, columns: places(all), variable: -1, width: first.length };
  }
  return undefined;
}

function recordsOf(lines: readonly string[], delimiter: string): readonly (readonly string[])[] {
  const records: (readonly string[])[] = [];
  const splitter = new RecordSplitter(delimiter, (fields) => records.push(fields));
  splitter.push(`${lines.join('\n')}\n`, 1);
  splitter.end();
  return records;
}

/** The rows of the width that most have, of at least `MIN_FIELDS`. */
function commonest(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const widths = new Map<number, number>();
  for (const { length } of rows) if (length >= MIN_FIELDS) widths.set(length, (widths.get(length) ?? 0) + 1);
  const [best] = [...widths].sort(([a, n], [b, m]) => m - n || b - a);
  return best ? rows.filter(({ length }) => length === best[0]) : [];
}

function isStamp(text: string): boolean {
  return /^\d{13}$/.test(text) || (/^\d{1,4}[-/.:]\d/.test(text) && parseStamp(text) !== undefined);
}

/** `label [responseCode] [responseMessage] threadName [dataType]`, by what the first row holds. */
function beforeSuccess(fields: readonly string[]): readonly CsvColumn[] {
  const typed = /^(?:text|bin|)$/.test(fields.at(-1) ?? 'x');
  const tail: readonly CsvColumn[] = typed ? ['threadName', 'dataType'] : ['threadName'];
  const between: readonly CsvColumn[] = ['responseCode', 'responseMessage'];
  const room = fields.length - 1 - tail.length;
  return room < 0 ? [] : ['label', ...between.slice(0, room), ...tail];
}

/** JMeter 2 writes `bytes grp all [URL] Latency`, JMeter 5 `failureMessage bytes sentBytes grp all URL Latency Idle Connect`. */
function afterSuccess(rows: readonly (readonly string[])[], success: number, width: number): (CsvColumn | undefined)[] {
  const numeric = (i: number) => rows.every((row) => /^\d+$/.test(row[i] ?? ''));
  const names: (CsvColumn | undefined)[] = new Array(width - success - 1).fill(undefined);
  const url = names.findIndex((_, k) =>
    rows.every((row) => /^(?:[a-z]+:\/\/|null$)/i.test(row[success + 1 + k] ?? '')),
  );
  if (names.length > 0 && !numeric(success + 1) && url !== 0) names[0] = 'failureMessage';
  const latency = url >= 0 ? url + 1 : names[0] === 'failureMessage' && names.length >= 8 ? 5 : -1;
  if (url >= 0) names[url] = 'URL';
  if (latency >= 0 && latency < names.length && numeric(success + 1 + latency)) {
    names[latency] = 'Latency';
    if (latency + 2 < names.length) names[latency + 2] = 'Connect';
  }
  return names;
}

/** PerfMon's samples have a JTL's shape; they succeed all, and lack response code and thread name in every row. */
function isPerfMon(lines: readonly string[], { columns, delimiter, header }: CsvLayout): boolean {
  if (columns.responseCode < 0 || columns.threadName < 0) return false;
  const rows = recordsOf(lines.slice(header ? 1 : 0), delimiter);
  const isMetric = (row: readonly string[]) =>
    row[columns.responseCode] === '' && row[columns.threadName] === '' && row[columns.success] === 'true';
  return rows.length > 0 && rows.every(isMetric);
}

function places(names: readonly (CsvColumn | undefined)[]): Record<CsvColumn, number> {
  return Object.fromEntries(Object.values(NAMES).map((name) => [name, names.indexOf(name)])) as Record<
    CsvColumn,
    number
  >;
}
