import type { Notice } from '../../model/events.js';
import type { LogPattern } from './log-pattern.js';
import { stampBefore } from './parts/prefix.js';

type Rule = readonly [RegExp, (m: RegExpExecArray) => Notice];
const port = (m: RegExpExecArray): Notice => ({ kind: 'listening', port: Number(m[1]) });
const RULES: readonly Rule[] = [
  [/\b(?:Tomcat|Undertow|Netty|Jetty) (?:initialized with|started on) port(?:\(s\)|s)?:? (\d{1,5})\b/, port],
  [/(?:Starting|Initializing) (?:ProtocolHandler|Coyote HTTP\/1\.1) (?:on |\[")http-(?:\w+-)?(\d{1,5})\b/, port],
  [
    /(?:Starting Servlet [Ee]ngine: \[?|Server version name: *)Apache Tomcat\/([\w.-]{1,20})/,
    (m) => ({ kind: 'server', name: 'Tomcat', version: m[1] ?? '' }),
  ],
  [
    /Maximum number of threads \((\d{1,6})\) created for connector/,
    (m) => ({ kind: 'setting', name: 'threads', value: Number(m[1]) }),
  ],
  [/All threads \((\d{1,6})\) are currently busy/, (m) => ({ kind: 'setting', name: 'threads', value: Number(m[1]) })],
  [/(?:Pausing|Stopping) (?:ProtocolHandler|Coyote)/, () => ({ kind: 'server-stop' })],
  [/Commencing graceful shutdown/, () => ({ kind: 'server-stop' })],
];
const HINT = /Tomcat|Undertow|Netty started|Jetty started|Coyote|ProtocolHandler|threads \(|graceful shutdown/;

/** What Tomcat and Spring Boot's servers say of themselves, behind whatever prefix. */
export const jvmServer = {
  id: 'jvm-server',
  specimens: [
    '2026-01-05 10:15:30.125  INFO 2566 --- [main] o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat started on port(s): 8080 (http) with context path',
    '2026-01-05T10:15:30.125+09:00  INFO 6532 --- [shop] [main] o.s.b.w.embedded.tomcat.TomcatWebServer  : Tomcat initialized with port 8080 (http)',
    '05-Jan-2026 20:52:38.123 INFO [main] org.apache.coyote.AbstractProtocol.start Starting ProtocolHandler ["http-nio-8080"]',
    'INFO: Maximum number of threads (200) created for connector with address [null] and port [8080]',
  ],
  match(line) {
    const head = line.length > 1000 ? line.slice(0, 1000) : line;
    if (!HINT.test(head)) return undefined;
    for (const [pattern, make] of RULES) {
      const m = pattern.exec(head);
      if (m) return { kind: 'notice', ...stampBefore(line, Math.max(1, m.index)), notice: make(m) };
    }
    return undefined;
  },
} satisfies LogPattern;
