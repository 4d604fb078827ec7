import type { Message } from '../../model/message.js';
import type { Figure } from '../../model/report.js';
import type { Lanes, RunAnalysis } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import type { Speak } from '../../words/words.js';
import type { Chart, Plot } from './chart.js';
import { originOf, seconds, spanOf } from './data.js';
import { barLayers } from './lanes/bars.js';
import { labelMargin, laneLabels } from './lanes/labels.js';
import { type LaneRows, laneRows } from './lanes/rows.js';
import type { Panel } from './panels.js';
import { drawStack, plotWidth } from './stack.js';
import { lengthScale } from './ticks.js';
import { belowOf } from './timeline.js';

/** A lane with a name, the least and the most that all lanes take together, px. */
const ROOMY = 15;
const LEAST = 44;
const MOST = 360;

/**
 * A bar per request on the lane of the worker that served it.
 *
 *     a new worker each   a pool of three    one that has many at once
 *     ▬▬▬                 ▬▬▬▬▬ ▬▬▬▬ ▬▬▬     ▬▬▬▬▬
 *       ▬▬▬               ▬▬▬▬ ▬▬▬▬▬ ▬▬▬      ▬▬▬▬▬▬
 *         ▬▬▬             ▬▬▬▬▬▬ ▬▬▬▬▬▬        ▬▬▬▬▬
 */
export const lanes = {
  id: 'lanes',
  plot(run, speak): Plot | undefined {
    if (!run.lanes) return undefined;
    const rows = laneRows(run.lanes, originOf(run));
    const span = spanOf(run);
    const height = Math.round(Math.min(MOST, Math.max(LEAST, rows.rows * ROOMY)));
    return {
      title: titleOf(run, run.lanes),
      caption: say('chart.lanes.caption', {
        drawn: run.lanes.lanes.length,
        workers: run.lanes.workers,
        several: severalAtOnce(rows),
      }),
      summary: summaryOf(run, run.lanes),
      table: tableOf(run.lanes, originOf(run), speak),
      interactive: true,
      draw(frame) {
        const left = labelMargin(rows, height, frame);
        const x = lengthScale(span[0], span[1], plotWidth(frame, left));
        const panel: Panel = {
          height,
          y: { domain: [rows.rows, 0], ticks: [], decimals: 0 },
          ownAxis: true,
          keys: [
            { text: speak(say('chart.key.workers', { workers: run.lanes!.workers })), bold: true, role: 'in-service' },
          ],
          layers: (axes) => [...barLayers(axes, rows, speak), ...laneLabels(axes, rows, left)],
        };
        return drawStack(frame, { x, panels: [panel], below: belowOf(run, speak) }, left);
      },
    };
  },
} as const satisfies Chart;

const severalAtOnce = ({ lanes: drawn }: LaneRows) => drawn.some(({ rows }) => rows > 1);

function titleOf({ findings: { reuse } }: RunAnalysis, { workers }: Lanes): Message {
  return say('chart.lanes.title', {
    pattern: reuse.pattern,
    unit: reuse.unit,
    workers: reuse.workers ?? workers,
    min: reuse.requestsPerWorker?.min,
    max: reuse.requestsPerWorker?.max,
    recycledAfter: reuse.recycledAfter,
  });
}

function summaryOf(run: RunAnalysis, told: Lanes): Message {
  const served = told.lanes.map(({ spans }) => spans.length / 2);
  return say('chart.lanes.summary', {
    workers: told.workers,
    drawn: told.lanes.length,
    requests: served.reduce((a, b) => a + b, 0),
    least: served.reduce((a, b) => Math.min(a, b), served[0] ?? 0),
    most: served.reduce((a, b) => Math.max(a, b), 0),
    // An event loop's unit is what it serves in, not what has a lane.
    unit: run.findings.reuse.pattern === 'event-loop' ? undefined : run.findings.reuse.unit,
  });
}

function tableOf({ lanes: list }: Lanes, origin: number, speak: Speak): Figure['table'] {
  const unit = speak(say('chart.unit.seconds', {}));
  return {
    columns: [
      { title: speak(say('chart.column.worker', {})), numeric: false },
      { title: speak(say('chart.column.from', {})), unit, numeric: true },
      { title: speak(say('chart.column.until', {})), unit, numeric: true },
    ],
    rows: list.flatMap(({ label, spans }) =>
      Array.from({ length: spans.length / 2 }, (_, i) => [
        label,
        seconds(spans[2 * i]! - origin),
        seconds(spans[2 * i + 1]! - origin),
      ]),
    ),
  };
}
