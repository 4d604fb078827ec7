import { describe, expect, it } from 'vitest';
import { exactly } from '../../../src/ingest/clock/clock-change.js';
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
