import { findStampIn } from '../text/timestamps.js';
import type { LogPattern, LogRecord } from './log-pattern.js';
import { exceptionNotice, resourceIn } from './parts/resource.js';

/** How much of a line is looked at. */
const HEAD = 1000;
/** How far behind the time stamp a level stands. */
const LEVEL_WITHIN = 120;
const LEVEL =
  /(?:^|[\s[|:(-])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|CRITICAL|FATAL|CONFIG|FINE|FINER|FINEST)(?=[\s\]|:),-]|$)/;
const SPRING = /^ {0,3}(?:[A-Z]{4,5}) \d{1,10} --- \[/;
const BAD = /^(?:ERROR|SEVERE|CRITICAL|FATAL)$/;

/** The form of a logging framework's line; a message about a resource that has run out is told. */
function logged(message: string, level: string, stamp: Pick<LogRecord, 'stamp'>): LogRecord {
  const resource = BAD.test(level) ? resourceIn(message) : undefined;
  if (resource) return { kind: 'notice', ...stamp, notice: exceptionNotice(message, resource) };
  return { kind: 'logger', ...stamp };
}

/** Spring Boot's default, with one bracket (2) or the application's name in another (3). */
export const springBoot = {
  id: 'spring-boot',
  specimens: [
    '2026-01-05 14:29:18.125  INFO 25662 --- [nio-8080-exec-3] o.p.w.sample.SampleController  : test1',
    '2026-01-05T18:49:14.080+09:00  INFO 11952 --- [shop] [http-nio-8080-exec-10] c.m.b.service.WaitingService    : waiting',
  ],
  match(line) {
    if (!line.includes(' --- [')) return undefined;
    const head = line.slice(0, HEAD);
    const found = findStampIn(head, 0, 1);
    const rest = found ? head.slice(found.end) : '';
    if (!found || !SPRING.test(rest)) return undefined;
    return logged(rest, LEVEL.exec(rest)?.[1] ?? '', { stamp: found.stamp });
  },
} satisfies LogPattern;

const JUL_MESSAGE = /^(SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): (.*)/;

/** The second line of java.util.logging's two, where nobody else knows its message. */
export const julMessage = {
  id: 'jul-message',
  specimens: ['SEVERE: BAD packet signature 18245'],
  match(line) {
    const m = JUL_MESSAGE.exec(line.slice(0, HEAD));
    return m ? logged(m[2] ?? '', m[1] ?? '', {}) : undefined;
  },
} satisfies LogPattern;

const FRAME = /^\s+at [\w$.<>/@]{1,300}\(|^\s*\.\.\. \d{1,5} (?:more|common frames omitted)|^\s*Suppressed: /;
const CAUSED = /^(?:Caused by: |Exception in thread "[^"]{0,120}" )/;

/** Stack traces of the JVM: frames are read over; an error that names a resource is told. */
export const jvmTrace = {
  id: 'jvm-trace',
  specimens: [
    '\tat org.apache.catalina.core.StandardService.stop(StandardService.java:510)',
    'Exception in thread "main" java.lang.OutOfMemoryError: unable to create new native thread',
    'Caused by: java.io.IOException: Too many open files',
    '\t... 22 more',
  ],
  match(line) {
    const head = line.slice(0, HEAD);
    if (FRAME.test(head)) return { kind: 'understood' };
    if (!CAUSED.test(head)) return undefined;
    const resource = resourceIn(head);
    return resource ? { kind: 'notice', notice: exceptionNotice(head, resource) } : { kind: 'understood' };
  },
} satisfies LogPattern;

/** Log4j, Logback, Python's logging and their like: a time, and a level near it. */
export const logger = {
  id: 'logger',
  specimens: [
    '10:15:30.125 [main] WARN  org.example.Main - hello',
    '2026-01-05 09:54:11,433 - app - ERROR - something happened',
    '[2026-01-05 09:54:11,433] INFO in app: hello',
  ],
  match(line) {
    const head = line.slice(0, HEAD);
    const found = findStampIn(head, 0, 2);
    if (!found) return undefined;
    const rest = head.slice(found.end);
    const level = LEVEL.exec(rest.slice(0, LEVEL_WITHIN))?.[1];
    return level === undefined ? undefined : logged(rest, level, { stamp: found.stamp });
  },
} satisfies LogPattern;
