import type { Outcome } from '../../../model/samples.js';
import type { Stamp } from '../../../model/time.js';
import { outcomeOf } from '../../text/failure-kind.js';
import { findStampIn, parseStamp } from '../../text/timestamps.js';

/** What a line of a probe's record says. */
export type ProbeLine =
  /** A command line; `format` is the pattern of what `-w` will print. */
  | {
      readonly kind: 'command';
      readonly url?: string;
      readonly stamp?: Stamp;
      /** It was started in the background. */
      readonly background: boolean;
      readonly format?: RegExp;
      readonly names?: readonly string[];
    }
  /** curl's own message of failure. */
  | {
      readonly kind: 'failure';
      readonly outcome: Outcome;
      readonly elapsedMs?: number;
      readonly port?: number;
      readonly status?: number;
      readonly url?: string;
      readonly stamp?: Stamp;
    }
  /** A status line of the response, of `-i` or `-v`. */
  | { readonly kind: 'status'; readonly status: number }
  /** Something that `-w` or the shell's `time` printed. */
  | { readonly kind: 'timings'; readonly timings: Timings }
  | { readonly kind: 'request'; readonly target: string }
  | { readonly kind: 'time'; readonly stamp: Stamp }
  /** Verbose output and progress meters. */
  | { readonly kind: 'noise' };

/** In ms, by curl's names. */
export interface Timings {
  readonly total?: number;
  readonly connect?: number;
  readonly firstByte?: number;
  readonly status?: number;
}

/** Longer lines are bodies. */
const MAX_LINE = 4000;
/** How far into a line curl's message may stand: behind a time, an id or a name. */
const MAX_BEFORE = 200;

/** `curl: (56) Recv failure: Connection reset by peer` */
const FAILURE = /(?:^|[\s:\]>|])curl: \((\d{1,3})\) (.{0,500})/;
/** `$ curl -s 'http://127.0.0.1:8080/?id=5'`, `+ curl …`, `2026-01-05T10:30:16Z curl …`, `time curl …` */
const COMMAND =
  /(?:^|[\s$#>+;&|(])(?:\/\S{1,60}\/)?curl\s+(-\S|.{0,600}?(?:https?:\/\/|localhost|\d{1,3}(?:\.\d{1,3}){3}|:\d))/;
const URL = /(?:https?:\/\/|(?<![\w.])(?:localhost|\d{1,3}(?:\.\d{1,3}){3}):)[^\s'"<>|;)]{1,2000}/;
const WRITE_OUT = /\s(?:-\w*w|--write-out)[\s=]*(?:"((?:[^"\\]|\\.){1,500})"|'([^']{1,500})'|(\S{1,500}))/;
const STATUS = /^(?:< )?HTTP\/[\d.]{1,4} (\d{3})(?: .{0,100})?$/;
const REQUEST = /^> [A-Z]{3,10} (\S{1,2000}) HTTP\//;
/** `* Connected to …`, `> Host: …`, `< Server: …`, the progress meter, headers of `-i`. */
const NOISE =
  /^(?:[*<>{}] |[<>]$| {1,2}% Total|\s*Dload|[ \d]{3} [ \d.kMG]{6,}.*--:--|user\s+\d|sys\s+\d|--:--|[A-Z][\w-]{2,40}: )/;
const REAL = /^real\s+(?:(\d{1,6})m)?(\d{1,6}[.,]\d{1,6})s?$/;
const NAMED =
  /\b(time_total|time_connect|time_starttransfer|http_code|response_code|total|ttfb|connect)["']?\s*[=:]\s*["']?(\d{1,7}(?:[.,]\d{1,9})?)\s*(ms|s)?\b/gi;
/** A status with the times of `-w` behind or before it: `200 3.004`, `200 0.0003 0.0021 3.004`, `3.004 200`. */
const BARE = /^(?:(\d{3})((?:[\s,;]{1,10}\d{1,7}\.\d{1,9}s?){1,8})|((?:\d{1,7}\.\d{1,9}s?[\s,;]{1,10}){1,8})(\d{3}))$/;

/** Reads one line; `undefined` for one that is no part of what curl or a shell prints round it: a body. */
export function probeLine(line: string): ProbeLine | undefined {
  if (line.length > MAX_LINE) return undefined;
  const text = line.trim();
  return failure(line) ?? command(line) ?? status(text) ?? timings(text) ?? request(text) ?? time(text) ?? noise(line);
}

function failure(line: string): ProbeLine | undefined {
  const m = line.includes('curl: (') ? FAILURE.exec(line) : null;
  if (!m || m.index > MAX_BEFORE) return undefined;
  const message = m[2] ?? '';
  const before = findStampIn(line, 0, Math.max(1, m.index));
  const elapsed = /after (\d{1,9}) (?:ms|milliseconds)/.exec(message)?.[1];
  const port = /\bport (\d{1,5})\b/.exec(message)?.[1];
  const status = /returned error: (\d{3})\b/.exec(message)?.[1];
  const url = URL.exec(line.slice(0, m.index))?.[0] ?? /\bid[=: #]+\w{1,64}/.exec(line.slice(0, m.index))?.[0];
  const elapsedMs = elapsed === undefined ? undefined : Number(elapsed);
  return {
    kind: 'failure',
    outcome: outcome(Number(m[1]), message, elapsedMs, status),
    ...(elapsedMs === undefined ? {} : { elapsedMs }),
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(url === undefined ? {} : { url: url.startsWith('id') ? `?id=${url.replace(/^id[=: #]+/, '')}` : url }),
    ...(before ? { stamp: before.stamp } : {}),
  };
}

/** From here on a failed connect was no refusal, which comes at once. */
const REFUSED_WITHIN_MS = 900;
/** curl's exit codes (its manual, "EXIT CODES"). */
const CODE = { connect: 7, partial: 18, httpError: 22, timeout: 28, ssl: 35, emptyReply: 52, send: 55, receive: 56 };

function outcome(code: number, message: string, elapsedMs: number | undefined, status: string | undefined): Outcome {
  if (code === CODE.httpError || status !== undefined) {
    return outcomeOf({ success: false, code: status ?? '', message, failureMessage: '' });
  }
  if (code === CODE.connect) {
    if (/timed out|timeout/i.test(message)) return 'connect-timeout';
    if (/refused/i.test(message)) return 'refused';
    return elapsedMs !== undefined && elapsedMs > REFUSED_WITHIN_MS ? 'connect-timeout' : 'refused';
  }
  if (code === CODE.timeout) {
    return /connection timed out|failed to connect|connection timeout|resolving/i.test(message)
      ? 'connect-timeout'
      : 'read-timeout';
  }
  if (code === CODE.emptyReply || code === CODE.receive || code === CODE.send || code === CODE.partial) {
    return /timed out/i.test(message) ? 'read-timeout' : 'reset';
  }
  return outcomeOf({ success: false, code: '', message, failureMessage: '' });
}

function command(line: string): ProbeLine | undefined {
  const m = line.includes('curl') ? COMMAND.exec(line) : null;
  if (!m || m.index > MAX_BEFORE) return undefined;
  const stamp = findStampIn(line, 0, Math.max(1, m.index))?.stamp;
  const url = URL.exec(line.slice(m.index))?.[0];
  const written = WRITE_OUT.exec(line.slice(m.index));
  return {
    kind: 'command',
    background: /[^&]&\s*$/.test(line),
    ...(url === undefined ? {} : { url }),
    ...(stamp ? { stamp } : {}),
    ...(written ? formatOf(written[1] ?? written[2] ?? written[3] ?? '') : {}),
  };
}

/** The pattern of what `-w FORMAT` prints on one line, and what stands where. */
function formatOf(format: string): { format?: RegExp; names?: readonly string[] } {
  const names: string[] = [];
  const parts = format.replace(/^(?:\\[nrt])+|(?:\\[nrt])+$/g, '').split(/%\{(\w{1,40})\}/);
  if (parts.length < 3 || parts.length > 41 || /\\n/.test(parts.join(''))) return {};
  const pattern = parts.map((part, i) => {
    if (i % 2 === 0) return part.replace(/\\t/g, '\t').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    names.push(part);
    return /^(?:time|http_code|response_code|size|speed|num)/.test(part)
      ? '(\\d{1,15}(?:\\.\\d{1,9})?)'
      : '(\\S{0,200})';
  });
  return { format: new RegExp(`${pattern.join('')}\\s*$`), names };
}

function status(text: string): ProbeLine | undefined {
  const m = STATUS.exec(text);
  return m ? { kind: 'status', status: Number(m[1]) } : undefined;
}

function timings(text: string): ProbeLine | undefined {
  const real = REAL.exec(text);
  if (real) {
    return {
      kind: 'timings',
      timings: { total: (Number(real[1] ?? 0) * 60 + Number((real[2] ?? '').replace(',', '.'))) * 1000 },
    };
  }
  const bare = BARE.exec(text);
  if (bare) {
    // Which of curl's times these are is not said; all are counted from the start, so the longest is the total.
    const seconds = (bare[2] ?? bare[3] ?? '').split(/[\s,;s]+/).map(Number);
    return { kind: 'timings', timings: { status: Number(bare[1] ?? bare[4]), total: Math.max(...seconds) * 1000 } };
  }
  if (!/time_|_code|ttfb|total/i.test(text)) return undefined;
  let found: Timings = {};
  for (const [, name = '', value = '', unit] of text.matchAll(NAMED))
    found = { ...found, ...timing(name, value, unit) };
  return Object.keys(found).length > 0 ? { kind: 'timings', timings: found } : undefined;
}

/** One of curl's variables as a timing. curl writes seconds. */
export function timing(name: string, value: string, unit = 's'): Timings {
  const n = Number(value.replace(',', '.'));
  const ms = unit === 'ms' ? n : n * 1000;
  switch (name.toLowerCase()) {
    case 'time_total':
    case 'total':
      return { total: ms };
    case 'time_connect':
    case 'connect':
      return { connect: ms };
    case 'time_starttransfer':
    case 'ttfb':
      return { firstByte: ms };
    case 'http_code':
    case 'response_code':
      return { status: n };
    default:
      return {};
  }
}

function request(text: string): ProbeLine | undefined {
  const target = REQUEST.exec(text)?.[1];
  return target === undefined ? undefined : { kind: 'request', target };
}

function time(text: string): ProbeLine | undefined {
  const stamp = parseStamp(text.replace(/^[=#\-[\s]{0,20}|[=#\-\]\s]{0,20}$/g, ''));
  return stamp ? { kind: 'time', stamp } : undefined;
}

function noise(line: string): ProbeLine | undefined {
  return NOISE.test(line) ? { kind: 'noise' } : undefined;
}
