import { parseStamp } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { statusOf, targetOf } from './parts/access.js';

const LINE =
  /(\S+:\d{1,5}) \[(\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d(?:\.\d{3})?)\] \S+ \S+ (-?\d{1,10})\/(-?\d{1,10})\/(-?\d{1,10})\/(-?\d{1,10})\/\+?(\d{1,10}) (-?\d{1,3}) \+?\d{1,20} \S+ \S+ \S{4} \S+ \S+ (?:\{[^}]*\} ){0,2}"([^"]*)"?/;

/**
 * HAProxy's httplog, or one like it in whole seconds. The stamp is when the request's first byte came; the timers are ms: reading it, waiting in HAProxy's
 * queue, connecting, the server's answer, all. What counts as in service is the time after queue and connect.
 */
export const haproxy = {
  id: 'haproxy',
  specimens: [
    'haproxy[681]: 192.0.2.7:55008 [05/Jan/2026:06:05:27.584] ft_https~ bk_https/abc 0/0/0/72/72 200 7456 - - ---- 5/4/0/1/0 0/0 "POST /user/?id=5 HTTP/1.1"',
    'Jan  5 16:19:49 lb haproxy[7]: 192.0.2.7:53332 [05/Jan/2026:16:19:48.143] in~ bk/s1 0/900/7/1457/2387 200 11394 - - ---- 2/1/0/0/0 0/0 {curl/8} {} "GET / HTTP/1.1"',
  ],
  match(line) {
    const at = line.indexOf(' [');
    if (at < 0 || !line.includes('/', at) || !line.includes(' - ') || !line.includes('"')) return undefined;
    const m = LINE.exec(line);
    const stamp = m && parseStamp(m[2] ?? '');
    if (!m || !stamp) return undefined;
    const lead = [m[3], m[4], m[5]].reduce((sum, timer) => sum + Math.max(0, Number(timer)), 0);
    const total = Number(m[7]);
    const target = targetOf(m[9] ?? '');
    const status = statusOf(m[8] ?? '');
    return {
      kind: 'span',
      stamp: { ...stamp, ms: stamp.ms + total },
      durationMs: Math.max(0, total - lead),
      durationResolutionMs: 1,
      status,
      ...(target === undefined ? {} : { target }),
      ...(status === 0 ? { unanswered: true } : {}),
    } satisfies LogRecord;
  },
} satisfies LogPattern;
