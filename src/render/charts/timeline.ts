import type { Message } from '../../model/message.js';
import type { RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import type { Speak } from '../../words/words.js';
import type { Chart, Plot } from './chart.js';
import { originOf, peakOf, seriesOf, spanOf, utc } from './data.js';
import type { Panel } from './panels.js';
import { drawStack, leftMargin, plotWidth } from './stack.js';
import { lengthScale } from './ticks.js';
import { activityPanel } from './timeline/activity.js';
import { connectionsPanel } from './timeline/connections.js';
import { inServicePanel } from './timeline/in-service.js';
import { marksPanel, withMarks } from './timeline/marks.js';
import { timelineReadout } from './timeline/readout.js';
import { timelineTable } from './timeline/table.js';
import { waitingPanel } from './timeline/waiting.js';

/**
 * One stack on a shared time axis: what came and what became of it, who is in service, who waits where, who is connected.
 *
 *     saturated ├───────────┤
 *     sent      ▄▄▄▄▄▄▄▄▄▄▄▄▄▄
 *     service      ┌──────────────┐   the limit: a plateau
 *               ┌──┘              └──
 *     waiting        ▖▌▌█████▌▌▖
 */
export const timeline = {
  id: 'timeline',
  plot(run, speak): Plot | undefined {
    if (run.series.length === 0) return undefined;
    const panels = panelsOf(run, speak);
    const span = spanOf(run);
    const left = leftMargin(panels.map(({ y }) => y));
    return {
      title: titleOf(run),
      caption: say('chart.timeline.caption', {}),
      summary: summaryOf(run, span),
      table: timelineTable(run, speak),
      interactive: true,
      readout: timelineReadout(run, speak),
      draw(frame) {
        const width = plotWidth(frame, left);
        const x = lengthScale(span[0], span[1], width);
        return drawStack(
          frame,
          { x, panels: [...marksPanel(run, x, width, speak), ...panels], below: belowOf(run, speak) },
          left,
        );
      },
    };
  },
} as const satisfies Chart;

function panelsOf(run: RunAnalysis, speak: Speak): readonly Panel[] {
  return [activityPanel, inServicePanel, waitingPanel, connectionsPanel]
    .flatMap((panel) => panel(run, speak) ?? [])
    .map((panel) => withMarks(panel, run));
}

/** The axis' unit, and once the clock. */
export function belowOf(run: RunAnalysis, speak: Speak): readonly string[] {
  const unit = speak(say('chart.axis.seconds', {}));
  return run.from === undefined
    ? [unit]
    : [unit, speak(say('chart.axis.zero', { utc: utc(run.from + originOf(run)) }))];
}

function titleOf({ findings: { maxConcurrency, backlog, overload } }: RunAnalysis): Message {
  return say('chart.timeline.title', {
    bound: maxConcurrency.bound,
    max: maxConcurrency.value,
    waiting: backlog.value,
    where: backlog.where,
    outcome: overload.outcome,
    turnedAway: overload.requests,
  });
}

function summaryOf(run: RunAnalysis, [from, to]: readonly [number, number]): Message {
  const origin = originOf(run);
  const part = (id: Parameters<typeof seriesOf>[1], name: (max: number) => Message) => {
    const series = seriesOf(run, id);
    const peak = series && peakOf(series, origin);
    return peak && peak.value > 0 ? [say('chart.timeline.part', { series: name(peak.value), at: peak.at })] : [];
  };
  const { sent, failed = 0 } = run.requests;
  return say('chart.timeline.summary', {
    durationS: to - Math.max(0, from),
    parts: [
      ...(sent === undefined ? [] : [say('chart.timeline.sent', { sent, failed })]),
      ...part('in-service', (max) => say('chart.key.inService', { max })),
      ...part('waiting-kernel', (max) => say('chart.key.waitingKernel', { max })),
      ...part('waiting-server', (max) => say('chart.key.waitingServer', { max })),
      ...part('established', (max) => say('chart.key.established', { max })),
      ...part('not-connected', (max) => say('chart.key.notConnected', { max })),
    ],
  });
}
