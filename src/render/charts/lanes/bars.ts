import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { spanTip } from '../data.js';
import { type Axes, boxes, type Fill, type Layer, linePx, type Row } from '../marks.js';
import { plainText } from '../plain-text.js';
import { withTip } from '../tips.js';
import type { Bar, LaneRows } from './rows.js';

/** Rows this high have bars with an outline and a gap; lower ones are solid, px. */
const OUTLINED = 5;
/** A bar is never narrower or lower than this, px, so that no request vanishes. */
const THINNEST = 0.8;
const INSET = 0.14;
const SEAMLESS = 1.15;

const LIGHT: Fill = { fill: 'in-service-fill', line: 'in-service', width: 0.9 };
const SOLID: Fill = { fill: 'in-service' };
/** Bars that follow at once are told apart by paper between them. */
const APART: Fill = { fill: 'in-service', line: 'paper', width: 0.5 };

/** The bars, and hairlines between lanes that are high enough. */
export function barLayers(axes: Axes, rows: LaneRows, speak: Speak): readonly Layer[] {
  const rowPx = axes.height / rows.rows;
  const roomy = rowPx >= OUTLINED;
  const inset = roomy ? INSET : 0;
  // Low rows overlap a little, or their edges would shine through.
  const tall = Math.max(roomy ? 1 : SEAMLESS, THINNEST / rowPx);
  const least = axes.clip ? 0 : THINNEST / (axes.xPx(1) - axes.xPx(0));
  const wide = medianWidth(rows.bars, axes) >= 4;
  const look = roomy ? LIGHT : wide && rowPx >= 2 ? APART : SOLID;
  const values = rows.bars.map(({ t, u, row, lane }): Row => ({ t, u: Math.max(u, t + least), row, lane }));
  const layer: Layer = {
    ...boxes(axes, values, look),
    transform: [
      { calculate: `datum.row + ${inset}`, as: 'low' },
      { calculate: `datum.row + ${(tall - inset).toFixed(3)}`, as: 'high' },
      ...(axes.clip ? [workerNames(rows)] : []),
    ],
  };
  return [
    ...(axes.height / rows.lanes.length >= 8 ? separators(axes, rows) : []),
    withTip(axes, layer, spanTip(speak, [['worker', speak(say('chart.column.worker', {}))]])),
  ];
}

/** The names of the workers, each once. */
const workerNames = ({ lanes }: LaneRows) => ({
  lookup: 'lane',
  from: {
    data: { values: lanes.map(({ label }, lane) => ({ lane, worker: plainText(label) })) },
    key: 'lane',
    fields: ['worker'],
  },
});

function medianWidth(bars: readonly Bar[], axes: Axes): number {
  const widths = bars.map(({ t, u }) => axes.xPx(u) - axes.xPx(t)).sort((a, b) => a - b);
  return widths[Math.floor(widths.length / 2)] ?? 0;
}

const separators = (axes: Axes, { lanes }: LaneRows): Layer[] =>
  lanes
    .slice(1)
    .map(({ first }) => linePx([0, axes.yPx(first)], [axes.width, axes.yPx(first)], { role: 'grid', width: 1 }));
