import { describe, expect, it } from 'vitest';
import { Ungluer } from '../../../../src/ingest/formats/server-log/glued.js';

/** What is made of the last of some lines. */
function lastOf(...lines: readonly string[]): readonly string[] {
  const ungluer = new Ungluer();
  return lines.map((line) => ungluer.records(line)).at(-1)!;
}

const TIMES = ['2026-01-05 10:00:01.250', '2026-01-05 10:00:01.253'] as const;

describe('records printed on one line', () => {
  it('are taken apart where the second one’s time goes on with the first one’s id', () => {
    for (const [a, b] of [TIMES, ['10:00:01.250', '10:00:01.253']] as const) {
      const records = [`${a}|4711|main|IN|req=6`, `${b}|4711|main|OUT|req=2`];
      expect(lastOf(records.join(''))).toEqual(records);
    }
  });

  it('are taken apart where something stands before their time', () => {
    const [a, b] = TIMES;
    for (const [before, behind] of [
      ['<>>> [', '] job 6 on w-1'],
      ['time="', '" level=info id=6'],
      ['{"time":"', '","id":6}'],
    ]) {
      const records = [`${before}${a}${behind}`, `${before}${b}${behind}`];
      expect(lastOf(records.join(''))).toEqual(records);
    }
  });

  it('are taken apart where they begin as other lines do', () => {
    const access = '127.0.0.1 - - [05/Jan/2026:10:00:01 +0000] "GET /?id=6 HTTP/1.1" 200 12';
    const own = `${TIMES[0]}|4711|main|IN|req=5`;
    expect(lastOf(access, own, `${own}${access}`)).toEqual([own, access]);
    expect(lastOf(access, own, `${access}${own}${own}`)).toEqual([access, own, own]);
  });

  it('are taken apart behind the dash of a size that is not known', () => {
    const access = '127.0.0.1 - - [05/Jan/2026 10:00:01] "GET /?id=5 HTTP/1.1" 200 -';
    for (const time of ['10:00:01.250', TIMES[0]]) {
      const own = `${time} - Thread-6 (process_request_thread): #6 processing request id[6], sleeping...`;
      expect(lastOf(access, own, `${access}${own}`)).toEqual([access, own]);
    }
  });

  it('stay one where a time belongs to the text', () => {
    const [a, b] = TIMES;
    for (const line of [
      `${a} waiting until ${b}`,
      `${a} GET /?from=${b}`,
      `[Mon Jan 05 10:00:01 2026] [error] ${a} - done`,
      `${a} lasted ${a}/${b}`,
    ])
      expect(lastOf(line)).toEqual([line]);
  });

  it('do not make long lines slow', () => {
    for (const piece of [TIMES[0], `x${TIMES[0]}`, '1:00:00', '[']) {
      const line = piece.repeat(15_000 / piece.length);
      expect(lastOf(line, line).join('')).toBe(line);
    }
  });
});
