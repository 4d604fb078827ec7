import type { LogPattern } from './log-pattern.js';
import { stampBefore } from './parts/prefix.js';
import { exceptionNotice } from './parts/resource.js';

/** Go's net/http has no access log; it tells when it can't accept, and when a handler panicked. */
export const goServer = {
  id: 'go-server',
  specimens: [
    '2026/01/05 06:46:57 http: Accept error: accept tcp [::]:6666: accept4: too many open files; retrying in 5ms',
    '2026/01/05 06:46:57 server.go:3095: http: Accept error: accept tcp [::]:7000: accept: too many open files; retrying in 10ms',
    '2026/01/05 06:46:57 http: panic serving 127.0.0.1:40122: runtime error: index out of range',
    '[GIN-debug] Listening and serving HTTP on :8080',
  ],
  match(line) {
    if (line.startsWith('[GIN-debug]')) {
      const m = /serving HTTPS? on (?:\S*:)?(\d{1,5})\s*$/.exec(line.slice(0, 300));
      return m ? { kind: 'notice', notice: { kind: 'listening', port: Number(m[1]) } } : { kind: 'understood' };
    }
    const at = line.indexOf('http: ');
    if (at < 0 || at > 80) return undefined;
    const message = line.slice(at + 6);
    if (!/^(?:Accept error|panic serving|TLS handshake error|superfluous)/.test(message)) return undefined;
    return {
      kind: 'notice',
      ...stampBefore(line, at),
      notice: exceptionNotice(message.replace(/; retrying in .*/, '')),
    };
  },
} satisfies LogPattern;
