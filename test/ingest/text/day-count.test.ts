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

  it('go back to the day before the first with a late line, or a clock that is put back by an hour, and on from there', () => {
    const days = new DayCount();
    const at = (hour: number) => Math.round((days.of(hour * HOUR) / HOUR) * 100) / 100;
    expect([0.5, 0.53, 23.54, 23.9, 0.1].map(at)).toEqual([0.5, 0.53, -0.46, -0.1, 0.1]);
  });

  it('count each midnight', () => {
    const days = new DayCount();
    const times = [1, 13, 23, 2, 14, 23, 1];
    expect(times.map((hour) => Math.floor(days.of(hour * HOUR) / DAY))).toEqual([0, 0, 0, 1, 1, 1, 2]);
  });
});
