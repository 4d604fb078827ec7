import type { LogMatcher, LogPattern, LogRecord } from './log-pattern.js';

const WARNING = /^(?:\S{1,400}:\d{1,7}: )?[A-Z]\w{0,40}Warning: /;
/** The line of code that a warning is about, as Python prints it below. */
const SOURCE = /^ {2}\S/;

const headOf = (line: string): LogRecord | undefined =>
  line.includes('Warning: ') && WARNING.test(line) ? { kind: 'understood' } : undefined;

/**
 * Python's warnings: of coroutines that were never awaited where a thread could not be had, of what is deprecated. They say
 * nothing of requests.
 */
export const pythonWarning = {
  id: 'python-warning',
  specimens: [
    "/usr/lib/python3.11/threading.py:590: RuntimeWarning: coroutine 'AsyncToSync.main_wrap' was never awaited",
    '  with self._cond:',
    'RuntimeWarning: Enable tracemalloc to get the object allocation traceback',
  ],
  match: headOf,
  open(): LogMatcher {
    let warned = false;
    return {
      match(line) {
        const isSource = warned && SOURCE.test(line);
        const head = headOf(line);
        warned = head !== undefined;
        return isSource ? { kind: 'understood' } : head;
      },
    };
  },
} satisfies LogPattern;
