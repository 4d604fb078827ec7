import type { Notice } from '../../model/events.js';
import { parseStamp } from '../text/timestamps.js';
import type { LogPattern } from './log-pattern.js';
import { exceptionNotice } from './parts/resource.js';

const PREFIX = /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[([a-z]+)\] (\d{1,10})#\d+: (.*)/s;

/** nginx' error log: connection limits met, upstreams that refused or timed out, signals. */
export const nginxError = {
  id: 'nginx-error',
  specimens: [
    '2026/01/05 10:00:00 [alert] 123#123: 1024 worker_connections are not enough',
    '2026/01/05 10:00:00 [error] 123#0: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.7',
    '2026/01/05 10:00:00 [notice] 1#1: start worker process 29',
    '2026/01/05 10:00:00 [notice] 1#1: nginx/1.22.1',
  ],
  match(line) {
    if (line.charCodeAt(4) !== 47 || !line.includes('] ')) return undefined;
    const m = PREFIX.exec(line.length > 2000 ? line.slice(0, 2000) : line);
    const stamp = m && parseStamp(m[1] ?? '');
    if (!m || !stamp) return undefined;
    const notice = noticeOf(m[4] ?? '', /^(?:error|crit|alert|emerg)$/.test(m[2] ?? ''));
    return notice ? { kind: 'notice', stamp, notice } : { kind: 'understood', stamp };
  },
} satisfies LogPattern;

function noticeOf(message: string, bad: boolean): Notice | undefined {
  const connections = /(\d{1,9}) worker_connections are not enough/.exec(message);
  if (connections) return { kind: 'setting', name: 'connections', value: Number(connections[1]) };
  const version = /^nginx\/(\S+)/.exec(message);
  if (version) return { kind: 'server', name: 'nginx', version: version[1] ?? '' };
  const exit = /^worker process (\d{1,10}) exited (?:on signal|with)/.exec(message);
  if (exit)
    return { kind: 'worker-exit', pid: Number(exit[1]), cause: message.includes('signal') ? 'killed' : 'unknown' };
  const start = /^start worker process (\d{1,10})/.exec(message);
  if (start) return { kind: 'worker-start', pid: Number(start[1]) };
  return bad ? exceptionNotice(message.replace(/^\*\d+ /, '')) : undefined;
}
