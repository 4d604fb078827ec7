import { parseStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { statusOf, targetOf } from './parts/access.js';

const LINE =
  /^(?:(https?|h2|grpcs|wss?) )?(\d{4}-\d\d-\d\dT[\d:.]+Z) \S+ \S+:\d{1,5} (?:\S+:\d{1,5}|-) (-?\d{1,6}(?:\.\d{1,9})?) (-?\d{1,6}(?:\.\d{1,9})?) (-?\d{1,6}(?:\.\d{1,9})?) (\d{3}|-) (\d{3}|-) -?\d+ -?\d+ "([^"]*)"/;

/**
 * AWS load balancers. Three durations in seconds: to the target, the target's own, back. The classic one stamps the arrival,
 * the application one (its line begins with the type) the answer.
 */
export const awsElb = {
  id: 'aws-elb',
  specimens: [
    '2026-01-05T23:39:43.945958Z my-lb 192.0.2.7:2817 10.0.0.1:80 0.000086 0.001048 0.001337 200 200 0 57 "GET https://www.example.com:443/?id=3 HTTP/1.1"',
    'https 2026-01-05T23:39:43.945958Z app/my-lb/50dc6c495c0c9188 192.0.2.7:2817 10.0.0.1:80 0.000 1.001 0.000 200 200 34 366 "GET https://example.com:443/ HTTP/1.1" "curl/7" - -',
  ],
  match(line) {
    const digit = line.charCodeAt(0);
    if (!line.includes('Z ') || !(digit === 50 || digit === 104 || digit === 119 || digit === 103)) return undefined;
    const m = LINE.exec(line);
    const stamp = m && parseStamp(m[2] ?? '');
    if (!m || !stamp) return undefined;
    const [before = 0, within = -1, after = 0] = [m[3], m[4], m[5]].map((s) => Number(s) * 1000);
    const target = targetOf(m[8] ?? '');
    const common = { status: statusOf(m[6] ?? ''), ...(target === undefined ? {} : { target }) };
    // -1: the balancer never got so far.
    if (within < 0) return { kind: 'end', stamp, ...common } satisfies LogRecord;
    const end = m[1] === undefined ? stamp.ms + before + within : stamp.ms - after;
    return { kind: 'span', stamp: { ...stamp, ms: end }, durationMs: within, durationResolutionMs: 1, ...common };
  },
} satisfies LogPattern;
