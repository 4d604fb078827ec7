import type { RunAnalysis, Series } from '../../../model/run-analysis.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { countTip, highest, originOf, seriesOf, spanOf, stepRows } from '../data.js';
import { type Axes, type Layer, label, readout, ruleOver, type Stroke, stepArea, stepLine } from '../marks.js';
import type { Panel } from '../panels.js';
import { PANEL_PX } from '../stack.js';
import { countScale } from '../ticks.js';

const IN_FLIGHT = { role: 'arrivals', width: 1.5 } as const;

/** Requests in service with their limit; where no log tells them, what the client has in flight. */
export function inServicePanel(run: RunAnalysis, speak: Speak): Panel | undefined {
  const inService = seriesOf(run, 'in-service');
  const series = inService ?? seriesOf(run, 'in-flight');
  if (!series) return undefined;
  const { value, bound } = run.findings.maxConcurrency;
  const limit = value === undefined || bound === 'unknown' ? undefined : value;
  const max = highest(series.v);
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
      ...countLayers(axes, run, series, inService !== undefined),
      ...readout(axes, stepRows(series, originOf(run), spanOf(run)[1]), countTip(speak, series.id)),
      ...(limit === undefined
        ? []
        : limitLayers(axes, limit, speak(say('chart.limit', { bound, n: limit })), {
            role: 'in-service',
            width: 1.2,
            dash: bound === 'exact' ? [6, 3] : [2, 3],
          })),
    ],
  };
}

function countLayers(axes: Axes, run: RunAnalysis, series: Series, served: boolean): readonly Layer[] {
  const rows = stepRows(series, originOf(run), spanOf(run)[1]);
  return served
    ? stepArea(axes, rows, { fill: 'in-service-fill', line: 'in-service' })
    : [stepLine(axes, rows, IN_FLIGHT)];
}

/** A labelled line at a count; the axis leaves room for the label above it. */
export function limitLayers(axes: Axes, value: number, text: string, stroke: Stroke): readonly Layer[] {
  return [
    ruleOver(axes, value, stroke),
    ...label(axes, {
      text,
      x: axes.width,
      y: axes.yPx(value) - 5,
      align: 'right',
      role: stroke.role,
      weight: 600,
      halo: true,
    }),
  ];
}
