import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countOpen, cumulative, peak, timeWhile, valueAt, valuesAt } from '../../../src/analyse/stats/steps.js';

const f64 = (...values: number[]) => Float64Array.from(values);

describe('how many are open', () => {
  it('rises with each begin and falls with each end', () => {
    //  0 |-------|10
    //  2   |-|4
    const steps = countOpen(f64(0, 2), f64(10, 4));
    expect([[...steps.t], [...steps.v]]).toEqual([
      [0, 2, 4, 10],
      [1, 2, 1, 0],
    ]);
    expect(peak(steps)).toEqual({ value: 2, at: 2 });
  });

  it('counts a back-to-back pair as one, or as two when asked what it can have been at most', () => {
    expect(peak(countOpen(f64(0, 5), f64(5, 9))).value).toBe(1);
    expect(peak(countOpen(f64(0, 5), f64(5, 9), 'begin-first')).value).toBe(2);
  });

  it('never closes what has no end and leaves out what has no begin', () => {
    const steps = countOpen(f64(1, Number.NaN), f64(Number.POSITIVE_INFINITY, 3));
    expect(valueAt(steps, 1e12)).toBe(1);
  });

  it('is at every time what a plain count says', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(span), fc.integer({ min: -1, max: 70 }), (spans, at) => {
        const steps = countOpen(f64(...spans.map(([b]) => b)), f64(...spans.map(([b, length]) => b + length)));
        expect(valueAt(steps, at)).toBe(spans.filter(([b, length]) => b <= at && at < b + length).length);
      }),
    );
  });

  it('is the same asked for many times as for each', () => {
    const times = fc.array(fc.integer({ min: -1, max: 200 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, times, (events, asked) => {
        const steps = cumulative(Float64Array.from(events));
        expect([...valuesAt(steps, Float64Array.from(asked))]).toEqual(asked.map((at) => valueAt(steps, at)));
      }),
    );
  });

  it('is the same for whole and for broken times, for both orders of ties', () => {
    const time = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.NaN));
    const length = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(fc.array(fc.tuple(time, length)), fc.constantFrom('end-first', 'begin-first'), (spans, ties) => {
        const begin = f64(...spans.map(([b]) => b));
        const end = f64(...spans.map(([b, l]) => b + l));
        const whole = countOpen(begin, end, ties);
        const broken = countOpen(
          begin.map((t) => t + 0.5),
          end.map((t) => t + 0.5),
          ties,
        );
        expect([...broken.v]).toEqual([...whole.v]);
        for (const [i, t] of whole.t.entries()) expect(broken.t[i]).toBeCloseTo(t + 0.5, 9);
      }),
    );
  });

  it('measures how long two counts stand in a relation', () => {
    const busy = countOpen(f64(0, 0), f64(10, 6));
    const waiting = countOpen(f64(2), f64(8));
    expect(timeWhile(busy, waiting, (b, w) => b === 2 && w >= 1)).toBe(4);
    expect(timeWhile(busy, waiting, (b, w) => b === 1 && w === 0)).toBe(2);
  });
});
