/** A label at the top of a rule that stands at `x`, px. */
export interface Flag {
  readonly x: number;
  readonly width: number;
}

export interface Place {
  /** The label's left edge, px. */
  readonly left: number;
  /** From 0, downwards. A rule runs from below its label's row to the plot. */
  readonly row: number;
}

/** A label keeps so far from its rule, and from other labels, px. */
const RULE_GAP = 4;
const LABEL_GAP = 10;

/**
 * Puts labels beside their rules in as few rows as will do: none overlaps another, none is crossed by another's rule, none
 * leaves `width` (unless it is wider than that).
 *
 *     saturated 5 s to 52 s      first in the upper row, so that the second's rule
 *     │  first reset at 7.6 s    does not cross it
 *     │  │
 */
export function placeFlags(flags: readonly Flag[], width: number): readonly Place[] {
  for (let rows = 1; rows <= flags.length; rows++) {
    const found = search(flags, width, rows, []);
    if (found) return found;
  }
  return flags.map((flag, row) => ({ left: clamped(flag, width), row }));
}

function search(
  flags: readonly Flag[],
  width: number,
  rows: number,
  placed: readonly Place[],
): readonly Place[] | undefined {
  const flag = flags[placed.length];
  if (!flag) return placed;
  for (let row = 0; row < rows; row++) {
    for (const left of edges(flag, width)) {
      const place = { left, row };
      if (!placed.every((other, i) => agree(flags[i]!, other, flag, place))) continue;
      const found = search(flags, width, rows, [...placed, place]);
      if (found) return found;
    }
  }
  return undefined;
}

const clamped = ({ x, width: own }: Flag, width: number) => Math.max(0, Math.min(x - own / 2, width - own));

/** To the right of its rule, to the left, or over it: what stays within the width. */
const edges = (flag: Flag, width: number): readonly number[] =>
  [flag.x + RULE_GAP, flag.x - RULE_GAP - flag.width]
    .filter((left) => left >= 0 && left + flag.width <= width)
    .concat(clamped(flag, width));

function agree(a: Flag, at: Place, b: Flag, bt: Place): boolean {
  if (at.row === bt.row && at.left < bt.left + b.width + LABEL_GAP && bt.left < at.left + a.width + LABEL_GAP)
    return false;
  return !crosses(a, at, b, bt) && !crosses(b, bt, a, at);
}

/** Whether the rule of one label runs through another. */
const crosses = (rule: Flag, from: Place, label: Flag, at: Place) =>
  at.row > from.row && rule.x > at.left - 2 && rule.x < at.left + label.width + 2;
