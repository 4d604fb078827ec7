import type { LogPattern } from './log-pattern.js';
import { exceptionNotice } from './parts/resource.js';

const ERROR = /^((?:[A-Za-z_][\w.]{0,80}\.)?[A-Z]\w{2,60}(?:Error|Exception|Interrupt|Exit|Timeout)): (.{0,300})/;

/** A Python traceback: only its last line, the error itself, says something of the server. */
export const pythonServer = {
  id: 'python-traceback',
  specimens: [
    'Traceback (most recent call last):',
    '  File "/usr/lib/python3/dist-packages/flask/app.py", line 1822, in full_dispatch_request',
    "RuntimeError: can't start new thread",
    'During handling of the above exception, another exception occurred:',
    'Exception ignored in: <coroutine object AsyncToSync.main_wrap at 0x7f18a428a3e0>',
  ],
  match(line) {
    if (
      line.startsWith('Traceback (most recent') ||
      line.startsWith('During handling of') ||
      line.startsWith('The above exception') ||
      line.startsWith('Exception ignored in: ')
    ) {
      return { kind: 'understood' };
    }
    // Source lines of a traceback are indented; `^^^^` marks a place in them.
    if (line.startsWith('  File "') || (line.startsWith('    ') && line.length < 400)) return { kind: 'understood' };
    const error = line.length < 4000 && line.includes(': ') ? ERROR.exec(line) : null;
    if (error) return { kind: 'notice', notice: exceptionNotice(line) };
    return undefined;
  },
} satisfies LogPattern;
