import type { TopLevelSpec } from 'vega-lite';
import type { Drawing, Frame } from './chart.js';
import { KEY_ROW, type Key, keyLayers, keyRows } from './keys.js';
import { type Axes, type Json, type Layer, label, position, xAxis, yAxis } from './marks.js';
import { textWidth } from './text-width.js';
import { config, TEXT_PX } from './theme.js';
import { type Scale, widestTick } from './ticks.js';

/** Height of the panels of a stack, all alike, px. */
export const PANEL_PX = 96;

/** A part of a stack, with its own vertical axis; all share the axis along the width. */
export interface Panel {
  readonly height: number;
  readonly keys: readonly Key[];
  /** Absent: nothing is counted here (labels of marks). */
  readonly y?: Scale;
  readonly layers: (axes: Axes) => readonly Layer[];
}

export interface Stack {
  readonly x: Scale;
  readonly panels: readonly Panel[];
  /** Below the last panel: the axis' unit, then further lines. */
  readonly below: readonly string[];
}

/** Left margin, between labels and plot; right margin; between panels; the lines below; px. */
const LEFT_LEAST = 28;
const LABEL_ROOM = 8;
const RIGHT = 18;
const PANEL_GAP = 12;
const BELOW_FIRST = 34;
const BELOW_ROW = 17;

/** Width of the plots of a stack, px: what is left beside the widest label of the vertical axes. */
export const plotWidth = ({ width }: Frame, left: number): number => width - left - RIGHT;

export const leftMargin = (scales: readonly (Scale | undefined)[]): number =>
  Math.ceil(Math.max(LEFT_LEAST, ...scales.map((scale) => (scale ? widestTick(scale) + LABEL_ROOM : 0))));

/** Panels above one another on a shared axis. */
export function drawStack(frame: Frame, { x, panels, below }: Stack, left: number): Drawing {
  const width = plotWidth(frame, left);
  const rows = panels.map(({ keys }) => keyRows(keys, frame.width - RIGHT));
  const top = (rows[0] ?? 0) * KEY_ROW + 6;
  const spacing = Math.max(...rows.slice(1), 0) * KEY_ROW + PANEL_GAP;
  const height = top + panels.reduce((sum, panel) => sum + panel.height, 0) + spacing * (panels.length - 1);
  const bottom = BELOW_FIRST + BELOW_ROW * (below.length - 1) + 6;
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config,
    autosize: { type: 'none' },
    padding: { left, top, right: RIGHT, bottom },
    spacing,
    bounds: 'flush',
    vconcat: panels.map((panel, i) => {
      const axes = axesOf(frame, x, panel, width, i === panels.length - 1);
      const layer = [
        ...panel.layers(axes),
        ...keyLayers(axes, panel.keys, -left, frame.width - RIGHT),
        ...(i === panels.length - 1 ? belowLayers(axes, below, left) : []),
      ];
      return { width, height: panel.height, layer };
    }),
    resolve: { scale: { x: 'shared' } },
  };
  return { spec: spec as unknown as TopLevelSpec, width: frame.width, height: height + bottom };
}

function axesOf({ interactive }: Frame, x: Scale, panel: Panel, width: number, last: boolean): Axes {
  const { y, height } = panel;
  const along = { type: 'quantitative', scale: { domain: x.domain, nice: false, zero: false }, axis: xAxis(x, last) };
  const up: Json = y
    ? { type: 'quantitative', scale: { domain: y.domain, nice: false, zero: true }, axis: yAxis(y) }
    : { type: 'quantitative', scale: { domain: [0, 1] }, axis: null };
  const yAt = y ? position(y, height) : () => 0;
  return {
    width,
    height,
    clip: interactive,
    x: (def) => ({ ...along, ...(y ? {} : { axis: null }), ...def }),
    y: (def) => ({ ...up, ...def }),
    xPx: position(x, width),
    yPx: (value) => height - yAt(value),
  };
}

/** The unit in the middle under the axis; what else is to be said at the left, below. */
function belowLayers(axes: Axes, lines: readonly string[], left: number): Layer[] {
  return lines.flatMap((text, i) =>
    label(axes, {
      text,
      x: i === 0 ? Math.max(-left, axes.width - textWidth(text, TEXT_PX)) : -left,
      y: axes.height + BELOW_FIRST + i * BELOW_ROW,
      role: 'soft',
    }),
  );
}
