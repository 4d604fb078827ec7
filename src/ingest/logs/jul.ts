import type { Stamp } from '../../model/time.js';
import { findStampIn } from '../text/timestamps.js';
import type { LogMatcher, LogPattern, LogRecord } from './log-pattern.js';
import { findHandlerWords } from './parts/handler-words.js';

/** The JDK's `MMM dd, yyyy`; the order that other locales have is too much like other logs' lines. */
const MONTH_FIRST = /^[A-Z][a-z]{2} \d{1,2}, \d{4} /;
/** Class and method behind the time; `lambda$main$0` and `<init>` are methods too. */
const SOURCE = /^ [\w.$]{1,200} [A-Za-z$_<][\w$>]{0,100}\s*$/;
const LEVELLED = /^(?:SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST): /;

const HEAD: LogRecord = { kind: 'understood', timesNext: true };

/**
 * java.util.logging as the JDK ships it writes two lines: the time with class and method, then level and message. The first
 * one's time is the second one's; lines are whole, since the handler is synchronized.
 */
export const julTwoLines = {
  id: 'jul-two-lines',
  specimens: ['Jan 05, 2026 3:05:17 PM Serve lambda$main$0'],
  match: (line) => (headOf(line) ? HEAD : undefined),
  open(): LogMatcher {
    let stamp: Stamp | undefined;
    return {
      match(line) {
        const head = headOf(line);
        const of = stamp;
        stamp = head;
        if (head) return HEAD;
        return of && LEVELLED.test(line) ? message(line, of) : undefined;
      },
    };
  },
} satisfies LogPattern;

function headOf(line: string): Stamp | undefined {
  if (line.length > 400 || !MONTH_FIRST.test(line)) return undefined;
  const found = findStampIn(line, 0, 1);
  return found && found.start === 0 && SOURCE.test(line.slice(found.end)) ? found.stamp : undefined;
}

/** Of a request, or nothing: what Tomcat says of itself is another pattern's. */
function message(line: string, stamp: Stamp): LogRecord | undefined {
  const words = findHandlerWords(line);
  if (!words) return undefined;
  return { kind: words.kind, stamp, ...(words.id === undefined ? {} : { id: words.id }) };
}

/** Tomcat's JULI and its like: one line with time, level and thread, whose message says nothing that another pattern knows. */
const ONE_LINE = /^ (?:SEVERE|WARNING|INFO|CONFIG|FINE|FINER|FINEST) \[[^\]]{1,200}\] [\w.$]{1,200}[ .]/;

/** A line of a Java server that is no request. Asked after all that look for requests. */
export const julOneLine = {
  id: 'jul-one-line',
  specimens: [
    '05-Jan-2026 14:58:12.569 INFO [main] org.apache.catalina.startup.Catalina.load Server initialization in [1712] milliseconds',
  ],
  match(line) {
    if (!line.includes(' [')) return undefined;
    const found = findStampIn(line, 0, 1);
    if (found?.start !== 0 || !ONE_LINE.test(line.slice(found.end, found.end + 500))) return undefined;
    return { kind: 'logger', stamp: found.stamp };
  },
} satisfies LogPattern;
