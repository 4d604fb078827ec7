import type { Figure } from '../../model/report.js';
import type { Distribution, LatencySummary } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import type { Speak } from '../../words/words.js';
import type { Chart, Plot } from './chart.js';
import { highest } from './data.js';
import { type Axes, boxes, type Layer, label, linePx, position, ruleAt } from './marks.js';
import type { Panel } from './panels.js';
import { placeFlags } from './place.js';
import { timeUnit } from './response-times.js';
import { drawStack, leftMargin, plotWidth } from './stack.js';
import { fitText, textWidth } from './text-width.js';
import { TEXT_PX } from './theme.js';
import { countScale, lengthScale, type Scale } from './ticks.js';

const HEIGHT = 150;
const ROW = 16;
const NAMES = ['p50', 'p95', 'p99'] as const;
const BARS = { fill: 'succeeded-fill', line: 'succeeded', width: 0.9 } as const;
const INTERVAL = { role: 'soft', width: 4 } as const;
const INTERVAL_TOP = 5;
const INTERVAL_APART = 8;
const RULE = { role: 'ink', width: 1.2 } as const;

/** How long the succeeded requests took: bins, and the quantiles with their intervals. */
export const distribution = {
  id: 'distribution',
  plot({ distribution: bins, latency }, speak): Plot | undefined {
    if (!bins || !latency || bins.counts.length === 0) return undefined;
    const { unit, of } = timeUnit(bins.edges.at(-1)!);
    const y = countScale(highest(bins.counts), { ticks: 4 });
    const left = leftMargin([y]);
    const { p50, p95, p99, count, min, max, mean } = latency;
    return {
      title: say('chart.distribution.title', { p50, p95, p99 }),
      caption: say('chart.distribution.caption', { intervals: NAMES.some((name) => latency.ci[name] !== undefined) }),
      summary: say('chart.distribution.summary', { count, min, max, mean }),
      table: tableOf(bins, speak),
      interactive: false,
      draw(frame) {
        const width = plotWidth(frame, left);
        const x = lengthScale(0, of(bins.edges.at(-1)!), width);
        const panel: Panel = {
          height: HEIGHT,
          y,
          keys: [
            {
              text: speak(say('chart.key.requestsPerBin', { binMs: bins.edges[1]! })),
              bold: true,
              sample: { fill: BARS },
            },
          ],
          layers: (axes) => [
            boxes(axes, rowsOf(bins, of), BARS),
            ...NAMES.map((name) => ruleAt(axes, of(latency[name]), RULE)),
            ...intervals(axes, latency, of),
          ],
        };
        const below = [speak(say('chart.axis.responseTime', { unit }))];
        return drawStack(frame, { x, panels: [namesPanel(latency, x, width, of, speak), panel], below }, left);
      },
    };
  },
} as const satisfies Chart;

const rowsOf = ({ edges, counts }: Distribution, of: (ms: number) => number) =>
  counts.flatMap((n, i) => (n === 0 ? [] : [{ t: of(edges[i]!), u: of(edges[i + 1]!), low: 0, high: n }]));

/** A bar for each interval above the bins, each at its own height. */
const intervals = (axes: Axes, { ci }: LatencySummary, of: (ms: number) => number): readonly Layer[] =>
  NAMES.flatMap((name, i) => {
    const [low, high] = ci[name] ?? [];
    if (low === undefined || high === undefined) return [];
    const y = INTERVAL_TOP + i * INTERVAL_APART;
    return [linePx([axes.xPx(of(low)), y], [axes.xPx(of(high)), y], INTERVAL)];
  });

/** The quantiles' names above the plot, each at its rule, in rows where they would touch. */
function namesPanel(latency: LatencySummary, x: Scale, width: number, of: (ms: number) => number, speak: Speak): Panel {
  const xPx = position(x, width);
  const names = NAMES.map((name) => {
    const ms = latency[name];
    const [low, high] = latency.ci[name] ?? [];
    const text = fitText(speak(say('chart.distribution.quantile', { name, ms, low, high })), width - 8, TEXT_PX);
    return { text, at: of(ms) };
  });
  const places = placeFlags(
    names.map(({ text, at }) => ({ x: xPx(at), width: textWidth(text, TEXT_PX) })),
    width,
  );
  const rows = Math.max(...places.map(({ row }) => row)) + 1;
  return {
    height: rows * ROW + 5,
    keys: [],
    layers: (axes) =>
      names.flatMap(({ text, at }, i) => {
        const { left, row } = places[i]!;
        const y = (row + 1) * ROW - 5;
        return [ruleAt(axes, at, RULE, y + 3), ...label(axes, { text, x: left, y })];
      }),
  };
}

function tableOf({ edges, counts }: Distribution, speak: Speak): Figure['table'] {
  const unit = speak(say('chart.unit.milliseconds', {}));
  return {
    columns: [
      { title: speak(say('chart.column.from', {})), unit, numeric: true },
      { title: speak(say('chart.column.until', {})), unit, numeric: true },
      { title: speak(say('chart.column.requests', {})), numeric: true },
    ],
    rows: counts.map((n, i) => [edges[i]!, edges[i + 1]!, n]),
  };
}
