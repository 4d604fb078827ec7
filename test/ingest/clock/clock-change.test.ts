import { describe, expect, it } from 'vitest';
import { changeInLog, clockChangeOf, exactly } from '../../../src/ingest/clock/clock-change.js';
import type { Statement } from '../../../src/ingest/clock/statement.js';
import { eventsOf, type TestEvent } from '../../support/events.js';

const HOUR = 3_600_000;

describe('a wall clock that is put back', () => {
  it('is put back where the stamps step, which may be at a begin between two ends', () => {
    //   line   1 begin  2 end  3 begin | 4 begin  5 end
    //   clock  10:00    10:01  10:02   | 09:03    09:04
    const lines: TestEvent[] = [
      { at: 0, kind: 'begin', id: 1 },
      { at: 60_000, kind: 'end', id: 1 },
      { at: 120_000, kind: 'begin', id: 2 },
      { at: 180_000 - HOUR, kind: 'begin', id: 3 },
      { at: 240_000 - HOUR, kind: 'end', id: 2 },
    ];
    const log = { ...eventsOf(lines), zoned: new Uint8Array(lines.length) };
    const enclosed = { source: 0, line: 5, byMs: -HOUR, after: 2 };
    expect(exactly(enclosed, log).line).toBe(4);
  });
});

describe('a log without a client to compare with', () => {
  const unzoned = (lines: TestEvent[]) => ({ ...eventsOf(lines), zoned: new Uint8Array(lines.length) });
  /** Requests of 5 s each 2 s, the clock of all from `from` on changed. */
  const run = (byMs: number, from: number) =>
    unzoned(
      Array.from({ length: 20 }, (_, id): TestEvent[] => [
        { at: 2000 * id, kind: 'begin', id },
        { at: 2000 * id + 5000, kind: 'end', id },
      ])
        .flat()
        .sort((a, b) => a.at - b.at)
        .map((one) => ({ ...one, at: one.at + (one.at >= from ? byMs : 0) })),
    );

  it('shows by itself that its clock was put back, or forward under requests', () => {
    expect(changeInLog(run(-HOUR, 20_000))).toMatchObject({ byMs: -HOUR });
    expect(changeInLog(run(HOUR, 20_000))).toMatchObject({ byMs: HOUR });
    expect(changeInLog(run(0, 20_000))).toBeUndefined();
  });

  it('tells of no change where lines that state a zone stand between those that state none', () => {
    //   2026-05-03 12:09:58,878 - done request id[1]               local time, read as it stands
    //   [03/May/2026:12:09:58 +0100] "GET /?id=1 …"                an hour less, for it states so
    //   2026-05-03 12:09:58,888 - done request id[3]
    const lines: TestEvent[] = [
      { at: 0, kind: 'begin', id: 1 },
      { at: 10, kind: 'begin', id: 3 },
      { at: 5002, kind: 'end', id: 1 },
      { at: 5000 - HOUR, kind: 'end', id: 1 },
      { at: 5012, kind: 'end', id: 3 },
    ];
    expect(changeInLog({ ...eventsOf(lines), zoned: Uint8Array.of(0, 0, 0, 1, 0) })).toBeUndefined();
  });

  it('may have paused for an hour', () => {
    const paused = [0, HOUR + 100].flatMap((at, id): TestEvent[] => [
      { at, kind: 'begin', id },
      { at: at + 50, kind: 'end', id },
    ]);
    expect(changeInLog(unzoned(paused))).toBeUndefined();
  });
});

describe('a change before anything ended', () => {
  const statement = (side: Statement['side'], line: number, value: number): Statement => ({
    side,
    value,
    at: 1000 * line,
    zoned: false,
    stepMs: 1,
    source: 0,
    line,
  });

  it('shows in the begins', () => {
    // Requests of twenty seconds; the clock is put back five seconds after the first was begun, and the later ones wait a little.
    const begins = Array.from({ length: 20 }, (_, i) => statement('at-most', i + 1, i < 5 ? 2 : 2 - HOUR + 900 * i));
    const ends = Array.from({ length: 20 }, (_, i) => statement('at-least', i + 21, -HOUR - 3));
    expect(clockChangeOf([...begins, ...ends])).toMatchObject({ line: 6, byMs: -HOUR });
    expect(clockChangeOf([...begins.slice(5), ...ends])).toBeUndefined();
  });
});
