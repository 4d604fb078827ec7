import type { Message } from '../../model/message.js';
import type { Figure } from '../../model/report.js';
import type { ResponseTimes, RunAnalysis } from '../../model/run-analysis.js';
import { OUTCOMES, type Outcome } from '../../model/samples.js';
import { say } from '../../words/ids.js';
import type { Speak } from '../../words/words.js';
import type { Chart, Plot } from './chart.js';
import { highest, originOf, seconds, spanOf } from './data.js';
import { type Dots, dots } from './dots.js';
import type { Key } from './keys.js';
import type { Axes, Row } from './marks.js';
import type { Panel } from './panels.js';
import { BIG_DISC, OUTCOME_DOTS } from './shapes.js';
import { drawStack, leftMargin, plotWidth } from './stack.js';
import { lengthScale, quantityScale } from './ticks.js';
import { belowOf } from './timeline.js';

const HEIGHT = 230;
/** Shorter times are shown in milliseconds. */
const SECONDS_FROM_MS = 1000;

/** So many points have room to be larger. */
const FEW = 300;

const lookOf = (outcome: Outcome, few: boolean): Dots =>
  outcome === 'succeeded' && few ? { ...OUTCOME_DOTS.succeeded, ...BIG_DISC } : OUTCOME_DOTS[outcome];

/** Points of one shape on the same pixel are one to see. */
function apart(axes: Axes, rows: readonly Row[]): readonly Row[] {
  const taken = new Map(
    rows.map((row) => [`${Math.round(axes.xPx(Number(row.t)))} ${Math.round(axes.yPx(Number(row.v)))}`, row]),
  );
  return [...taken.values()];
}

/** The unit that fits times up to `max` ms, and a time in it. */
export function timeUnit(max: number): { readonly unit: 's' | 'ms'; of(ms: number): number } {
  return max >= SECONDS_FROM_MS ? { unit: 's', of: seconds } : { unit: 'ms', of: (ms) => Math.round(ms * 1000) / 1000 };
}

/** Response time of each request by send time, a shape and a colour to each outcome. */
export const responseTimes = {
  id: 'response-times',
  plot(run, speak): Plot | undefined {
    const { responses } = run;
    if (!responses || responses.elapsed.length === 0) return undefined;
    const span = spanOf(run);
    const { unit, of } = timeUnit(highest(responses.elapsed));
    const y = quantityScale(of(highest(responses.elapsed)));
    const left = leftMargin([y]);
    const points = pointsOf(responses, originOf(run), of);
    const few = responses.elapsed.length <= FEW;
    const panel: Panel = {
      height: HEIGHT,
      y,
      keys: [{ text: speak(say('chart.key.responseTime', { unit })), bold: true }, ...keysOf(run, points, speak)],
      // The normal case first: what failed lies over it.
      layers: (axes) =>
        OUTCOMES.flatMap((outcome) => dots(axes, apart(axes, points.get(outcome) ?? []), lookOf(outcome, few))),
    };
    return {
      title: say('chart.responses.title', {
        p50: run.latency?.p50,
        max: run.latency?.max,
        failed: run.requests.failed ?? 0,
      }),
      caption: say('chart.responses.caption', { drawn: responses.elapsed.length, of: responses.of }),
      summary: summaryOf(run, points),
      table: tableOf(responses, originOf(run), speak),
      interactive: false,
      draw(frame) {
        const x = lengthScale(span[0], span[1], plotWidth(frame, left));
        return drawStack(frame, { x, panels: [panel], below: belowOf(run, speak) }, left);
      },
    };
  },
} as const satisfies Chart;

function pointsOf(
  { sentAt, elapsed, outcome }: ResponseTimes,
  origin: number,
  of: (ms: number) => number,
): ReadonlyMap<Outcome, readonly Row[]> {
  const points = new Map<Outcome, Row[]>();
  for (const [i, at] of sentAt.entries()) {
    const list = points.get(outcome[i]!) ?? [];
    points.set(outcome[i]!, list);
    list.push({ t: seconds(at - origin), v: of(elapsed[i]!) });
  }
  return points;
}

/** How many of the run's requests ended so; all of them, not those drawn. */
function countOf({ requests }: RunAnalysis, outcome: Outcome): number {
  if (outcome === 'succeeded') return requests.succeeded ?? 0;
  return (outcome === 'abandoned' ? requests.abandoned : requests.failuresByKind?.[outcome]) ?? 0;
}

const outcomeName = (run: RunAnalysis, outcome: Outcome): Message =>
  say('chart.key.outcome', { outcome, n: countOf(run, outcome) });

const keysOf = (run: RunAnalysis, points: ReadonlyMap<Outcome, unknown>, speak: Speak): readonly Key[] =>
  OUTCOMES.filter((outcome) => points.has(outcome)).map((outcome) => ({
    text: speak(outcomeName(run, outcome)),
    sample: { dots: OUTCOME_DOTS[outcome] },
  }));

const summaryOf = (run: RunAnalysis, points: ReadonlyMap<Outcome, unknown>): Message =>
  say('chart.responses.summary', {
    p50: run.latency?.p50,
    max: run.latency?.max,
    counts: OUTCOMES.filter((outcome) => points.has(outcome)).map((outcome) => outcomeName(run, outcome)),
  });

function tableOf({ sentAt, elapsed, outcome }: ResponseTimes, origin: number, speak: Speak): Figure['table'] {
  return {
    columns: [
      { title: speak(say('chart.column.seconds', {})), unit: speak(say('chart.unit.seconds', {})), numeric: true },
      {
        title: speak(say('chart.column.responseTime', {})),
        unit: speak(say('chart.unit.milliseconds', {})),
        numeric: true,
      },
      { title: speak(say('chart.column.outcome', {})), numeric: false },
    ],
    rows: sentAt.map((at, i) => [
      seconds(at - origin),
      Math.round(elapsed[i]! * 1000) / 1000,
      speak(say('chart.series', { series: outcome[i]!, binMs: undefined })),
    ]),
  };
}
