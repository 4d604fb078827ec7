/** A label that wants to stand at `x`, px; `align` says which of its sides. */
export interface Wish {
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right' | 'center';
}

export interface Place {
  /** The label's left edge, px. */
  readonly left: number;
  /** From 0. */
  readonly row: number;
}

/** Two labels in a row keep so far apart, px. */
const LABEL_GAP = 10;

/**
 * Puts labels into as few rows as first fit needs, in the order given; none overlaps another or leaves `width` (unless it is
 * wider than that).
 */
export function packRows(wishes: readonly Wish[], width: number): readonly Place[] {
  const rows: { left: number; right: number }[][] = [];
  return wishes.map(({ x, width: own, align }) => {
    const wanted = align === 'left' ? x : align === 'right' ? x - own : x - own / 2;
    const left = Math.max(0, Math.min(wanted, width - own));
    const span = { left: left - LABEL_GAP, right: left + own + LABEL_GAP };
    let row = rows.findIndex((taken) => taken.every((other) => other.right <= left || other.left >= left + own));
    if (row < 0) row = rows.push([]) - 1;
    rows[row]!.push(span);
    return { left, row };
  });
}

/**
 * Moves heights apart so that neighbours keep `gap` and all stay within `low` to `high` where there is room; the order is
 * kept, and equal wishes keep the order given.
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): readonly number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const placed = [...wanted];
  let least = low;
  for (const i of order) {
    placed[i] = Math.max(least, placed[i]!);
    least = placed[i]! + gap;
  }
  let most = high;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(most, placed[i]!);
    most = placed[i]! - gap;
  }
  return placed;
}
