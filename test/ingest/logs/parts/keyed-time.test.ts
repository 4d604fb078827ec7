import { describe, expect, it } from 'vitest';
import { keyedTime } from '../../../../src/ingest/logs/parts/keyed-time.js';

const AT = Date.UTC(2026, 0, 5, 10, 30, 0, 123);
const timeIn = (fields: Readonly<Record<string, unknown>>) =>
  keyedTime(
    (name) => fields[name],
    () => Object.keys(fields),
  )?.ms;

describe('the time of a record of named fields', () => {
  it.each([
    { time: AT },
    { asctime: '2026-01-05 10:30:00,123' },
    { '@t': '2026-01-05T10:30:00.123Z' },
    { datetime: '2026-01-05T10:30:00.123+00:00' },
    { logged_at: '2026-01-05T10:30:00.123Z' },
    { timeMillis: AT },
    { created: AT / 1000 },
    { instant: { epochSecond: Math.floor(AT / 1000), nanoOfSecond: 123_000_000 } },
    { when: '2026-01-05T10:30:00.123Z' },
  ])('is found in $0', (fields) => {
    expect(timeIn({ level: 'INFO', pid: 4711, id: '1767609999', ...fields })).toBeCloseTo(AT, 0);
  });

  it('is not a duration, a count or an id', () => {
    expect(
      timeIn({ elapsed_time: '00:00:01', responseTime: 333.1, id: '1767609999', order: 1767609999 }),
    ).toBeUndefined();
  });

  it('is that of the usual name where there are others', () => {
    expect(timeIn({ expires: '2031-01-05T10:30:00Z', time: AT })).toBe(AT);
  });
});
