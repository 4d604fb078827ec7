import type { Stamp } from '../../model/time.js';
import { findStamp } from '../text/timestamps.js';
import type { LogMatcher, LogPattern, LogRecord } from './log-pattern.js';
import { durationOf } from './parts/access.js';
import { parseWho } from './parts/who.js';
import { keyOfWho, type Who, whoOf } from './parts/who-found.js';

/** The path may be long; the rest is short, and may be missing. Others write as Rails does (negroni). */
const STARTED =
  /(?:^|\s)Started [A-Z]{3,8} (?:"([^"]{1,4000})" for \S{1,60} at \d{4}-|"?(\/[^"\s]{0,4000})"?(?: for \S{1,60})?\s*$)/;
const COMPLETED = /(?:^|\s)Completed (\d{3}) (?:[A-Za-z][\w' -]{0,60} )?in (\d{1,10}(?:\.\d{1,6})?)ms(?: |$)/;
/** The process as Ruby's logger writes it: `I, [2026-01-05T10:30:00.123456 #4711]  INFO -- : `. */
const RUBY_PID = / #(\d{1,7})\]/;
/** The request's tag (`config.log_tags = [:request_id]`). */
const TAG = /\[([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,64})\]/;
/** Requests under way that are remembered; more are a log of begins alone. */
const MAX_OPEN = 1_000_000;

/** A request that was started. */
interface Open {
  readonly target: string;
  readonly at: number;
}

/** What was read of a file before. */
interface FileState {
  readonly open: Map<string, Open[]>;
  /** It has lines of begins. */
  begins: boolean;
}

/**
 * Ruby on Rails: a line at the begin with the path, one at the end with status and duration. They have the request's tag in common, or
 * at least the process; of several requests of one process it is the one that began a duration ago.
 */
export const rails = {
  id: 'rails',
  specimens: [
    'I, [2026-01-05T10:30:00.123456 #4711]  INFO -- : [0000000c-5a1c-4b7e-9d2f-000000017364] Started GET "/?id=12" for 127.0.0.1 at 2026-01-05 10:30:00 +0100',
    'I, [2026-01-05T10:30:01.104022 #4711]  INFO -- : [0000000c-5a1c-4b7e-9d2f-000000017364] Completed 200 OK in 980ms (Views: 0.2ms | ActiveRecord: 0.0ms)',
    '[negroni] 2026/01/05 10:30:00 Started GET /?id=8',
    '2026-01-05T10:30:00.351074+00:00 app[web.1]: [3afa0375-8825-4742-a3e4-5362314f5592] Started GET "/?id=8" for 127.0.0.1',
    'Started GET "/?id=12" for 127.0.0.1 at 2026-01-05 10:30:00 +0100',
    'Completed 500 Internal Server Error in 12ms',
  ],
  match: (line) => read(line, { open: new Map(), begins: false }),
  open(): LogMatcher {
    const file = { open: new Map<string, Open[]>(), begins: false };
    return { match: (line) => read(line, file) };
  },
} satisfies LogPattern;

function read(line: string, file: FileState): LogRecord | undefined {
  if (line.includes('Started ')) {
    const m = STARTED.exec(line);
    return m ? begun(line.slice(0, m.index + 1), (m[1] ?? m[2])!, file) : undefined;
  }
  const m = line.includes('Completed ') ? COMPLETED.exec(line) : null;
  return m ? completed(line.slice(0, m.index + 1), Number(m[1]), m[2]!, file) : undefined;
}

function begun(prefix: string, target: string, file: FileState): LogRecord {
  const { stamp, who, key } = headOf(prefix);
  const { open } = file;
  const known = open.get(key);
  file.begins = true;
  const one = { target, at: stamp?.ms ?? Number.NaN };
  if (known) known.push(one);
  else if (open.size < MAX_OPEN) open.set(key, [one]);
  return { kind: 'begin', target, ...who, ...(stamp ? { stamp } : {}) };
}

function completed(prefix: string, status: number, ms: string, { open, begins }: FileState): LogRecord {
  const { stamp, who, key } = headOf(prefix);
  const took = durationOf(ms, 1);
  const begunAt = (stamp?.ms ?? Number.NaN) - (took?.durationMs ?? 0);
  const list = open.get(key) ?? [];
  const away = ({ at }: Open) => Math.abs(at - begunAt);
  const chosen = list.reduce<Open | undefined>(
    (best, one) => (best && !(away(one) < away(best)) ? best : one),
    undefined,
  );
  if (list.length <= 1) open.delete(key);
  else list.splice(list.indexOf(chosen!), 1);
  // Whose begin is lost can't be named, and would be counted beside the client's record of it.
  if (!chosen && begins) return { kind: 'understood' };
  const told = chosen ? { kind: 'end' as const, target: chosen.target } : { kind: 'span' as const, ...took };
  return { ...told, stampIs: 'end', status, ...who, ...(stamp ? { stamp } : {}) };
}

/** What stands before the message: time, process, and what tells whose lines belong together. */
function headOf(prefix: string): { readonly stamp?: Stamp; readonly who: Who; readonly key: string } {
  const found = findStamp(prefix);
  const rest = prefix.slice(found?.end ?? 0);
  const pid = RUBY_PID.exec(rest);
  const who = pid ? whoOf({ pid: Number(pid[1]) }) : parseWho(rest);
  const key = TAG.exec(prefix)?.[1] ?? keyOfWho(who);
  return { ...(found ? { stamp: found.stamp } : {}), who, key };
}
