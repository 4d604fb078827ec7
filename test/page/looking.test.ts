import { describe, expect, it } from 'vitest';
import { pressed } from '../../src/page/keys.js';
import { panned, type Span, zoomed } from '../../src/page/span.js';
import { valueAt } from '../../src/page/value-at.js';

const WHOLE: Span = [0, 100];

describe('the span in view', () => {
  it('zooms around the time that is pointed at', () => {
    expect(zoomed([0, 100], WHOLE, 0.5, 20)).toEqual([10, 60]);
    expect(zoomed([10, 60], WHOLE, 2, 20)).toEqual([0, 100]);
  });

  it('never leaves the chart, and is never shorter than the clocks can tell', () => {
    expect(zoomed([80, 100], WHOLE, 2, 100)).toEqual([60, 100]);
    expect(zoomed([0, 100], WHOLE, 4, 50)).toEqual([0, 100]);
    const [from, to] = zoomed([50, 50.001], WHOLE, 0.5, 50);
    expect(to - from).toBeCloseTo(0.001, 9);
    expect(panned([10, 30], WHOLE, -1)).toEqual([0, 20]);
    expect(panned([70, 90], WHOLE, 1)).toEqual([80, 100]);
  });
});

describe('keys', () => {
  const looking = { span: [20, 40], at: 30 } as const;

  it('move the line, and stop at the edges', () => {
    expect(pressed('ArrowRight', false, looking, WHOLE)?.at).toBeCloseTo(30.2);
    expect(pressed('ArrowLeft', false, { ...looking, at: 20.1 }, WHOLE)?.at).toBe(20);
    expect(pressed('ArrowLeft', false, { ...looking, at: null }, WHOLE)?.at).toBeCloseTo(29.8);
  });

  it('move time, zoom and show all again', () => {
    expect(pressed('ArrowRight', true, looking, WHOLE)).toEqual({ span: [25, 45], at: 30 });
    expect(pressed('+', true, looking, WHOLE)).toEqual({ span: [25, 35], at: 30 });
    expect(pressed('-', false, looking, WHOLE)).toEqual({ span: [10, 50], at: 30 });
    expect(pressed('0', false, looking, WHOLE)).toEqual({ span: [0, 100], at: 30 });
    expect(pressed('Escape', false, looking, WHOLE)).toEqual({ span: [20, 40], at: null });
  });

  it('that are not ours do what they always do', () => {
    expect(pressed('Tab', false, looking, WHOLE)).toBeUndefined();
    expect(pressed('ArrowDown', false, looking, WHOLE)).toBeUndefined();
  });
});

describe('the count at a time', () => {
  const steps = { name: '', kind: 'steps', t: [1, 2, 5], v: [10, 20, 0] } as const;
  const points = { name: '', kind: 'points', reach: 1, t: [1, 2, 5], v: [10, 20, 0] } as const;

  it('holds until the next step, and is not known before the first', () => {
    expect([0.9, 1, 1.99, 4.9, 5, 99].map((at) => valueAt(steps, at))).toEqual([undefined, 10, 10, 20, 0, 0]);
  });

  it('is that of the nearest look, and not known far from all', () => {
    expect([0.5, 1.4, 1.6, 2.9, 3.5, 4.2, 6.1].map((at) => valueAt(points, at))).toEqual([
      10,
      10,
      20,
      20,
      undefined,
      0,
      undefined,
    ]);
    expect(valueAt({ ...points, t: [], v: [] }, 1)).toBeUndefined();
  });
});
