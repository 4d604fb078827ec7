import type { Drawing, Frame } from './chart.js';
import { KEY_ROW, keyLayers, keyRows } from './keys.js';
import { type Axes, type Layer, label } from './marks.js';
import { drawPanels, type Panel } from './panels.js';
import { textWidth } from './text-width.js';
import { TEXT_PX } from './theme.js';
import { type Scale, widestTick } from './ticks.js';

/** Height of the panels of a stack, all alike, px. */
export const PANEL_PX = 96;

export interface Stack {
  readonly x: Scale;
  readonly panels: readonly Panel[];
  /** Below the last panel: the axis' unit, then further lines. */
  readonly below: readonly string[];
}

/** Left margin, between labels and plot; right margin; above each panel; the lines below; px. */
const LEFT_LEAST = 28;
const LABEL_ROOM = 8;
export const RIGHT = 18;
const GAP = 14;
const BELOW_FIRST = 34;
const BELOW_ROW = 17;

/** Width of the plots of a stack, px: what is left beside the widest label of the vertical axes. */
export const plotWidth = ({ width }: Frame, left: number): number => width - left - RIGHT;

export const leftMargin = (scales: readonly (Scale | undefined)[]): number =>
  Math.ceil(Math.max(LEFT_LEAST, ...scales.map((scale) => (scale ? widestTick(scale) + LABEL_ROOM : 0))));

/** Height of the lines below a plot, px. */
export const belowHeight = (lines: number): number => BELOW_FIRST + BELOW_ROW * (lines - 1) + 6;

/** Panels above one another on a shared axis. */
export function drawStack(frame: Frame, { x, panels, below }: Stack, left: number): Drawing {
  const wide = frame.width - RIGHT;
  let bottom = 0;
  const placed = panels.map((panel, i) => {
    const last = i === panels.length - 1;
    const top = bottom + (i === 0 ? 6 : GAP) + keyRows(panel.keys, wide) * KEY_ROW;
    bottom = top + panel.height;
    const around = (axes: Axes) => [
      ...keyLayers(axes, panel.keys, -left, wide),
      ...(last ? belowLayers(axes, below, left) : []),
    ];
    return { panel, left, top, labelled: last, around };
  });
  return drawPanels(frame, x, plotWidth(frame, left), bottom + belowHeight(below.length), placed);
}

/** The unit at the axis' end; what else is to be said at the left, below. */
export function belowLayers(axes: Axes, lines: readonly string[], left: number): Layer[] {
  return lines.flatMap((text, i) =>
    label(axes, {
      text,
      x: i === 0 ? Math.max(-left, axes.width - textWidth(text, TEXT_PX)) : -left,
      y: axes.height + BELOW_FIRST + i * BELOW_ROW,
      role: 'soft',
    }),
  );
}
