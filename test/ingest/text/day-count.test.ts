import { describe, expect, it } from 'vitest';
import { DayCount } from '../../../src/ingest/text/day-count.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('days of times without a date', () => {
  it('go on after midnight, and a line that comes late belongs to the day before', () => {
    const days = new DayCount();
    const at = (hour: number) => days.of(hour * HOUR) / HOUR;
    expect([23, 23.9, 0, 23.95, 0.1, 1].map(at)).toEqual([23, 23.9, 24, 23.95, 24.1, 25]);
  });

  it('do not jump for lines that are merely out of order', () => {
    const days = new DayCount();
    expect([10, 9, 12, 11].map((hour) => days.of(hour * HOUR))).toEqual([10, 9, 12, 11].map((hour) => hour * HOUR));
  });

  it('count each midnight', () => {
    const days = new DayCount();
    const times = [1, 13, 23, 2, 14, 23, 1];
    expect(times.map((hour) => Math.floor(days.of(hour * HOUR) / DAY))).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });
});
