import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Flag, type Place, placeFlags } from '../../../src/render/charts/place.js';

const WIDTH = 600;

function faults(flags: readonly Flag[], places: readonly Place[]): readonly string[] {
  return flags.flatMap((a, i) =>
    flags.flatMap((b, j) => {
      const [at, bt] = [places[i]!, places[j]!];
      if (i === j) return [];
      const covers = at.row === bt.row && at.left < bt.left + b.width && bt.left < at.left + a.width;
      const crossed = at.row > bt.row && b.x > at.left && b.x < at.left + a.width;
      return [...(covers ? [`${i} lies on ${j}`] : []), ...(crossed ? [`the rule of ${j} crosses ${i}`] : [])];
    }),
  );
}

describe('placeFlags', () => {
  it('keeps labels apart, uncrossed and within the width, wherever the rules stand', () => {
    const flag = fc.record({
      x: fc.double({ min: 0, max: WIDTH, noNaN: true }),
      width: fc.integer({ min: 10, max: 220 }),
    });
    fc.assert(
      fc.property(fc.array(flag, { maxLength: 4 }), (unsorted) => {
        const flags = unsorted.sort((a, b) => a.x - b.x);
        const places = placeFlags(flags, WIDTH);
        expect(faults(flags, places)).toEqual([]);
        for (const [i, { left }] of places.entries()) {
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left + flags[i]!.width).toBeLessThanOrEqual(WIDTH + 1e-9);
        }
      }),
    );
  });

  it('uses one row where there is room', () => {
    const places = placeFlags(
      [
        { x: 10, width: 100 },
        { x: 300, width: 100 },
      ],
      WIDTH,
    );
    expect(places.map(({ row }) => row)).toEqual([0, 0]);
  });

  it('puts rules at the same place above one another', () => {
    const flags = [0, 0, 0].map(() => ({ x: 590, width: 80 }));
    expect(
      placeFlags(flags, WIDTH)
        .map(({ row }) => row)
        .sort(),
    ).toEqual([0, 1, 2]);
  });
});
