import { withoutLevel } from './level.js';
import { type Found, type Who, whoOf } from './who-found.js';
import { fromMarks, takeKeys } from './who-marks.js';
import { fromPieces, trimEnds } from './who-pieces.js';

/** Longest prefix that is looked at, characters. */
const MAX_PREFIX = 240;

/** `[2026-01-05 10:30:00,123: INFO/PoolProc-13] `: what follows the time in its own bracket; Ruby’s process is `#7`. */
const IN_BRACKET_OF_TIME = /^[\s:,;|-]{0,4}#?([\w./:# ()-]{1,80})\]/;

/** Erlang's process: `<0.308.0>`. */
const ERLANG = /<\d{1,6}\.\d{1,9}\.\d{1,6}>/;
/** A span of Rust's tracing, with what is written behind it: `request{method=GET uri=/?id=1}: tower_http::trace`. */
const SPAN = / [\w:-]{1,60}\{\w[^{}]*(?:\}.*)?$/;

/**
 * The worker named between a line's time stamp and its message: ` - 7095-MainThread: #1 `, ` - Thread-1 (process_request_thread): `,
 * `  INFO 25662 --- [nio-8080-exec-3] o.p.Controller  : `, ` [pid 123] [thread-5] `. What is no worker (levels, loggers, client
 * addresses) is read over; what can't be told is left out.
 */
export function parseWho(prefix: string): Who {
  const whole = prefix.replace(IN_BRACKET_OF_TIME, '[$1]');
  const erlang = prefix.includes('<') ? ERLANG.exec(prefix) : null;
  if (erlang) return whoOf({ thread: erlang[0] });
  const within = whole.length > MAX_PREFIX ? whole.slice(-MAX_PREFIX) : whole;
  const text = trimEnds(withoutLevel(within.includes('{') ? within.replace(SPAN, ' ') : within));
  if (text === '') return {};
  const marked = text.includes('[') || text.includes('=') || text.includes('---') ? fromMarks(text) : undefined;
  if (marked && (marked.pid !== undefined || marked.thread !== undefined || marked.nativeId !== undefined)) {
    return whoOf(marked);
  }
  return whoOf(fromPieces(text.replace(/\[[^\]]*\]/g, ' ').trim(), prefix.startsWith(' - ')));
}

/** The worker that a line's pairs of key and value name, wherever they stand: `pid=4711 request_id=8 thread=MainThread`. */
export function whoByKeys(text: string): Who {
  const found: Found = {};
  takeKeys(text, found);
  return whoOf(found);
}
