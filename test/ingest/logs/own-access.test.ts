import { describe, expect, it } from 'vitest';
import { commonLog } from '../../../src/ingest/logs/common-log.js';
import { ownAccess } from '../../../src/ingest/logs/own-access.js';

describe('an access line in an order of one’s own', () => {
  it.each([
    [
      '2026-01-05 13:53:38.593764 pid 12 tid 77 1503396 us "GET /?id=1 HTTP/1.1" 200 5',
      { pid: 12, nativeId: 77, durationMs: 1503.396, target: '/?id=1', status: 200, kind: 'span' },
    ],
    [
      '2026-01-05T13:53:38.593Z | 127.0.0.1 | "GET /?id=1 HTTP/1.1" | 503 | 5 | pid=12 | 0.4 ms | 1503 ms',
      { pid: 12, durationMs: 1503, status: 503 },
    ],
    ['1767621218.593 "GET /?id=1 HTTP/1.1" 200 5 1.503', { rawDurations: ['1.503'], kind: 'end' }],
  ])('%s', (line, found) => {
    expect(ownAccess.match(line)).toMatchObject(found);
  });

  it('is none without a time, a status or a protocol', () => {
    for (const line of [
      'pid 12 "GET /?id=1 HTTP/1.1" 200 5',
      '2026-01-05 13:53:38 proxying "GET /?id=1 HTTP/1.1" to b1',
      '2026-01-05 13:53:38 "GET /?id=1" 200 5',
    ])
      expect(ownAccess.match(line)).toBeUndefined();
  });

  it('names its worker in NCSA’s form, too', () => {
    const line = '127.0.0.1 - - [05/Jan/2026:13:55:36 +0000] "GET /?id=3 HTTP/1.1" 200 5 pid=42 tid=77 D=1503123';
    expect(commonLog.match(line)).toMatchObject({ pid: 42, nativeId: 77, durationMs: 1503.123 });
  });
});
