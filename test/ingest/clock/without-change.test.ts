import { describe, expect, it } from 'vitest';
import { changeInLog } from '../../../src/ingest/clock/clock-change.js';
import { withoutChange } from '../../../src/ingest/clock/without-change.js';
import { eventsOf, type TestEvent } from '../../support/events.js';
import { sourceOf } from '../../support/sources.js';

const HOUR = 3_600_000;

describe('a jump of the wall clock', () => {
  it('forward is not under a stamp of before it, in whatever line that stands', () => {
    // Lines are written at the end and stamped at the begin: the third was begun before the jump at 10 s.
    const stamps = [1000, 11_000 + HOUR, 9000, 12_000 + HOUR];
    const lines = stamps.map((at, id): TestEvent => ({ at, kind: 'span', id, duration: 500 }));
    const events = { ...eventsOf(lines), zoned: new Uint8Array(lines.length) };
    const reading = { source: sourceOf('server-log', {}), events };
    const [log] = withoutChange([reading], { source: 0, line: 2, byMs: HOUR, after: 1 });
    expect([...log!.events!.time]).toEqual([1000, 11_000, 9000, 12_000]);
  });

  it('back is not over a line that leads back to before it, in whatever order kinds of line were read', () => {
    //   line 1  10:00:05 begin 1
    //   line 2  09:00:25 end 1
    //   line 3  10:00:05 GET /1 in 20 s      stamped at the begin, so that it seems to end at 10:00:25
    //   line 4  09:00:30 begin 2
    const lines: TestEvent[] = [
      { at: 25_000, kind: 'span', id: 1, duration: 20_000, resolution: 1000, pattern: 'access' },
      { at: 5000, kind: 'begin', id: 1 },
      { at: 25_700 - HOUR, kind: 'end', id: 1 },
      { at: 30_000 - HOUR, kind: 'begin', id: 2 },
    ];
    const events = {
      ...eventsOf(lines),
      line: Uint32Array.from([3, 1, 2, 4]),
      zoned: new Uint8Array(lines.length),
    };
    const change = changeInLog(events)!;
    expect(change).toMatchObject({ line: 2, byMs: -HOUR });
    const [log] = withoutChange([{ source: sourceOf('server-log', {}), events }], change);
    expect([...log!.events!.time]).toEqual([25_000, 5000, 25_700, 30_000]);
  });

  it('forward is found by its line where rows of another kind stand before it', () => {
    const lines: TestEvent[] = [
      { at: 12_000, kind: 'span', id: 1, duration: 9000, pattern: 'access' },
      { at: 3000, kind: 'begin', id: 1 },
      { at: 11_000 + HOUR, kind: 'begin', id: 2 },
    ];
    const events = { ...eventsOf(lines), line: Uint32Array.from([4, 1, 3]), zoned: new Uint8Array(lines.length) };
    const reading = { source: sourceOf('server-log', {}), events };
    const [log] = withoutChange([reading], { source: 0, line: 3, byMs: HOUR, after: 1 });
    expect([...log!.events!.time]).toEqual([12_000, 3000, 11_000]);
  });
});
