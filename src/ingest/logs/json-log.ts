import type { Stamp } from '../../model/time.js';
import { findStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { durationOf } from './parts/access.js';
import { findHandlerWords } from './parts/handler-words.js';
import { durationWithUnit } from './parts/keyed-duration.js';
import { firstTime, keyedTime } from './parts/keyed-time.js';
import { keyedWho } from './parts/keyed-who.js';
import { parseWho } from './parts/who.js';
import { whoOf } from './parts/who-found.js';

/** A line longer than this is not parsed as JSON. */
const MAX_JSON = 65_536;
type Json = Readonly<Record<string, unknown>>;

/** uWSGI's and others' name for the time of the begin, where no other time stands. */
const BEGIN = 'start';
const COARSE_MS = 1000;
/** Names under which loggers keep how long a request took without saying the unit, and that unit, ms. */
const DURATION: readonly (readonly [string, number])[] = [
  ['responseTime', 1],
  ['Duration', 1e-6],
  ['request_time', 1000],
  ['rt', 1000],
  ['duration', 1000],
  ['elapsed', 1000],
  ['took', 1000],
];
/** Names under which they keep the request's id, first that is there counts. */
const ID = ['id', 'request_id', 'requestId', 'request.id'];
/** The same for a line that names no target; `id` alone may be the record's own. */
const REQUEST_ID = ['request_id', 'requestId', 'request.id', 'correlation_id', 'correlationId', 'id'];
const MESSAGE = ['msg', 'message', 'log', 'event', 'log_io', 'log_text', 'text'];
/** A message that begins the request whose target stands beside it: `incoming request`, or one word. */
const BEGINS =
  /incoming request|request (?:start|receiv|began|begin)|^(?:start(?:ed|ing)?|begin|began|received|accepted)$/i;
/** The fields that pino begins each line with, in their order: it logs for Node, which serves all requests of a process on one thread. */
const PINO = /^\{"level":\d+,"time":\d{13},"pid":\d+,"hostname":/;
/** How long the server behind took, or which it was: nginx' variables, Traefik's fields. */
const BEHIND = ['upstream_response_time', 'upstream_addr', 'upstream_time', 'urt', 'OriginDuration'];

/**
 * One JSON object per line: pino and bunyan (Node), Caddy, Traefik, nginx with a JSON format, structlog, Logback's JSON encoder. A
 * line with status and duration is a request's end; a message with the handler's words is its begin or end.
 */
export const jsonLog = {
  id: 'json-log',
  specimens: [
    '{"level":30,"time":1767609000123,"pid":4711,"hostname":"h","reqId":"req-1","req":{"method":"GET","url":"/?id=1"},"msg":"incoming request"}',
    '{"level":30,"time":1767609000456,"pid":4711,"hostname":"h","reqId":"req-1","res":{"statusCode":200},"responseTime":333.1,"msg":"request completed"}',
    '{"level":"info","ts":1767609000.123,"logger":"http.log.access","msg":"handled request","request":{"method":"GET","uri":"/?id=1"},"duration":0.0123,"status":200}',
    '{"time_iso8601":"2026-01-05T10:30:00+00:00","request_uri":"/?id=1","status":"200","request_time":"0.123"}',
    '{"name":"shop","pid":3309,"level":30,"msg":"start","req_id":"3afa0375-8825","url":"/?id=8","time":"2026-01-05T10:30:00.351Z","v":0}',
    '{"text":"2026-01-05 10:30:00.123 | INFO | shop:buy:37 - order 7 taken\\\\n","record":{"message":"order 7 taken","process":{"id":17},"thread":{"id":140238516123328,"name":"Thread-1"},"time":{"timestamp":1767609000.123}}}',
    '{"pid":5,"core":4,"start":1767609000067,"uri":"/?id=2","status":200,"msecs":1101}',
    '{"time":"2026-01-05T10:30:00+00:00","msec":1767609000.627,"req":"GET /?id=4 HTTP/1.1","status":200,"rt":0.598}',
    '{"ts":"2026-01-05T10:30:00.123Z","pid":4711,"message":"done","request_id":14,"status":200,"duration_ms":980.2}',
  ],
  match: (line) => read(line, undefined),
  open() {
    // pino names the URL at the begin only; its request id leads from the end back to it.
    const targets = new Map<string, string>();
    let said = false;
    return {
      match(line) {
        const record = read(line, targets);
        if (said || !record || !PINO.test(line)) return record;
        said = true;
        return { ...record, notices: [{ kind: 'worker-unit', unit: 'coroutine' }] };
      },
    };
  },
} satisfies LogPattern;

function read(line: string, targets: Map<string, string> | undefined): LogRecord | undefined {
  if (line.charCodeAt(0) !== 123 || line.length > MAX_JSON || line.at(-1) !== '}') return undefined;
  let json: Json;
  try {
    json = JSON.parse(line) as Json;
  } catch {
    return firstOfTwo(line, targets);
  }
  const stamp = stampOf(json);
  const record = requestOf(json, targets) ?? messageOf(json);
  // Loguru has all but the text in an object of its own.
  const who = keyedWho((name) => fieldOf(json, name) ?? fieldOf(json, `record.${name}`));
  return { ...record, ...(stamp ? { stamp } : {}), ...whoOf({ ...threadIn(record), ...who }) };
}

/** Two threads printed at once: `{…}{…}`. */
function firstOfTwo(line: string, targets: Map<string, string> | undefined): LogRecord | undefined {
  const second = line.indexOf('}{"') + 1;
  const record = second > 0 ? read(line.slice(0, second), targets) : undefined;
  return record && { ...record, rest: line.slice(second) };
}

/** The thread and process that the message's own prefix names. */
function threadIn({ pid, thread, nativeId }: LogRecord) {
  return {
    ...(pid === undefined ? {} : { pid }),
    ...(thread === undefined ? {} : { thread }),
    ...(nativeId === undefined ? {} : { nativeId }),
  };
}

/** A field by its name; `process.pid` may be the name itself or lead into an object. */
function fieldOf(json: Json, name: string): unknown {
  if (Object.hasOwn(json, name)) return json[name];
  let value: unknown = json;
  for (const step of name.split('.')) {
    const inner = objectOf(value);
    if (!inner || !Object.hasOwn(inner, step)) return undefined;
    value = inner[step];
  }
  return value;
}

function requestOf(json: Json, targets: Map<string, string> | undefined): LogRecord | undefined {
  const request = objectOf(json.req ?? json.request);
  const key = textOf(json.reqId ?? json.req_id ?? request?.id);
  const named = textOf(
    requestLine(json.req) ??
      request?.url ??
      request?.uri ??
      request?.path ??
      json.request_uri ??
      json.uri ??
      json.url ??
      json.path ??
      json.RequestPath ??
      json.request,
  );
  const url = withQuery(named, json);
  const status = integer(
    objectOf(json.res ?? json.response)?.statusCode ??
      json.status ??
      json.statusCode ??
      json.status_code ??
      json.DownstreamStatus,
  );
  if (key !== undefined && url !== undefined && targets && targets.size < 1_000_000) targets.set(key, url);
  const target = url ?? (key === undefined ? undefined : targets?.get(key));
  const withTarget = target === undefined ? {} : { target: targetOf(target) };
  if (status !== undefined) {
    const duration = durationIn(json);
    if (key !== undefined && targets) targets.delete(key);
    const behind = BEHIND.some((name) => Object.hasOwn(json, name)) ? ({ behind: true } as const) : {};
    const told = target !== undefined ? withTarget : idOfField(json, key);
    const stampIs = isOfBegin(json) ? 'begin' : 'end';
    return { kind: duration ? 'span' : 'end', stampIs, status, ...duration, ...told, ...behind };
  }
  if (target === undefined) return undefined;
  const message = firstText(json, MESSAGE) ?? '';
  if (BEGINS.test(message)) return { kind: 'begin', ...withTarget };
  const words = findHandlerWords(message);
  return words?.isBare ? { kind: words.kind, ...withTarget } : undefined;
}

function idOfField(json: Json, key: string | undefined): Pick<LogRecord, 'id' | 'mayBeBegunBefore'> {
  const id = key ?? firstText(json, REQUEST_ID);
  return id === undefined ? {} : { id, mayBeBegunBefore: true };
}

/** Names of a target's query where a field of its own holds it, as with gunicorn's `%(q)s`. */
const QUERY = ['query', 'query_string', 'queryString', 'args', 'qs'];

/** A path with the query that stands beside it. */
function withQuery(url: string | undefined, json: Json): string | undefined {
  if (url === undefined || url.includes('?')) return url;
  const query = QUERY.map((name) => json[name]).find((value) => typeof value === 'string' && value !== '');
  return query === undefined ? url : `${url}?${String(query).replace(/^\?/, '')}`;
}

/** `GET /x?id=1 HTTP/1.1`, whatever the field is called. */
const requestLine = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[A-Z]{3,8} \S/.test(value) ? value : undefined;

const targetOf = (url: string): string => /^[A-Z]{3,8} (\S+)/.exec(url)?.[1] ?? url;

function durationIn(json: Json): ReturnType<typeof durationOf> {
  const told = durationWithUnit((name) => json[name], Object.keys(json));
  if (told) return told;
  for (const [name, unitMs] of DURATION) {
    const duration = durationOf(textOf(json[name]) ?? '', unitMs);
    if (duration) return duration;
  }
  return undefined;
}

/** No request of its own: perhaps the handler's words; else a logger's line. */
function messageOf(json: Json): LogRecord {
  const message = firstText(json, MESSAGE);
  const words = message === undefined ? undefined : findHandlerWords(message);
  // An access line within is a line of its own.
  if (!words) return message?.includes(' HTTP/') ? { kind: 'logger', rest: message } : { kind: 'logger' };
  const prefix = message!.slice(0, words.start);
  const stamp = findStamp(prefix);
  const who = parseWho(prefix.slice(stamp?.end ?? 0));
  const id = words.isBare ? firstText(json, ID) : words.id;
  // `request started` of no request is left to the learner, which looks at all fields.
  if (words.isBare && id === undefined) return { kind: 'logger' };
  return { kind: words.kind, ...who, ...(id === undefined ? {} : { id }) };
}

function stampOf(json: Json): Stamp | undefined {
  const field = (name: string) => json[name];
  const first = keyedTime(field, () => otherNames(json)) ?? firstTime(field, [BEGIN]);
  // nginx has whole seconds in its other variables.
  return first && first.resolutionMs >= COARSE_MS ? (firstTime(field, ['msec']) ?? first) : first;
}

const otherNames = (json: Json): readonly string[] => Object.keys(json).filter((name) => name !== BEGIN);

/** The only time is that of the begin. */
const isOfBegin = (json: Json): boolean =>
  Object.hasOwn(json, BEGIN) &&
  keyedTime(
    (name) => json[name],
    () => otherNames(json),
  ) === undefined;

function firstText(json: Json, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(fieldOf(json, name));
    if (text !== undefined) return text;
  }
  return undefined;
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;
const objectOf = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;

function integer(value: unknown): number | undefined {
  const n = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isInteger(n) && n >= 0 ? n : undefined;
}
