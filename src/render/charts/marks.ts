import { plainText } from './plain-text.js';
import { HATCHES, ink, type Role, TEXT_PX } from './theme.js';
import type { Scale } from './ticks.js';
import { tickFormat } from './ticks.js';

/** Part of a Vega-Lite unit specification. */
export type Json = { readonly [key: string]: unknown };
/** A row of a chart's data. */
export type Row = { readonly [field: string]: number | string };

/** One layer of a panel. */
export interface Layer {
  readonly data?: { readonly values: readonly Row[] };
  readonly transform?: readonly Json[];
  readonly mark: Json & { readonly type: string };
  readonly encoding: Json;
}

/** The axes of one panel, and where a value stands on them. */
export interface Axes {
  readonly width: number;
  readonly height: number;
  /** Marks are cut at the plot's edges, since the reader can move time. */
  readonly clip: boolean;
  x(def: Json): Json;
  y(def: Json): Json;
  xPx(value: number): number;
  yPx(value: number): number;
}

/** Places a value on a scale of `length` px. */
export const position =
  ({ domain: [from, to] }: Scale, length: number) =>
  (value: number) =>
    ((value - from) / (to - from)) * length;

const POINT: readonly Row[] = [{}];
/** The data of a mark that stands for no row. */
export const once = { values: POINT };
export const round = (px: number) => Math.round(px * 100) / 100;

export interface Label {
  readonly text: string;
  /** Left edge, middle or right edge as `align` says: px, or a time with an offset in px. */
  readonly x: number | { readonly at: number; readonly dx: number };
  /** Baseline, px from the panel's top. */
  readonly y: number;
  readonly align?: 'left' | 'right' | 'center';
  readonly role?: Role;
  readonly weight?: 400 | 600;
  readonly size?: number;
  /** Stands on data: paper around each letter. */
  readonly halo?: boolean;
}

/** A text at a place. */
export function label(axes: Axes, one: Label): Layer[] {
  const { x, y, align = 'left', role = 'ink', weight = 400, size = TEXT_PX, halo = false } = one;
  const text = plainText(one.text);
  const tied = typeof x === 'object';
  const mark = {
    type: 'text',
    text,
    align,
    fontSize: size,
    ...(weight === 400 ? {} : { fontWeight: weight }),
    ...(tied ? { dx: round(x.dx), clip: axes.clip } : {}),
  };
  const encoding = { x: tied ? axes.x({ datum: x.at }) : { value: round(x) }, y: { value: round(y) } };
  const layer = (more: Json): Layer => ({ data: once, mark: { ...mark, ...more }, encoding });
  return [
    ...(halo ? [layer({ fill: ink('paper'), stroke: ink('paper'), strokeWidth: 4, strokeJoin: 'round' })] : []),
    layer({ fill: ink(role) }),
  ];
}

/** How a line looks. */
export interface Stroke {
  readonly role: Role;
  readonly width?: number;
  readonly dash?: readonly number[];
}

const strokeOf = ({ role, width = 1.5, dash }: Stroke) => ({
  stroke: ink(role),
  strokeWidth: width,
  ...(dash ? { strokeDash: dash } : {}),
});

/** A vertical rule at a time, over the panel's height or from `top` px. */
export const ruleAt = (axes: Axes, at: number, stroke: Stroke, top = 0): Layer => ({
  data: once,
  mark: { type: 'rule', clip: axes.clip, ...strokeOf(stroke) },
  encoding: { x: axes.x({ datum: at }), y: { value: round(top) }, y2: { value: axes.height } },
});

/** A horizontal rule at a value. */
export const ruleOver = (axes: Axes, value: number, stroke: Stroke): Layer => ({
  data: once,
  mark: { type: 'rule', ...strokeOf(stroke) },
  encoding: { y: axes.y({ datum: value }), x: { value: 0 }, x2: { value: axes.width } },
});

/** A line between two places, px. */
export const linePx = (from: readonly [number, number], to: readonly [number, number], stroke: Stroke): Layer => ({
  data: once,
  mark: { type: 'rule', ...strokeOf(stroke) },
  encoding: {
    x: { value: round(from[0]) },
    y: { value: round(from[1]) },
    x2: { value: round(to[0]) },
    y2: { value: round(to[1]) },
  },
});

/** A span of time as a ground behind the data. */
export const bandOver = (axes: Axes, from: number, to: number, role: Role): Layer => ({
  data: once,
  mark: { type: 'rect', clip: axes.clip, fill: ink(role) },
  encoding: { x: axes.x({ datum: from }), x2: { datum: to }, y: { value: 0 }, y2: { value: axes.height } },
});

/** How a fill looks: `fill` is a role's colour or its hatch, `line` the outline. */
export interface Fill {
  readonly fill: Role;
  readonly line?: Role;
  readonly width?: number;
}

export const fillOf = ({ fill, line, width = 1 }: Fill, hatched = false) => ({
  fill: hatched && fill in HATCHES ? `url(#${fill})` : ink(fill),
  ...(line ? { stroke: ink(line), strokeWidth: width } : {}),
});

/** A count that stays open at the plot's end is closed so far beyond it, where nobody sees it, px. */
const BEYOND = 4;

/**
 * A count that holds from each row to the next, filled down to 0: one line that begins and ends there. Rows have `t` and `v`.
 * Where the count stays open before the plot ends, the line stops and the fill alone goes down.
 */
export function stepArea(axes: Axes, values: readonly Row[], look: Fill & Pick<Stroke, 'dash'>): readonly Layer[] {
  const { fill, line, width = 1.5, dash } = look;
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last) return [];
  const stroke = line && { role: line, width, ...(dash ? { dash } : {}) };
  const open = last.v !== 0;
  const atEnd = open && axes.xPx(Number(last.t)) > axes.width - 1;
  const end = atEnd ? Number(last.t) + BEYOND / (axes.xPx(1) - axes.xPx(0)) : last.t!;
  const closed = [
    { t: first.t!, v: 0 },
    ...values,
    ...(open
      ? [
          { t: end, v: last.v! },
          { t: end, v: 0 },
        ]
      : []),
  ];
  const apart = open && !atEnd;
  const area: Layer = {
    data: { values: closed },
    mark: {
      type: 'line',
      interpolate: 'step-after',
      clip: axes.clip || atEnd,
      fill: ink(fill),
      ...(stroke && !apart ? strokeOf(stroke) : { stroke: null }),
    },
    // Rows of one time stand in their order.
    encoding: { x: axes.x({ field: 't' }), y: axes.y({ field: 'v' }), order: { value: 0 } },
  };
  return apart && stroke ? [area, stepLine(axes, values, stroke)] : [area];
}

/** A count that holds from each row to the next, as a line. */
export const stepLine = (axes: Axes, values: readonly Row[], stroke: Stroke): Layer => ({
  data: { values },
  mark: { type: 'line', interpolate: 'step-after', clip: axes.clip, ...strokeOf(stroke) },
  encoding: { x: axes.x({ field: 't' }), y: axes.y({ field: 'v' }) },
});

/** Straight lines between points. */
export const polyline = (axes: Axes, values: readonly Row[], stroke: Stroke): Layer => ({
  data: { values },
  mark: { type: 'line', clip: axes.clip, ...strokeOf(stroke) },
  encoding: { x: axes.x({ field: 't' }), y: axes.y({ field: 'v' }) },
});

/** Boxes from `t` to `u` and from `low` to `high`. */
export const boxes = (axes: Axes, values: readonly Row[], fill: Fill, more: Json = {}): Layer => ({
  data: { values },
  mark: { type: 'rect', clip: axes.clip, ...fillOf(fill, !axes.clip), ...more },
  encoding: {
    x: axes.x({ field: 't' }),
    x2: { field: 'u' },
    y: axes.y({ field: 'low' }),
    y2: { field: 'high' },
  },
});

/** Columns of `width` px around `t`, from `low` to `high`. */
export const columns = (axes: Axes, values: readonly Row[], width: number, fill: Fill): Layer => ({
  data: { values },
  mark: { type: 'bar', size: width, orient: 'vertical', clip: axes.clip, ...fillOf(fill, !axes.clip && width >= 4) },
  encoding: { x: axes.x({ field: 't' }), y: axes.y({ field: 'low' }), y2: { field: 'high' } },
});

/** A box at a place, px. */
export const boxPx = (axes: Axes, x: number, y: number, width: number, height: number, fill: Fill): Layer => ({
  data: once,
  mark: { type: 'rect', ...fillOf(fill, !axes.clip) },
  encoding: {
    x: { value: round(x) },
    x2: { value: round(x + width) },
    y: { value: round(y) },
    y2: { value: round(y + height) },
  },
});

/** An axis along the width. Where time can be zoomed, Vega finds the ticks. */
export const xAxis = ({ ticks, decimals, suffix }: Scale, labels: boolean, zoomed: boolean): Json => ({
  ...(zoomed ? { tickCount: Math.max(2, ticks.length - 1) } : { values: ticks, format: tickFormat(decimals) }),
  ...(suffix ? { labelExpr: `datum.label + ${JSON.stringify(suffix)}` } : {}),
  title: null,
  labels,
  ticks: labels,
  grid: true,
});

export const yAxis = ({ ticks, decimals }: Scale): Json => ({
  values: ticks,
  format: tickFormat(decimals),
  title: null,
  ticks: false,
  domain: false,
  grid: true,
});
