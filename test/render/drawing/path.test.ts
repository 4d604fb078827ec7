import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { circleRadius, movedPath, shortenPath } from '../../../src/render/drawing/path.js';

/** The points of a path of relative lines, as a browser would find them. */
function points(d: string): readonly (readonly [number, number])[] {
  let [x, y] = [0, 0];
  return Array.from(d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g), ([, letter, rest]) => {
    const n = (rest!.match(/-?(?:\d+\.?\d*|\.\d+)/g) ?? []).map(Number);
    if (letter === 'M') [x, y] = [n[0]!, n[1]!];
    else if (letter === 'h') x += n[0]!;
    else if (letter === 'v') y += n[0]!;
    else {
      x += n[0]!;
      y += n[1]!;
    }
    return [x, y] as const;
  });
}

describe('shortenPath', () => {
  it('leads to the same points within half a hundredth, however long', () => {
    const place = fc.tuple(
      fc.double({ min: -999, max: 999, noNaN: true }),
      fc.double({ min: -999, max: 999, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 200 }), (list) => {
        const told = points(shortenPath(`M${list.map(([x, y]) => `${x.toFixed(5)},${y.toFixed(5)}`).join('L')}`));
        const last = told.at(-1)!;
        expect(last[0]).toBeCloseTo(list.at(-1)![0], 1);
        expect(Math.abs(last[0] - list.at(-1)![0])).toBeLessThan(0.0051);
        expect(Math.abs(last[1] - list.at(-1)![1])).toBeLessThan(0.0051);
      }),
    );
  });

  it('writes steps as such and leaves out lines of no length', () => {
    expect(shortenPath('M0,91.667L300,91.667L300,8.333L300,8.333L600,8.333Z')).toBe('M0,91.67h300v-83.34h300Z');
  });

  it('keeps a dot: a subpath that is nothing but a line of no length', () => {
    expect(shortenPath('M1,2h0M3,4h0')).toBe('M1,2h0m2,2h0');
  });

  it('goes on from where a closed subpath began', () => {
    expect(shortenPath('M10,10h5v5h-5ZM20,10h5v5h-5Z')).toBe('M10,10h5v5h-5Zm10,0h5v5h-5Z');
  });
});

describe('movedPath', () => {
  it('moves lines and arcs, and leaves radii and flags alone', () => {
    expect(movedPath('M2,0A2,2,0,1,1,-2,0Z', 10, 20)).toBe('M12,20A2,2,0,1,1,8,20Z');
  });
});

describe('circleRadius', () => {
  it('knows a circle by its path', () => {
    expect(circleRadius('M1.7,0A1.7,1.7,0,1,1,-1.7,0A1.7,1.7,0,1,1,1.7,0')).toBe(1.7);
    expect(circleRadius('M0,-3L3,0L0,3Z')).toBeUndefined();
  });
});
