import type { Outcome } from '../../model/samples.js';

/** How a sample describes its end. */
export interface Ending {
  readonly success: boolean;
  /** `200`, or `Non HTTP response code: java.net.SocketException`; may be empty. */
  readonly code: string;
  readonly message: string;
  readonly failureMessage: string;
}

/**
 * Tells how a request ended from what the client wrote. `success` is the truth, not the code: an assertion may fail a 200,
 * and a 500 may be what was expected. Texts are Java's and HttpClient's as JMeter shows them, and those of curl and Node.
 */
export function outcomeOf({ success, code, message, failureMessage }: Ending): Outcome {
  if (success) return 'succeeded';
  if (/^[1-9]\d\d$/.test(code)) return byStatus(Number(code));
  const text = `${code} ${message} ${failureMessage}`.slice(0, 2000).toLowerCase();
  return TEXTS.find(([, words]) => words.some((word) => text.includes(word)))?.[0] ?? 'other';
}

/** In this order: a connect timeout also says "timed out", a refused connection is a `ConnectException` like a timeout. */
const TEXTS: readonly (readonly [Outcome, readonly string[]])[] = [
  // JMeter closes its own connections when the test is stopped.
  [
    'abandoned',
    ['socket closed', 'socketexception: socket is closed', 'requestabortedexception', 'request already aborted'],
  ],
  ['refused', ['connection refused', 'econnrefused', 'connection was refused']],
  [
    'connect-timeout',
    [
      'connecttimeoutexception',
      'httpconnecttimeoutexception',
      'connect timed out',
      'connection timed out',
      'etimedout',
    ],
  ],
  ['read-timeout', ['read timed out', 'sockettimeoutexception', 'operation timed out', 'request timed out']],
  [
    'reset',
    [
      'connection reset',
      'econnreset',
      'broken pipe',
      'nohttpresponseexception',
      'failed to respond',
      'connection closed',
      'connectionclosedexception',
      'unexpected end of',
      'premature end of',
      'socket hang up',
      'empty reply from server',
      'connection abort',
    ],
  ],
  ['refused', ['httphostconnectexception', 'connectexception']],
];

function byStatus(status: number): Outcome {
  if (status === 429) return 'http-429';
  if (status === 503) return 'http-503';
  return status >= 500 && status < 600 ? 'server-error' : 'other';
}
