import { goDuration } from '../text/durations.js';
import { stampAt } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { durationOf, statusOf } from './parts/access.js';
import { durationWithUnit } from './parts/keyed-duration.js';
import { keyedTime } from './parts/keyed-time.js';
import { keyedWho } from './parts/keyed-who.js';

const MAX_LINE = 16_384;
const BEGIN = /^[a-z@][\w.@-]{0,40}=(?:"|\S)/i;
const PAIR = /([\w.@-]{1,60})=("(?:[^"\\]|\\.)*"|\S*)/g;
/** Fewer pairs than this are text with an equals sign in it. */
const MIN_PAIRS = 3;

/**
 * logfmt, `key=value` by `key=value`: Go's loggers, Grafana, Rails' lograge. A line with a status and a path is a request's end; others
 * are a logger's.
 */
export const logfmt = {
  id: 'logfmt',
  specimens: [
    'time="2026-01-05T21:17:10.220731Z" level=error msg="something failed" pod=x-1',
    'logger=context t=2026-01-05T19:51:48.520963849Z level=info msg="Request Completed" method=GET path=/?id=3 status=302 time_ms=12',
    '2026-01-05T13:53:38Z method=GET path=/?id=7 status=200 duration=1.5s pid=7',
    'time=2026-01-05T13:53:38Z level=info msg=leave request_id=7 status=200 duration_ms=980.2 pid=7',
    'method=GET path=/x format=html controller=X action=index status=200 duration=58.33 view=40.4',
  ],
  match(line) {
    if (!line.includes('=') || line.length > MAX_LINE) return undefined;
    // The time may stand before the pairs, without a name.
    const lead = BEGIN.test(line) ? undefined : stampAt(line, 0);
    if (lead ? !BEGIN.test(line.slice(lead.end).trimStart()) : !BEGIN.test(line)) return undefined;
    const pairs = new Map<string, string>();
    for (const [, key = '', value = ''] of line.matchAll(PAIR)) {
      pairs.set(key.toLowerCase(), value.startsWith('"') ? value.slice(1, -1) : value);
    }
    if (pairs.size < MIN_PAIRS) return undefined;
    const first = (...names: string[]) => names.map((name) => pairs.get(name)).find((value) => value !== undefined);
    const stamp =
      lead?.stamp ??
      keyedTime(
        (name) => pairs.get(name.toLowerCase()),
        () => pairs.keys(),
      );
    const status = statusOf(first('status', 'status_code', 'code') ?? '');
    const target = first('path', 'uri', 'url', 'request_uri');
    const common = { ...(stamp ? { stamp } : {}), ...keyedWho((name) => pairs.get(name.toLowerCase())) };
    const took = duration(pairs);
    const id = first('request_id', 'requestid', 'req_id', 'reqid', 'id');
    if (status > 0 && target === undefined && took && id !== undefined)
      return { kind: 'span', stampIs: 'end', ...common, status, id, mayBeBegunBefore: true, ...took };
    if (status === 0 || target === undefined)
      return (stamp && !lead) || pairs.has('level') ? { kind: 'logger', ...common } : undefined;
    return { kind: took ? 'span' : 'end', stampIs: 'end', ...common, status, target, ...took } satisfies LogRecord;
  },
} satisfies LogPattern;

/** With its unit in the name, or written as Go does, or in lograge's milliseconds. */
function duration(pairs: ReadonlyMap<string, string>): ReturnType<typeof durationOf> {
  const told = durationWithUnit((name) => pairs.get(name), pairs.keys());
  if (told) return told;
  const text = ['duration', 'elapsed', 'latency', 'took']
    .map((name) => pairs.get(name))
    .find((one) => one !== undefined);
  return text === undefined ? undefined : (goDuration(text) ?? durationOf(text, 1));
}
