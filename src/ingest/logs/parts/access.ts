import type { Stamp } from '../../../model/time.js';
import { parseStamp } from '../../text/timestamps.js';

/** The parts of `… [time] "request" status size …`, the form that most access logs share. */
export interface AccessLine {
  /** Everything before the request but the time: who asked, who served. */
  readonly head: string;
  /** The text within the brackets. */
  readonly time: string;
  readonly stamp: Stamp;
  readonly target?: string;
  /** 0 if a dash stands there. */
  readonly status: number;
  readonly size: string;
  /** Everything behind the size. */
  readonly tail: string;
}

/** Longest text that may stand in the brackets of a time. */
const MAX_TIME = 48;
/** Between the time and the request fit a host, a process id and a few more short fields; a line with longer ones is of another form. */
const MAX_BETWEEN = 60;
/** How many quotes within a request are tried as its end. */
const MAX_QUOTES = 64;
const STATUS_SIZE = /" (\d{3}|-)(?: (\d{1,20}|-))?(?![\w.])/y;
const QUOTED_REQUEST = /"[A-Z]{3,20} [^"]{1,4000} HTTP\/\d/;
const METHOD = /^[A-Z][A-Z_-]{1,20} /;

/** Splits an access line; `undefined` unless all parts are there. */
export function splitAccess(line: string): AccessLine | undefined {
  const behind = line.indexOf('] "');
  const quote = behind < 0 ? firstRequest(line) : behind + 2;
  const close = behind < 0 ? line.lastIndexOf(']', quote) : behind;
  if (quote < 0 || close < 0 || quote - close > MAX_BETWEEN) return undefined;
  const open = line.lastIndexOf('[', close);
  if (open < 0 || close - open > MAX_TIME) return undefined;
  const time = line.slice(open + 1, close);
  const stamp = parseStamp(time);
  if (!stamp) return undefined;
  const ended = endOfRequest(line, quote + 1);
  if (!ended) return undefined;
  const target = targetOf(line.slice(quote + 1, ended.close));
  return {
    head: `${line.slice(0, open)}${line.slice(close + 1, quote)}`,
    time,
    stamp,
    status: ended.status,
    size: ended.size,
    tail: line.slice(ended.end),
    ...(target === undefined ? {} : { target }),
  };
}

/** Where fields stand in an order of one's own, the request is the first quoted text that begins with a method. */
function firstRequest(line: string): number {
  const m = QUOTED_REQUEST.exec(line);
  return m ? m.index : -1;
}

/** The request ends at the first quote that status and size follow. */
function endOfRequest(line: string, from: number) {
  let close = line.indexOf('"', from);
  for (let n = 0; close >= 0 && n < MAX_QUOTES; n++, close = line.indexOf('"', close + 1)) {
    STATUS_SIZE.lastIndex = close;
    const m = STATUS_SIZE.exec(line);
    if (m) return { close, end: STATUS_SIZE.lastIndex, status: statusOf(m[1] ?? ''), size: m[2] ?? '' };
  }
  return undefined;
}

/** `/x?id=1` of `GET /x?id=1 HTTP/1.1`; the protocol may be missing or lack its name. */
export function targetOf(request: string): string | undefined {
  if (!METHOD.test(request)) return undefined;
  const start = request.indexOf(' ') + 1;
  const last = request.lastIndexOf(' ');
  const protocol = last > start && /^(?:HTTPS?\/)?\d(?:\.\d)?$/.test(request.slice(last + 1));
  return request.slice(start, protocol ? last : undefined);
}

export function statusOf(text: string): number {
  const status = Number(text);
  return status >= 100 && status <= 999 ? status : 0;
}

/** `durationMs` and its resolution of a decimal number in a unit of `unitMs` milliseconds. */
export function durationOf(
  text: string,
  unitMs: number,
): { durationMs: number; durationResolutionMs: number } | undefined {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0) return undefined;
  const point = text.indexOf('.');
  const decimals = point < 0 ? 0 : text.length - point - 1;
  return { durationMs: value * unitMs, durationResolutionMs: unitMs / 10 ** decimals };
}
