import type { Statement } from './statement.js';

/** Quartz clocks drift by less, nor does a system turn a clock faster that it sets right; more is another fault, ppm. */
const MOST_PPM = 500;
/** Room for the rounding of stamps, ms. */
const ENOUGH_ROOM_MS = 1;
/** Steps of the search: to a millionth of a ppm. */
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
 * The line of least slope between all lower and all upper bounds: a drift is believed only as far as it must be. The room between
 * the bounds is a concave function of the slope, so that halving finds its top and where it is enough; `undefined` where no line
 * satisfies all.
 *
 *     upper bounds   ˙ ˙   ˙ ˙  ˙      rise where requests wait: they bound little
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
  const best = steepestRoom((ppm) => roomAt(ppm).room);
  const most = roomAt(best).room;
  if (!(most >= 0) || !Number.isFinite(most)) return undefined;
  const ppm = leastSlope((slope) => roomAt(slope).room >= Math.min(most, ENOUGH_ROOM_MS), best);
  const { low, high, room } = roomAt(ppm);
  return { at, value: (low + high) / 2, uncertainty: room / 2, ppm };
}

/** Where a concave function of the slope is highest. */
function steepestRoom(room: (ppm: number) => number): number {
  let from = -MOST_PPM;
  let to = MOST_PPM;
  for (let i = 0; i < ROUNDS; i++) {
    const a = from + (to - from) / 3;
    const b = to - (to - from) / 3;
    if (room(a) < room(b)) from = a;
    else to = b;
  }
  return (from + to) / 2;
}

/** The slope nearest to none that is enough, between none and one that is. */
function leastSlope(enough: (ppm: number) => boolean, known: number): number {
  if (enough(0)) return 0;
  let not = 0;
  let good = known;
  for (let i = 0; i < ROUNDS; i++) {
    const middle = (not + good) / 2;
    if (enough(middle)) good = middle;
    else not = middle;
  }
  return good;
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
