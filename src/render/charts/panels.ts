import type { TopLevelSpec } from 'vega-lite';
import type { Drawing, Frame } from './chart.js';
import type { Key } from './keys.js';
import { type Axes, type Json, type Layer, position, xAxis, yAxis } from './marks.js';
import { config, ink } from './theme.js';
import type { Scale } from './ticks.js';

/** A part of a drawing, with its own vertical axis; all share the axis along the width. */
export interface Panel {
  readonly height: number;
  readonly keys: readonly Key[];
  /** Absent: nothing is measured upwards here (labels of marks). */
  readonly y?: Scale;
  /** The vertical scale has labels and grid lines of its own kind, made by the layers. */
  readonly ownAxis?: boolean;
  readonly layers: (axes: Axes) => readonly Layer[];
}

/** A panel at its place: its plot's corner in the drawing, px. */
export interface Placed {
  readonly panel: Panel;
  readonly left: number;
  readonly top: number;
  /** Whether the axis along the width has its labels here. */
  readonly labelled: boolean;
  /** What stands around the plot. */
  readonly around: (axes: Axes) => readonly Layer[];
}

/** Panels of one width at places of their own, on a shared axis along the width. */
export function drawPanels(frame: Frame, x: Scale, width: number, height: number, placed: readonly Placed[]): Drawing {
  const spec = {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    config,
    autosize: { type: 'none' },
    padding: 0,
    spacing: 0,
    bounds: 'flush',
    vconcat: placed.map(({ panel, labelled, around }) => {
      const axes = axesOf(frame, x, panel, width, labelled);
      const layers = panel.layers(axes);
      const layer = [...(layers.length > 0 || !panel.y ? layers : [baseline(axes, x)]), ...around(axes)];
      return { width, height: panel.height, layer };
    }),
    resolve: { scale: { x: 'shared' } },
  };
  return {
    spec: spec as unknown as TopLevelSpec,
    width: frame.width,
    height: Math.ceil(height),
    domain: x.domain,
    places: placed.map(({ left, top }) => ({ x: left, y: top })),
  };
}

/** A panel in which nothing is drawn has its axes all the same. */
const baseline = (axes: Axes, { domain: [from, to] }: Scale): Layer => ({
  data: { values: [{ t: from, u: to, v: 0 }] },
  mark: { type: 'rule', stroke: ink('axis') },
  encoding: { x: axes.x({ field: 't' }), x2: { field: 'u' }, y: axes.y({ field: 'v' }) },
});

function axesOf({ interactive }: Frame, x: Scale, panel: Panel, width: number, labelled: boolean): Axes {
  const { y, height, ownAxis = false } = panel;
  const along = {
    type: 'quantitative',
    scale: { domain: x.domain, nice: false, zero: false, padding: 0 },
    axis: y ? xAxis(x, labelled, interactive) : null,
  };
  const up: Json = y
    ? {
        type: 'quantitative',
        scale: { domain: y.domain, nice: false, zero: false, padding: 0 },
        axis: ownAxis ? null : yAxis(y),
      }
    : { type: 'quantitative', scale: { domain: [0, 1] }, axis: null };
  const yAt = y ? position(y, height) : () => 0;
  return {
    width,
    height,
    clip: interactive,
    x: (def) => ({ ...along, ...def }),
    y: (def) => ({ ...up, ...def }),
    xPx: position(x, width),
    yPx: (value) => height - yAt(value),
  };
}
