import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feasibleOffset } from '../../../src/ingest/clock/feasible.js';
import { statedZoneMinutes } from '../../../src/ingest/clock/zone.js';

const bounds = (lows: number[], highs: number[]) => ({
  lows: Float64Array.from(lows),
  highs: Float64Array.from(highs),
});

describe('the offset that all pairs allow', () => {
  it('is what lies above all lows and below all highs', () => {
    expect(feasibleOffset(bounds([-5, 3, 1], [9, 7]))).toEqual({ low: 3, high: 7, violations: 0 });
  });

  it('is open on a side that nothing bounds', () => {
    expect(feasibleOffset(bounds([], [7]))).toEqual({ low: Number.NEGATIVE_INFINITY, high: 7, violations: 0 });
  });

  it('leaves out the one pair that contradicts the others', () => {
    expect(feasibleOffset(bounds([1, 2, 3, 500], [7, 8, 9, 510]))).toEqual({ low: 3, high: 7, violations: 1 });
  });

  it('holds the true offset whenever every bound is true', () => {
    const slack = fc.double({ min: 0, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: -1e7, max: 1e7 }), fc.array(slack), fc.array(slack), (truth, below, above) => {
        const { low, high, violations } = feasibleOffset(
          bounds(
            below.map((s) => truth - s),
            above.map((s) => truth + s),
          ),
        );
        expect(violations).toBe(0);
        expect(low).toBeLessThanOrEqual(truth);
        expect(high).toBeGreaterThanOrEqual(truth);
      }),
    );
  });

  it('violates no more bounds than any other number would', () => {
    const some = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(some, some, (lows, highs) => {
        const { low, high, violations } = feasibleOffset(bounds(lows, highs));
        const broken = (x: number) => lows.filter((l) => l > x).length + highs.filter((h) => h < x).length;
        expect(broken(low)).toBe(violations);
        expect(broken(high)).toBe(violations);
        expect(Math.min(...[...lows, ...highs].map(broken))).toBe(violations);
      }),
    );
  });
});

describe('a stated zone', () => {
  it('is an offset, UTC, or a name with its offset at that time', () => {
    const summer = Date.UTC(2026, 6, 1);
    expect(['UTC', 'Z', '+05:30', '-0330', 'UTC+2'].map((zone) => statedZoneMinutes(zone, 0))).toEqual([
      0, 0, 330, -210, 120,
    ]);
    expect(statedZoneMinutes('Europe/Berlin', summer)).toBe(120);
    expect(statedZoneMinutes('Europe/Berlin', Date.UTC(2026, 0, 1))).toBe(60);
    expect(statedZoneMinutes('Asia/Kathmandu', summer)).toBe(345);
    expect(statedZoneMinutes('here', summer)).toBeUndefined();
  });
});
