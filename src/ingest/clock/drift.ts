import type { Statement } from './pairs.js';

/** Quartz clocks drift by less; a larger drift is another fault, ppm. */
const MOST_PPM = 2000;
/** Halvings of the search: to a millionth of a ppm. */
const ROUNDS = 80;

/** A straight line that the difference of two clocks follows: `value` at `at`, changing by `ppm`. */
export interface Line {
  readonly at: number;
  readonly value: number;
  /** Half of the room between the bounds. */
  readonly uncertainty: number;
  readonly ppm: number;
}

/**
 * The line with most room between all lower and all upper bounds. The room is a concave function of the slope, so that halving
 * the range finds its top; `undefined` where no line satisfies all.
 *
 *     upper bounds   ˙ ˙   ˙ ˙  ˙
 *     line           ────────────      slope = drift
 *     lower bounds   . .  .   . .
 */
export function feasibleLine(statements: readonly Statement[]): Line | undefined {
  const at = middle(statements);
  const roomAt = (ppm: number) => {
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    for (const { side, value, at: when } of statements) {
      const level = value - (when - at) * ppm * 1e-6;
      if (side === 'at-least') low = Math.max(low, level);
      else high = Math.min(high, level);
    }
    return { low, high, room: high - low };
  };
  let from = -MOST_PPM;
  let to = MOST_PPM;
  for (let i = 0; i < ROUNDS; i++) {
    const a = from + (to - from) / 3;
    const b = to - (to - from) / 3;
    if (roomAt(a).room < roomAt(b).room) from = a;
    else to = b;
  }
  const ppm = (from + to) / 2;
  const { low, high, room } = roomAt(ppm);
  if (!(room >= 0) || !Number.isFinite(room)) return undefined;
  return { at, value: (low + high) / 2, uncertainty: room / 2, ppm };
}

function middle(statements: readonly Statement[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { at } of statements) {
    low = Math.min(low, at);
    high = Math.max(high, at);
  }
  return (low + high) / 2;
}
