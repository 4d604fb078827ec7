import { describe, expect, it } from 'vitest';
import { dated } from '../../../src/ingest/clock/days.js';
import type { Reading } from '../../../src/model/reading.js';
import { eventsOf } from '../../support/events.js';

const MIDNIGHT = Date.UTC(2026, 0, 25);
const DAY = 86_400_000;
const MINUTE = 60_000;

describe('times without a date', () => {
  it('get the day of the lines that have one, where there is no client', () => {
    // 23:59 │ 23:59 with a date │ 00:01, the day after │ 00:01 with a date
    const events = eventsOf([
      { at: DAY - MINUTE, kind: 'begin', id: 1 },
      { at: MIDNIGHT - MINUTE, kind: 'end', id: 1 },
      { at: DAY + MINUTE, kind: 'begin', id: 2 },
      { at: MIDNIGHT + MINUTE, kind: 'end', id: 2 },
    ]);
    const [reading] = dated([{ events } as unknown as Reading]);
    expect([...reading!.events!.time].map((t) => (t - MIDNIGHT) / MINUTE)).toEqual([-1, -1, 1, 1]);
  });

  it.each(['+12:45', 'Pacific/Chatham', '-11:00'])('get the day that the stated zone %s makes the nearest', (zone) => {
    const hours = zone.startsWith('-') ? -11 : zone.startsWith('+') ? 12.75 : 13.75;
    // Sent at 21:20, which is 10:05 of the day after in the east.
    const sent = MIDNIGHT - 160 * MINUTE;
    const local = sent + hours * 60 * MINUTE;
    const events = eventsOf([{ at: local % DAY, kind: 'begin', id: 1 }]);
    const samples = { start: new Float64Array([sent]) };
    const readings = [{ events: { ...events, zoned: new Uint8Array(1) } }, { samples }] as unknown as Reading[];
    const [log] = dated(readings, zone);
    expect([...log!.events!.time]).toEqual([local]);
  });

  it('get it, too, where a zone that they state brings them before 1970', () => {
    // 00:44:49+05:30 is 19:14:49 of the day before.
    const sent = MIDNIGHT + 19 * 60 * MINUTE;
    const events = eventsOf([{ at: 19 * 60 * MINUTE - DAY, kind: 'begin', id: 1 }]);
    const [log] = dated([
      { events, source: { variant: {} } },
      { samples: { start: new Float64Array([sent]) } },
    ] as unknown as Reading[]);
    expect([...log!.events!.time]).toEqual([sent]);
  });
});
