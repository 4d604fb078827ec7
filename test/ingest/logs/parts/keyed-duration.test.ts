import { describe, expect, it } from 'vitest';
import { durationWithUnit } from '../../../../src/ingest/logs/parts/keyed-duration.js';

const durationIn = (fields: Readonly<Record<string, unknown>>) =>
  durationWithUnit((name) => fields[name], Object.keys(fields));

describe('how long a request took, by a field that names its unit', () => {
  it.each([
    { duration_us: 1_303_718 },
    { elapsedMs: 1303.718 },
    { response_time_ms: '1303.718' },
    { 'request-time-seconds': 1.303718 },
    { took_s: 1.303718 },
    { msecs: 1303.718 },
    { latency_ns: 1_303_718_000 },
  ])('is told by $0', (fields) => {
    expect(durationIn({ status: 200, pid: 7, ...fields })?.durationMs).toBeCloseTo(1303.718, 6);
  });

  it('steps by the last digit', () => {
    expect(durationIn({ duration_ms: '980.2' })?.durationResolutionMs).toBeCloseTo(0.1);
  });

  it('is neither a count, nor a time of day, nor a number without a unit', () => {
    expect(durationIn({ times: 3, timeMillis: 1_767_609_000_123, duration: 1303, status: 200, s: 4 })).toBeUndefined();
  });
});
