import { parseStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { durationOf, statusOf, targetOf } from './parts/access.js';
import { keyedWho } from './parts/keyed-who.js';
import { hasWho } from './parts/who-found.js';

const MAX_LINE = 16_384;
/** `time:…<TAB>`: a label of letters, the value up to the next tab. */
const BEGIN = /^[A-Za-z_][\w.-]{0,40}:[^\t]*\t[A-Za-z_][\w.-]{0,40}:/;
/** Labels of durations with their unit, ms: those of ltsv.org first, the whole before its parts. */
const DURATIONS: readonly (readonly [string, number])[] = [
  ['reqtime_microsec', 0.001],
  ['taken_microsec', 0.001],
  ['reqtime_msec', 1],
  ['reqtime', 1000],
  ['request_time', 1000],
  ['taken_sec', 1000],
  ['apptime', 1000],
];

/** How long the server behind took; `apptime` is ltsv.org's. */
const BEHIND = ['apptime', 'upstream_response_time', 'upstream_addr', 'urt'];

/**
 * Labelled tab-separated values (ltsv.org), as Apache's `LogFormat` and nginx' `log_format` write them where asked to; of a line without a
 * status the worker alone is told.
 */
export const ltsv = {
  id: 'ltsv',
  specimens: [
    'time:05/Jan/2026:13:55:36 +0000\thost:127.0.0.1\treq:GET /?id=7 HTTP/1.1\tstatus:200\tsize:5\treqtime:1.503',
    'time:[05/Jan/2026:13:55:36 +0000]\tmethod:GET\turi:/?id=7\tstatus:200\treqtime_microsec:1503123\tpid:42',
    'time:2026-01-05T13:55:36.602+00:00\tpid:8\tthread:puma srv tp 002\tevent:begin\tid:1',
  ],
  match(line) {
    if (!line.includes('\t') || line.length > MAX_LINE || !BEGIN.test(line)) return undefined;
    const fields = new Map(
      line.split('\t').map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon), field.slice(colon + 1)] as const;
      }),
    );
    const stamp = parseStamp((fields.get('time') ?? fields.get('time_local') ?? '').replace(/^\[|\]$/g, ''));
    const request = fields.get('req') ?? fields.get('request');
    const target = request === undefined ? (fields.get('uri') ?? fields.get('path')) : targetOf(request);
    const who = keyedWho((name) => fields.get(name));
    if (!stamp) return undefined;
    if (target === undefined || !fields.has('status'))
      return hasWho(who) ? { kind: 'logger', stamp, ...who } : undefined;
    const took = durationIn(fields);
    return {
      kind: took ? 'span' : 'end',
      stampIs: 'unsure',
      stamp,
      status: statusOf(fields.get('status') ?? ''),
      target,
      ...who,
      ...took,
      ...(BEHIND.some((label) => fields.has(label)) ? { behind: true } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;

function durationIn(fields: ReadonlyMap<string, string>): ReturnType<typeof durationOf> {
  for (const [label, unit] of DURATIONS) {
    const took = durationOf(fields.get(label) ?? '', unit);
    if (took) return took;
  }
  return undefined;
}
