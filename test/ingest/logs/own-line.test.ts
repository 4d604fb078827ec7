import { describe, expect, it } from 'vitest';
import { logPatterns } from '../../../src/ingest/logs/index.js';
import { ownAccess } from '../../../src/ingest/logs/own-access.js';
import { ownLine } from '../../../src/ingest/logs/own-line.js';

describe('a line of a request in an order of one’s own, without quotes', () => {
  it.each([
    [
      '1767621218593 http-nio-127.0.0.1-8080-exec-7 1045769 200 /x?id=7',
      {
        kind: 'end',
        thread: 'http-nio-127.0.0.1-8080-exec-7',
        rawDurations: ['1045769'],
        status: 200,
        target: '/x?id=7',
      },
    ],
    [
      '2026-01-05T13:53:38.095Z GET /x?id=1 200 1201.000 ms - 3',
      { kind: 'span', durationMs: 1201, status: 200, target: '/x?id=1' },
    ],
    [
      '2026-01-05 13:53:38.412 [http-nio-127.0.0.1-8080-exec-4] GET /x?id=4 200 1039402',
      { thread: 'http-nio-127.0.0.1-8080-exec-4', rawDurations: ['1039402'], status: 200 },
    ],
    [
      '05/Jan/2026:13:53:38 +0000 w1 pid10 GET /x?id=1 200 1001ms',
      { kind: 'span', pid: 10, durationMs: 1001, status: 200 },
    ],
    [
      '2026-01-05T13:53:38.460 INFO served path=/x?id=3 took=1000ms thread=waitress-3 pid=7',
      { kind: 'span', pid: 7, thread: 'waitress-3', durationMs: 1000, target: '/x?id=3' },
    ],
  ])('%s', (line, found) => {
    expect(ownLine.match(line)).toMatchObject(found);
  });

  it.each([
    ['a begin', '2026-01-05 13:53:38.460 waitress-4 IN  /job/1'],
    ['a begin with its method', '2026-01-05 13:53:38.460 4711 GET /job/1 accepted after 3 ms in queue'],
    ['an end of which neither status nor duration is told', '2026-01-05 13:53:38.460 served /job/1'],
    ['without a time', 'GET /x?id=1 served 200 1201 us'],
    ['a file', '2026-01-05 13:53:38.460 [warn] 17: /var/lib/x took long, waited 30 s'],
  ])('is none: %s', (_, line) => {
    expect(ownLine.match(line)).toBeUndefined();
  });

  it('is taken by no pattern before it', () => {
    const line = '2026-01-05 13:53:38.460 INFO served path=/x?id=3 took=1000ms';
    expect(logPatterns.find((pattern) => pattern.match(line))?.id).toBe('own-line');
  });
});

describe('Apache’s %P and %{tid}P', () => {
  it('are process and thread wherever they stand side by side', () => {
    const line = '[05/Jan/2026:13:53:38.593 +0000] 13 139922541745856 1004289 200 "GET /?id=1 HTTP/1.1"';
    expect(ownAccess.match(line)).toMatchObject({
      pid: 13,
      thread: '139922541745856',
      identity: 'recycled-ident',
      status: 200,
      rawDurations: expect.arrayContaining(['1004289']),
    });
  });
});

it.each([
  ['2026-01-05 13:53:38,640 INFO  [exec-1] c.e.AccessFilter - GET /?id=2 200 20002ms', 'end'],
  ['2026-01-05T13:53:38Z level=info GET /?id=2 200 20002ms', 'end'],
  ['2026-01-05 13:53:38,640 exec-1 GET /?id=2 200 20002ms', 'unsure'],
])('%s is stamped when a logger wrote it, where its level shows one', (line, stampIs) => {
  expect(ownLine.match(line)).toMatchObject({ kind: 'span', stampIs });
});
