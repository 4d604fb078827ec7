import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../src/render/charts/text-width.js';
import { countScale, lengthScale, tickText } from '../../../src/render/charts/ticks.js';

describe('countScale', () => {
  it('starts at 0, holds the highest count, and counts in whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), fc.boolean(), (max, tight) => {
        const { domain, ticks } = countScale(max, { tight });
        expect(domain[0]).toBe(0);
        expect(domain[1]).toBeGreaterThanOrEqual(Math.max(1, max));
        expect(ticks.every(Number.isInteger)).toBe(true);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(9);
      }),
    );
  });
});

describe('lengthScale', () => {
  it('never lets labels touch or leave the drawing, from a millisecond to a day', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 90_000, noNaN: true }), fc.constantFrom(180, 270, 660), (to, width) => {
        const { ticks, decimals } = lengthScale(0, to, width);
        const boxes = ticks.map((t) => {
          const half = textWidth(tickText(t, decimals), 12) / 2;
          return { left: (t / to) * width - half, right: (t / to) * width + half };
        });
        for (const [i, box] of boxes.entries()) {
          expect(box.right).toBeLessThanOrEqual(width + 18);
          if (i > 0) expect(box.left).toBeGreaterThan(boxes[i - 1]!.right + 4);
        }
        expect(ticks).toContain(0);
      }),
    );
  });

  it('writes only as many decimals as steps need', () => {
    expect(lengthScale(0, 0.003, 600)).toMatchObject({ decimals: 4 });
    expect(lengthScale(0, 60, 600)).toMatchObject({ decimals: 0, ticks: [0, 10, 20, 30, 40, 50, 60] });
  });
});
