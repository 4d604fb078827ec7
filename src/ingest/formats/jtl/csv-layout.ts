import Papa from 'papaparse';
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
/** A header names at least this many columns that JMeter knows. */
const MIN_KNOWN_NAMES = 2;

/** The layout that a first line states as a header, or `undefined` if it is none. */
export function headerLayout(line: string): CsvLayout | undefined {
  for (const delimiter of DELIMITERS) {
    const fields = fieldsOf(line, delimiter);
    const names = fields.map((field) => NAMES[field.trim().toLowerCase() as keyof typeof NAMES]);
    if (names.filter(Boolean).length < MIN_KNOWN_NAMES) continue;
    const id = idVariable(fields.filter((_, i) => names[i] === undefined));
    const variable = id === undefined ? -1 : fields.indexOf(id);
    return { delimiter, header: true, columns: places(names), variable, width: fields.length };
  }
  return undefined;
}

/** The fields of one line. */
export function fieldsOf(line: string, delimiter: string): readonly string[] {
  return Papa.parse<string[]>(line, { delimiter }).data[0] ?? [];
}

/**
 * The layout of rows without a header: JMeter's fixed order, each column optional. The one that holds `true` or `false` in
 * every row is `success`, and what stands before and after it tells the rest.
 *
 *     timeStamp elapsed label responseCode responseMessage threadName [dataType] success [failureMessage] bytes …
 */
export function headerlessLayout(lines: readonly string[]): CsvLayout | undefined {
  for (const delimiter of DELIMITERS) {
    const rows = lines.map((line) => fieldsOf(line, delimiter)).filter(({ length }) => length >= MIN_FIELDS);
    if (rows.length === 0 || rows.length < lines.length / 2) continue;
    const [first] = rows as [readonly string[]];
    const truths = first.flatMap((_, i) => (rows.every((row) => /^(?:true|false)$/i.test(row[i] ?? '')) ? [i] : []));
    const success = truths[0];
    if (success === undefined || truths.length > 1 || isPerfMon(rows, success)) continue;
    const timed = /^\d{13}$|^\d{2,4}[-/]\d\d/.test(first[0] ?? '') && /^-?\d+$/.test(first[1] ?? '');
    const lead: readonly CsvColumn[] = timed ? ['timeStamp', 'elapsed'] : [];
    const names = [...lead, ...beforeSuccess(first.slice(lead.length, success)), 'success' as const];
    if (names.length !== success + 1) continue;
    const all = [...names, ...afterSuccess(rows, success, first.length)];
    return { delimiter, header: false, columns: places(all), variable: -1, width: first.length };
  }
  return undefined;
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

/** PerfMon's samples have a JTL's shape; they lack response code and thread name in every row. */
function isPerfMon(rows: readonly (readonly string[])[], success: number): boolean {
  return success >= 6 && rows.every((row) => row[3] === '' && row[5] === '');
}

function places(names: readonly (CsvColumn | undefined)[]): Record<CsvColumn, number> {
  return Object.fromEntries(Object.values(NAMES).map((name) => [name, names.indexOf(name)])) as Record<
    CsvColumn,
    number
  >;
}
