import { findStampIn } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { durationOf, statusOf, targetOf } from './parts/access.js';

const LINE = /"([A-Z]{3,10} [^"]*)" status: (\d{3}) +len: \d{1,15} time: (\d{1,7}\.\d{1,9})/;
const PID = / (\d{1,7}) [A-Z]{4,8} /;

/** eventlet's WSGI server as OpenStack logs it: status, length, and the duration in seconds, written at the end. */
export const eventlet = {
  id: 'eventlet',
  specimens: [
    '2026-01-05 00:00:00.008 257 INFO nova.osapi_compute.wsgi.server [req-1 - - -] 10.11.10.1 "GET /v2/servers?id=5 HTTP/1.1" status: 200 len: 1893 time: 0.2477829',
    'nova-api.log 2026-01-05 00:00:00.008 257 INFO nova.wsgi.server [-] 10.11.10.1 "POST /x HTTP/1.1" status: 202 len: 380 time: 0.4',
  ],
  match(line) {
    const at = line.indexOf('" status: ');
    if (at < 0) return undefined;
    const m = LINE.exec(line);
    const duration = m && durationOf(m[3] ?? '', 1000);
    if (!m || !duration) return undefined;
    const found = findStampIn(line, 0, m.index);
    const pid = found ? PID.exec(line.slice(found.end, found.end + 30))?.[1] : undefined;
    const target = targetOf(m[1] ?? '');
    return {
      kind: 'span',
      ...(found ? { stamp: found.stamp } : {}),
      ...(pid === undefined ? {} : { pid: Number(pid), identity: 'process' }),
      status: statusOf(m[2] ?? ''),
      ...(target === undefined ? {} : { target }),
      ...duration,
    } satisfies LogRecord;
  },
} satisfies LogPattern;
