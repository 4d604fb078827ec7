import { type Axes, type Json, type Layer, once, type Row, round } from './marks.js';
import { ink, type Role } from './theme.js';

/** A mark for points: a circle or a path around (0, 0), px; filled or drawn as lines. */
export interface Shape {
  readonly form: { readonly radius: number } | { readonly path: string };
  readonly filled: boolean;
}

/** How points look. */
export interface Dots extends Shape {
  readonly role: Role;
  /** Width of the lines of shapes that are not filled. */
  readonly width?: number;
}

export const dotsMark = ({ role, form, filled, width = 1.3 }: Dots): Json & { type: string } => ({
  type: 'point',
  // Vega's circles have half the root of their size as radius, and paths of one's own are scaled by that.
  ...('path' in form
    ? { size: 4, shape: form.path }
    : { size: Math.round(400 * form.radius ** 2) / 100, shape: 'circle' }),
  ...(filled
    ? { fill: ink(role), stroke: null }
    : { fill: null, filled: false, stroke: ink(role), strokeWidth: width }),
});

/**
 * Of rows that fall into the same `px` pixels the highest and the lowest by `v` stay, each at its own time: what is left out
 * could not be told apart. No maximum is lost.
 */
export function thin(axes: Axes, rows: readonly Row[], px: number): readonly Row[] {
  const bins = new Map<number, { low: Row; high: Row }>();
  for (const row of rows) {
    const bin = Math.floor(axes.xPx(Number(row.t)) / px);
    const { low = row, high = row } = bins.get(bin) ?? {};
    bins.set(bin, {
      low: Number(row.v) < Number(low.v) ? row : low,
      high: Number(row.v) > Number(high.v) ? row : high,
    });
  }
  return [...bins.values()].flatMap(({ low, high }) =>
    low === high ? [low] : Number(low.t) < Number(high.t) ? [low, high] : [high, low],
  );
}

/** Points at `t`, `v`. */
export const dots = (axes: Axes, values: readonly Row[], look: Dots): Layer => ({
  data: { values },
  mark: { ...dotsMark(look), clip: axes.clip },
  encoding: { x: axes.x({ field: 't' }), y: axes.y({ field: 'v' }) },
});

/** A point at a place, px. */
export const dotPx = (x: number, y: number, look: Dots): Layer => ({
  data: once,
  mark: dotsMark(look),
  encoding: { x: { value: round(x) }, y: { value: round(y) } },
});
