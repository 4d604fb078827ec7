import type { Stamp } from '../../model/time.js';
import { parseStamp } from '../text/timestamps.js';
import type { LogMatcher, LogPattern, LogRecord } from './log-pattern.js';
import { durationOf, statusOf } from './parts/access.js';

/** Longest row and most columns that are taken apart. */
const MAX_ROW = 65_536;
const MAX_COLUMNS = 200;
/** A value in quotes (a quote in it is doubled), or one without blanks. */
const VALUE = /"(?:[^"]|"")*"|\S+/g;
const DATE = /^\d{4}-\d\d-\d\d/;

/**
 * W3C extended log: IIS, CloudFront and others. The columns are those of the last `#Fields` line, the times in UTC but for those of
 * `date-local`. The unit of `time-taken` depends on the server: IIS writes milliseconds, CloudFront seconds with decimals; a whole
 * number of another server is left to the reader.
 */
export const w3c = {
  id: 'w3c',
  specimens: [
    '#Software: Microsoft Internet Information Services 10.0',
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip sc-status time-taken',
    '2026-01-05 00:32:17 192.0.2.1 GET /x id=7 80 192.0.2.9 200 1012',
  ],
  match: (line) => new W3c().match(line),
  open: () => new W3c(),
} satisfies LogPattern;

class W3c implements LogMatcher {
  #columns: ReadonlyMap<string, number> = new Map();
  #isIis = false;
  /** Date of the last `#Date` line, for rows with a time alone. */
  #date = '';

  match(line: string): LogRecord | undefined {
    if (line.charCodeAt(0) === 35) return this.#directive(line);
    if (this.#columns.size === 0 || line.length > MAX_ROW) return undefined;
    return this.#row(line);
  }

  #directive(line: string): LogRecord | undefined {
    const m = /^#(Software|Version|Fields|Date|Start-Date|End-Date|GMT-Offset|Remark): *(.*)/.exec(line.slice(0, 8192));
    if (!m) return undefined;
    const value = m[2] ?? '';
    if (m[1] === 'Fields') {
      const names = value.trim().split(/\s+/).slice(0, MAX_COLUMNS);
      this.#columns = new Map(names.map((name, i) => [name.toLowerCase(), i]));
    } else if (m[1] === 'Software')
      this.#isIis = value.includes('Internet Information') || value.includes('HTTP Server API');
    else if (m[1] === 'Date') this.#date = DATE.exec(value)?.[0] ?? '';
    return { kind: 'understood' };
  }

  #row(line: string): LogRecord | undefined {
    const values = line.includes('\t') ? line.split(/[ ]*\t[ ]*/) : (line.match(VALUE) ?? []);
    const value = (...names: string[]): string | undefined => {
      const name = names.find((one) => this.#columns.has(one));
      const text = name === undefined ? undefined : values[this.#columns.get(name)!];
      return text === undefined || text === '-' ? undefined : text.replace(/^"|"$/g, '');
    };
    const stamp = this.#stamp(value);
    const path = value('cs-uri-stem', 'cs-uri');
    if (!stamp || (path === undefined && value('sc-status') === undefined)) return undefined;
    const query = value('cs-uri-query');
    return {
      kind: 'end',
      stamp,
      status: statusOf(value('sc-status') ?? ''),
      ...(path === undefined ? {} : { target: query === undefined ? path : `${path}?${query}` }),
      ...this.#duration(value('time-taken', 'timetakenms'), this.#columns.has('timetakenms')),
    };
  }

  #stamp(value: (...names: string[]) => string | undefined): Stamp | undefined {
    const time = value('time', 'time-local') ?? '';
    const date = value('date', 'date-local') ?? this.#date;
    const stamp = parseStamp(date === '' ? time : `${date} ${time}`);
    return stamp && this.#columns.has('time') ? { ...stamp, zoned: true, offsetMinutes: 0 } : stamp;
  }

  #duration(text: string | undefined, isMs: boolean): Partial<LogRecord> {
    if (text === undefined || !/^\d{1,12}(?:\.\d{1,9})?$/.test(text)) return {};
    const unit = isMs || (this.#isIis && !text.includes('.')) ? 1 : text.includes('.') ? 1000 : undefined;
    if (unit === undefined) return { rawDurations: [text] };
    return { kind: 'span', stampIs: 'end', ...durationOf(text, unit) };
  }
}
