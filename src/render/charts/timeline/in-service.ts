import type { Bound } from '../../../model/finding.js';
import type { RunAnalysis } from '../../../model/run-analysis.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { countTip, highest, originOf, seriesOf, spanOf, stepRows } from '../data.js';
import { type Axes, type Layer, label, type Row, ruleOver, type Stroke, stepArea, stepLine } from '../marks.js';
import type { Panel } from '../panels.js';
import { PANEL_PX } from '../stack.js';
import { textWidth } from '../text-width.js';
import { type Role, TEXT_PX } from '../theme.js';
import { countScale } from '../ticks.js';
import { readout } from '../tips.js';

const IN_FLIGHT = { role: 'arrivals', width: 1.5 } as const;

/** Requests in service with their limit; where no log tells them, what the client has in flight. */
export function inServicePanel(run: RunAnalysis, speak: Speak): Panel | undefined {
  const inService = seriesOf(run, 'in-service');
  const series = inService ?? seriesOf(run, 'in-flight');
  if (!series) return undefined;
  const { value, bound } = run.findings.maxConcurrency;
  const limit = value === undefined || bound === 'unknown' ? undefined : value;
  const max = highest(series.v);
  const served = inService !== undefined;
  const rows = stepRows(series, originOf(run), spanOf(run)[1]);
  const name = inService ? say('chart.key.inService', { max }) : say('chart.key.inFlight', { max });
  return {
    height: PANEL_PX,
    y: countScale(Math.max(max, limit ?? 0)),
    keys: [
      inService
        ? {
            text: speak(name),
            bold: true,
            role: 'in-service',
            sample: { fill: { fill: 'in-service-fill', line: 'in-service' } },
          }
        : { text: speak(name), bold: true, sample: { line: IN_FLIGHT } },
    ],
    layers: (axes) => [
      ...readout(axes, countLayers(axes, rows, served)[0]!, countTip(speak, series.id)),
      ...countLayers(axes, rows, served),
      ...(limit === undefined
        ? []
        : limitLayers(
            axes,
            limit,
            speak(say('chart.limit', { bound, n: limit })),
            limitStroke('in-service', bound),
            rows,
          )),
    ],
  };
}

const countLayers = (axes: Axes, rows: readonly Row[], served: boolean): readonly Layer[] =>
  served ? stepArea(axes, rows, { fill: 'in-service-fill', line: 'in-service' }) : [stepLine(axes, rows, IN_FLIGHT)];

/** What was seen to be a limit is dashed, what may be one dotted. */
export const limitStroke = (role: Role, bound: Bound): Stroke => ({
  role,
  width: 1.2,
  dash: bound === 'exact' ? [6, 3] : [2, 3],
});

/**
 * A labelled line at a count; the axis leaves room for the label above it, which stands where no line of `others` runs, at the
 * right if it can.
 */
export function limitLayers(
  axes: Axes,
  value: number,
  text: string,
  stroke: Stroke,
  others: readonly Row[],
): readonly Layer[] {
  const y = axes.yPx(value) - 5;
  const width = textWidth(text, TEXT_PX, 600);
  const places = [1, 0, 0.75, 0.5, 0.25].map((part) => part * (axes.width - width));
  const box = { top: y - TEXT_PX - 1, bottom: axes.yPx(value) - 2 };
  const left = places.find((at) => !isCrossed(axes, others, { ...box, left: at, right: at + width })) ?? places[0]!;
  return [
    ruleOver(axes, value, stroke),
    ...label(axes, { text, x: left, y, role: stroke.role, weight: 600, halo: true }),
  ];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Whether a stepped line runs through a box, px. */
function isCrossed(axes: Axes, rows: readonly Row[], { left, right, top, bottom }: Box): boolean {
  return rows.some((row, i) => {
    const next = rows[i + 1] ?? row;
    const [from, to] = [axes.xPx(Number(row.t)), axes.xPx(Number(next.t))];
    if (to < left || from > right) return false;
    const [here, there] = [axes.yPx(Number(row.v)), axes.yPx(Number(next.v))];
    const jumps = to <= right && Math.max(here, there) >= top && Math.min(here, there) <= bottom;
    return jumps || (here >= top && here <= bottom);
  });
}
