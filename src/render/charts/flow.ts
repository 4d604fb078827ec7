import type { Message } from '../../model/message.js';
import type { Figure } from '../../model/report.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import type { Speak } from '../../words/words.js';
import type { Chart, Plot } from './chart.js';
import { highest, originOf, spanOf, tableRows } from './data.js';
import { type Counts, type Flow, flowOf, thinCounts } from './flow/counts.js';
import { gapLabels } from './flow/gaps.js';
import type { Key } from './keys.js';
import { type Axes, type Layer, type Row, type Stroke, stepArea, stepLine } from './marks.js';
import type { Panel } from './panels.js';
import { drawStack, leftMargin, plotWidth } from './stack.js';
import type { Role } from './theme.js';
import { countScale, lengthScale } from './ticks.js';
import { belowOf } from './timeline.js';

const HEIGHT = 230;
/** Steps closer than this are drawn as one, px. */
const STEP_PX = 3;

const SENT: Stroke = { role: 'arrivals', width: 1.6 };
const BEGUN: Stroke = { role: 'in-service', width: 1.6 };
const ENDED: Stroke = { role: 'succeeded', width: 1.6, dash: [6, 2] };
const AWAY: Stroke = { role: 'turned-away', width: 1.4, dash: [3, 2] };

/**
 * Requests sent, begun and finished so far.
 *
 *     sent      ┌────      the gap upwards: how many wait
 *            ┌──┘  ┌────   the gap along: how long they wait
 *     begun ┌┘   ┌─┘
 */
export const flow = {
  id: 'flow',
  plot(run, speak): Plot | undefined {
    const told = flowOf(run);
    if (!told) return undefined;
    const span = spanOf(run);
    const top = Math.max(...lines(told).map(({ counts }) => highest(counts.v)));
    const y = countScale(top, { tight: true, ticks: 5 });
    const left = leftMargin([y]);
    const panel: Panel = {
      height: HEIGHT,
      y,
      keys: keysOf(told, speak),
      layers: (axes) => layersOf(axes, told, span[1], speak),
    };
    return {
      title: titleOf(told),
      caption: say('chart.flow.caption', { upper: told.upper, lower: told.lower, turnedAway: told.kept !== undefined }),
      summary: say('chart.flow.summary', {
        upper: told.upper,
        lower: told.lower,
        gap: told.gap.value,
        at: told.gap.at,
        sent: told.sent && highest(told.sent.v),
        begun: told.begun && highest(told.begun.v),
        ended: told.ended && highest(told.ended.v),
      }),
      table: tableOf(run, speak),
      interactive: false,
      draw(frame) {
        const x = lengthScale(span[0], span[1], plotWidth(frame, left));
        return drawStack(frame, { x, panels: [panel], below: belowOf(run, speak) }, left);
      },
    };
  },
} as const satisfies Chart;

const titleOf = ({ gap, upper, lower }: Flow): Message => say('chart.flow.title', { gap: gap.value, upper, lower });

interface Line {
  readonly series: 'arrivals' | 'starts' | 'completions';
  readonly counts: Counts;
  readonly stroke: Stroke;
}

const lines = ({ sent, begun, ended }: Flow): readonly Line[] => [
  ...(sent ? [{ series: 'arrivals', counts: sent, stroke: SENT } as const] : []),
  ...(begun ? [{ series: 'starts', counts: begun, stroke: BEGUN } as const] : []),
  ...(ended ? [{ series: 'completions', counts: ended, stroke: ENDED } as const] : []),
];

function keysOf(told: Flow, speak: Speak): readonly Key[] {
  return [
    ...lines(told).map(({ series, counts, stroke }) => ({
      text: speak(say('chart.key.soFar', { series, n: highest(counts.v) })),
      bold: true,
      sample: { line: stroke },
    })),
    ...(told.kept
      ? [{ text: speak(say('chart.key.kept', {})), role: 'turned-away-text' as const, sample: { line: AWAY } }]
      : []),
  ];
}

/** Each count is filled down to 0 and the next one is drawn over it: what is left to see of a fill is the gap. */
function layersOf(axes: Axes, told: Flow, end: number, speak: Speak): readonly Layer[] {
  const { sent, kept, begun, ended } = told;
  const rows = (counts: Counts | undefined): readonly Row[] => {
    if (!counts) return [];
    const { t, v } = thinCounts(counts, axes.width / STEP_PX);
    return t.map((at, i): Row => ({ t: at, v: v[i]! })).concat({ t: end, v: v.at(-1)! });
  };
  const area = (counts: Counts | undefined, fill: Role, stroke?: Stroke): readonly Layer[] =>
    stepArea(axes, rows(counts), { fill, ...(stroke ? { ...stroke, line: stroke.role } : {}) });
  const waits: Role = begun ? 'waiting-server' : 'band';
  const leave = kept && rows(kept).findIndex(({ t }) => Number(t) >= told.awayFrom!);
  return [
    ...area(sent, kept ? 'turned-away-fill' : waits, kept ? undefined : SENT),
    ...area(kept, waits),
    ...(kept && sent ? [stepLine(axes, rows(kept).slice(leave), AWAY), stepLine(axes, rows(sent), SENT)] : []),
    ...area(begun, 'in-service-fill', BEGUN),
    ...area(ended, 'succeeded-fill', ENDED),
    ...gapLabels(axes, told, speak),
  ];
}

function tableOf(run: RunAnalysis, speak: Speak): Figure['table'] {
  const origin = originOf(run);
  return {
    columns: [
      { title: speak(say('chart.column.series', {})), numeric: false },
      { title: speak(say('chart.column.seconds', {})), unit: speak(say('chart.unit.seconds', {})), numeric: true },
      { title: speak(say('chart.column.count', {})), numeric: true },
    ],
    rows: run.series
      .filter(({ id }) => id === 'arrivals' || id === 'starts' || id === 'completions' || id === 'turned-away')
      .flatMap((series) => {
        const name = speak(say('chart.series', { series: series.id, binMs: undefined }));
        return tableRows(series, origin).map((row) => [name, ...row] as const);
      }),
  };
}
