import { describe, expect, it } from 'vitest';
import { findStamp, parseStamp } from '../../../src/ingest/text/timestamps.js';

const utc = (text: string) => Date.parse(`${text}Z`);

/** Text, the wall clock or instant it means, and what else it says. */
const FORMS: readonly (readonly [string, number, object])[] = [
  ['2023-02-10 10:30:16.222266', utc('2023-02-10T10:30:16') + 222.266, { zoned: false, resolutionMs: 0.001 }],
  ['2023-02-10T10:30:16,250', utc('2023-02-10T10:30:16.250'), { zoned: false, resolutionMs: 1 }],
  ['2023-02-10T10:30:16Z', utc('2023-02-10T10:30:16'), { zoned: true, offsetMinutes: 0, resolutionMs: 1000 }],
  ['2025-08-04T18:49:14.080+09:00', utc('2025-08-04T09:49:14.080'), { zoned: true, offsetMinutes: 540 }],
  ['2025-11-20 14:52:33 -0600', utc('2025-11-20T20:52:33'), { zoned: true, offsetMinutes: -360 }],
  ['2025-11-20 14:52:33+05:30', utc('2025-11-20T09:22:33'), { zoned: true, offsetMinutes: 330 }],
  ['2025-11-20 14:52:33.5+00', utc('2025-11-20T14:52:33.500'), { zoned: true, offsetMinutes: 0, resolutionMs: 100 }],
  ['2024-04-25T05:32:35.584725130Z', utc('2024-04-25T05:32:35') + 584.72513, { zoned: true, resolutionMs: 1e-6 }],
  ['2023-02-10T10:30:16+01:00[Europe/Berlin]', utc('2023-02-10T09:30:16'), { zoned: true, offsetMinutes: 60 }],
  ['2023-02-10 10:30:16 UTC', utc('2023-02-10T10:30:16'), { zoned: true, offsetMinutes: 0 }],
  ['2023-02-10 10:30:16 CET', utc('2023-02-10T10:30:16'), { zoned: false }],
  ['2023/02/10 10:30:16', utc('2023-02-10T10:30:16'), { zoned: false }],
  ['2023/07/31 - 00:59:44', utc('2023-07-31T00:59:44'), { zoned: false }],
  ['2023-02-10 10:30', utc('2023-02-10T10:30:00'), { resolutionMs: 60_000 }],
  ['2019-03-2623:51:14.658', utc('2019-03-26T23:51:14.658'), { resolutionMs: 1 }],
  ['20230210T103016Z', utc('2023-02-10T10:30:16'), { zoned: true }],
  ['20230210-103016', utc('2023-02-10T10:30:16'), { zoned: false }],
  ['2026年 11月 23日 星期一 17:53:18 UTC', utc('2026-11-23T17:53:18'), { zoned: true }],
  ['10/Feb/2023:13:55:36 -0700', utc('2023-02-10T20:55:36'), { zoned: true, offsetMinutes: -420 }],
  ['10/Feb/2023 11:38:48', utc('2023-02-10T11:38:48'), { zoned: false }],
  ['9/Feb/2017:10:34:12 -0700', utc('2017-02-09T17:34:12'), { zoned: true }],
  ['25/Sep/2018:06:05:27.584', utc('2018-09-25T06:05:27.584'), { zoned: false, resolutionMs: 1 }],
  ['10-Nov-2015 20:52:38.123', utc('2015-11-10T20:52:38.123'), { zoned: false }],
  ['Sat Feb 18 14:53:00 2023', utc('2023-02-18T14:53:00'), { zoned: false }],
  ['Sat Feb  4 14:53:00 2023', utc('2023-02-04T14:53:00'), { zoned: false }],
  ['Tue Mar 28 03:56:00.804140 2017', utc('2017-03-28T03:56:00') + 804.14, { zoned: false, resolutionMs: 0.001 }],
  ['Mon Nov 23 17:53:18 UTC 2026', utc('2026-11-23T17:53:18'), { zoned: true, offsetMinutes: 0 }],
  ['Mon Nov 23 17:53:18 -03 2026', utc('2026-11-23T20:53:18'), { zoned: true, offsetMinutes: -180 }],
  ['Mon Nov 23 17:53:18 +0545 2026', utc('2026-11-23T12:08:18'), { zoned: true, offsetMinutes: 345 }],
  ['Mon Nov 23 17:53:18 CET 2026', utc('2026-11-23T17:53:18'), { zoned: false }],
  ['Mon Nov 23 05:53:18 PM UTC 2026', utc('2026-11-23T17:53:18'), { zoned: true }],
  ['Mon 23 Nov 2026 05:53:18 PM UTC', utc('2026-11-23T17:53:18'), { zoned: true }],
  ['Mon 23 Nov 17:53:18 UTC 2026', utc('2026-11-23T17:53:18'), { zoned: true }],
  ['Tue Nov 24 11:53:04 NST 2026', utc('2026-11-24T11:53:04'), { zoned: false }],
  ['Mo 23. Nov 17:53:18 CET 2026', utc('2026-11-23T17:53:18'), { zoned: false }],
  ['lun. 23 nov. 2026 17:53:18 CET', utc('2026-11-23T17:53:18'), { zoned: false }],
  ['Mon Nov 23 2026 17:53:18 GMT+0100', utc('2026-11-23T16:53:18'), { zoned: true, offsetMinutes: 60 }],
  ['Mon, 23 Nov 2026 17:53:18 GMT', utc('2026-11-23T17:53:18'), { zoned: true }],
  ['Sun, 01 Oct 2023 12:12:43 IST', utc('2023-10-01T12:12:43'), { zoned: false }],
  ['Nov 10, 2015 8:52:38 AM', utc('2015-11-10T08:52:38'), { zoned: false, resolutionMs: 1000 }],
  ['Nov 10, 2015 12:05:00 AM', utc('2015-11-10T00:05:00'), {}],
  ['Nov 10, 2015 12:05:00 PM', utc('2015-11-10T12:05:00'), {}],
  ['Nov 10, 2023, 8:52:38\u202fPM', utc('2023-11-10T20:52:38'), {}],
  ['11/23/2026 5:53:18 PM', utc('2026-11-23T17:53:18'), {}],
  ['23/11/2026 17:53:18', utc('2026-11-23T17:53:18'), {}],
  ['17:53:18.190569376 23/11/2026', utc('2026-11-23T17:53:18.190') + 0.569376, {}],
  ['02/06/03 08:21:42', utc('2003-02-06T08:21:42'), {}],
  ['10.02.2023 10:30:16', utc('2023-02-10T10:30:16'), {}],
  ['1676025016', 1_676_025_016_000, { zoned: true, resolutionMs: 1000 }],
  ['1676025016.25', 1_676_025_016_250, { zoned: true, resolutionMs: 10 }],
  ['1676025016250', 1_676_025_016_250, { zoned: true, resolutionMs: 1 }],
  ['1676025016250000', 1_676_025_016_250, { zoned: true, resolutionMs: 0.001 }],
  ['1676025016250000000', 1_676_025_016_250, { zoned: true }],
  ['22:59:55', ((22 * 60 + 59) * 60 + 55) * 1000, { dateless: true, zoned: false, resolutionMs: 1000 }],
  ['22:59:55.125', ((22 * 60 + 59) * 60 + 55) * 1000 + 125, { dateless: true, resolutionMs: 1 }],
  ['Mar 24 14:02:50', utc('1972-03-24T14:02:50'), { yearless: true, zoned: false }],
  ['I0324 14:02:50.123456', utc('1972-03-24T14:02:50') + 123.456, { yearless: true, zoned: false }],
  ['03-24 14:02:50.125', utc('1972-03-24T14:02:50') + 125, { yearless: true, zoned: false, resolutionMs: 1 }],
  ['24/03 14:02:50', utc('1972-03-24T14:02:50'), { yearless: true, resolutionMs: 1000 }],
  ['Feb 29 14:02:50', utc('1972-02-29T14:02:50'), { yearless: true }],
];

describe('parseStamp', () => {
  it.each(FORMS)('reads %s', (text, ms, rest) => {
    const stamp = parseStamp(text);
    expect(stamp?.ms).toBeCloseTo(ms, 3);
    expect(stamp).toMatchObject(rest);
  });

  it.each([
    '2001/20/20 12:05:05.123',
    '2011-21-21 14:15:25.321',
    '2023-02-30 10:30:16',
    '2023-02-10 24:30:16',
    '2023-02-10 10:60:16',
    '31/Apr/2023:13:55:36 -0700',
    '29/Feb/2023:13:55:36',
    'Nov 10, 2015 13:52:38 AM',
    '0000000000',
    '99:99:99',
    '999999999999',
    'hello',
    '',
  ])('refuses %j', (text) => {
    expect(parseStamp(text)).toBeUndefined();
  });
});

describe('findStamp', () => {
  it.each([
    ['2023-02-10 11:38:48.850494 - 7095-MainThread: done request id[1]', '2023-02-10 11:38:48.850494'],
    ['2023-02-10 11:38:48.850494-0930-MainThread: done', '2023-02-10 11:38:48.850494'],
    ['2023-02-10 11:38:48 - 1200: done', '2023-02-10 11:38:48'],
    ['2023-02-10 11:38:48 INFO done', '2023-02-10 11:38:48'],
    ['127.0.0.1 - - [10/Feb/2023 11:38:48] "GET /?id=1 HTTP/1.1" 200 -', '10/Feb/2023 11:38:48'],
    ['10:15:30 [main] at 2023-02-10T10:15:30Z', '2023-02-10T10:15:30Z'],
    ['request 1676025016 at 2023-02-10T10:15:30Z', '2023-02-10T10:15:30Z'],
    ['done request id[1]2023-02-10 11:38:48 - Thread-2: done', '2023-02-10 11:38:48'],
    ['"GET / HTTP/1.1" 200 OK2023-02-10 11:38:48 - 1: done', '2023-02-10 11:38:48'],
    ['netstat-20230210-103016.txt', '20230210-103016'],
    ['[Fri Feb 11 17:24:02 2022] GET /', 'Fri Feb 11 17:24:02 2022'],
    ['--- 10:15:30.125 [main] INFO x', '10:15:30.125'],
    ['[I 260105 16:58:59 web:2348] 200 GET /?id=10', '260105 16:58:59'],
    ['ts:1767625139.098|ev:end|id:6|w:1', '1767625139.098'],
  ])('finds it in %s', (line, expected) => {
    const found = findStamp(line);
    expect(found && line.slice(found.start, found.end)).toBe(expected);
  });

  it.each([
    'Booting worker with pid: 96703',
    'tcp 0 0 127.0.0.1:8080 127.0.0.1:41234 ESTABLISHED',
    'at com.foo.Bar(Bar.java:123)',
    'version 2023.02.10',
    'impossible 2001/20/20 12:05:05.123',
    'Thread-1402134234 done',
    'worker 261128 16:58:59',
    '10.0.0.1:1767625139 done',
    'May the force',
  ])('finds none in %s', (line) => {
    expect(findStamp(line)).toBeUndefined();
  });

  it('takes time in proportion to the worst line', () => {
    for (const piece of ['2023-02-10 10:30:1', '[[', '1', 'Mon Nov ', '12:', 'ü']) {
      const line = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const began = process.cpuUsage().user;
      findStamp(line);
      expect(process.cpuUsage().user - began).toBeLessThan(2_000_000);
    }
  });
});
