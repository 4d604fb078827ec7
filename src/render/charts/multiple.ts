import type { Figure } from '../../model/report.js';
import type { RunAnalysis, SeriesId } from '../../model/run-analysis.js';
import { say } from '../../words/ids.js';
import type { Speak } from '../../words/words.js';
import type { Drawing, Frame, Plot } from './chart.js';
import { highest, originOf, seriesOf, spanOf, stepRows, tableRows } from './data.js';
import { KEY_ROW, type Key, keyLayers, keyRows } from './keys.js';
import { stepArea, stepLine } from './marks.js';
import { drawPanels, type Panel, type Placed } from './panels.js';
import { leftMargin, RIGHT } from './stack.js';
import { NARROW_PX } from './theme.js';
import { countScale, lengthScale } from './ticks.js';
import { ANYWHERE, KERNEL, lookLayers, SERVER, waitingAt } from './timeline/waiting.js';

const HEIGHT = 62;
const TOP = 6;
const COLUMN_GAP = 14;
const AXIS = 26;

/** The scales that all runs share: time, and a count for each column. */
export interface Scales {
  readonly from: number;
  readonly to: number;
  readonly service: number;
  readonly waiting: number;
  readonly away: number;
}

export function commonScales(runs: readonly RunAnalysis[]): Scales {
  const spans = runs.filter(({ series }) => series.length > 0).map(spanOf);
  const most = (...ids: readonly SeriesId[]) =>
    highest(runs.flatMap((run) => ids.map((id) => highest(seriesOf(run, id)?.v ?? []))));
  return {
    from: Math.min(0, ...spans.map(([from]) => from)),
    to: Math.max(...spans.map(([, to]) => to), 0.001),
    service: highest(runs.map((run) => highest(serviceOf(run)?.v ?? []))),
    waiting: Math.max(highest(runs.map((run) => waitingAt(run)?.max ?? 0)), most('waiting')),
    away: most('turned-away'),
  };
}

const serviceOf = (run: RunAnalysis) => seriesOf(run, 'in-service') ?? seriesOf(run, 'in-flight');

/** A run among others, in one row: in service, waiting by place, turned away. */
export function multiple(run: RunAnalysis, scales: Scales, speak: Speak): Plot {
  const panels = [servicePanel, waitingPanel, awayPanel].map((panel) => panel(run, scales, speak));
  const waiting = waitingAt(run)?.max ?? seriesOf(run, 'waiting')?.v.reduce((a, b) => Math.max(a, b), 0);
  const inService = seriesOf(run, 'in-service');
  return {
    title: say('chart.multiple.title', { run: run.title }),
    caption: say('chart.multiple.caption', {}),
    summary: say('chart.multiple.summary', {
      inService: inService && highest(inService.v),
      waiting,
      turnedAway: run.requests.failed,
    }),
    table: tableOf(run, speak),
    interactive: false,
    draw: (frame) => draw(frame, panels, scales, speak),
  };
}

/** Side by side, or above one another on a phone. */
function draw(frame: Frame, panels: readonly Panel[], { from, to }: Scales, speak: Speak): Drawing {
  const left = leftMargin(panels.map(({ y }) => y));
  const narrow = frame.width <= NARROW_PX;
  const column = narrow
    ? frame.width - RIGHT
    : (frame.width - RIGHT - (panels.length - 1) * COLUMN_GAP) / panels.length;
  const width = Math.floor(column - left);
  const rows = panels.map(({ keys }) => keyRows(keys, column));
  const head = Math.max(...rows) * KEY_ROW + TOP;
  let bottom = 0;
  const placed = panels.map((panel, i): Placed => {
    const top = narrow ? bottom + TOP + rows[i]! * KEY_ROW : head;
    bottom = top + HEIGHT + TOP;
    return {
      panel,
      left: left + (narrow ? 0 : Math.round(i * (column + COLUMN_GAP))),
      top,
      labelled: !narrow || i === panels.length - 1,
      around: (axes) => keyLayers(axes, panel.keys, -left, column),
    };
  });
  const x = lengthScale(from, to, width, ` ${speak(say('chart.unit.seconds', {}))}`);
  return drawPanels(frame, x, width, placed.at(-1)!.top + HEIGHT + AXIS, placed);
}

const unknown = (what: string, speak: Speak): readonly Key[] => [
  { text: speak(say('chart.key.unknown', { what })), role: 'soft' },
];

function servicePanel(run: RunAnalysis, { service }: Scales, speak: Speak): Panel {
  const series = serviceOf(run);
  const n = highest(series?.v ?? []);
  const fill = { fill: 'in-service-fill', line: 'in-service' } as const;
  const line = { role: 'arrivals', width: 1.5 } as const;
  const served = series?.id === 'in-service';
  const text = speak(say('chart.key.short', { what: served ? 'in-service' : 'in-flight', n }));
  return {
    height: HEIGHT,
    y: countScale(service, { tight: true, ticks: 2 }),
    keys: series ? [{ text, bold: true, sample: served ? { fill } : { line } }] : unknown('in-service', speak),
    layers: (axes) => {
      if (!series) return [];
      const rows = stepRows(series, originOf(run), spanOf(run)[1]);
      return served ? stepArea(axes, rows, fill) : [stepLine(axes, rows, line)];
    },
  };
}

function waitingPanel(run: RunAnalysis, { waiting }: Scales, speak: Speak): Panel {
  const seen = waitingAt(run);
  const steps = seen ? undefined : seriesOf(run, 'waiting');
  const none: readonly Key[] = [{ text: speak(say('chart.key.short', { what: 'waiting-anywhere', n: 0 })) }];
  const key = (what: SeriesId, sample: NonNullable<Key['sample']>): readonly Key[] => {
    const series = seriesOf(run, what);
    return series && highest(series.v) > 0
      ? [{ text: speak(say('chart.key.short', { what, n: highest(series.v) })), sample }]
      : [];
  };
  const keys = seen
    ? [...key('waiting-kernel', { fill: KERNEL }), ...key('waiting-server', { fill: SERVER })]
    : key('waiting', { line: ANYWHERE });
  return {
    height: HEIGHT,
    y: countScale(waiting, { tight: true, ticks: 2 }),
    keys: keys.length > 0 ? keys : seen || steps ? none : unknown('waiting-anywhere', speak),
    layers: (axes) => [
      ...(seen ? lookLayers(axes, seen, speak) : []),
      ...(steps ? [stepLine(axes, stepRows(steps, originOf(run), spanOf(run)[1]), ANYWHERE)] : []),
    ],
  };
}

function awayPanel(run: RunAnalysis, { away }: Scales, speak: Speak): Panel {
  const series = seriesOf(run, 'turned-away');
  const { failed } = run.requests;
  const fill = { fill: 'turned-away-fill', line: 'turned-away' } as const;
  return {
    height: HEIGHT,
    y: countScale(away, { tight: true, ticks: 2 }),
    keys:
      failed === undefined
        ? unknown('turned-away', speak)
        : [
            {
              text: speak(say('chart.key.short', { what: 'turned-away', n: failed })),
              role: 'turned-away-text',
              sample: { fill },
            },
          ],
    layers: (axes) => (series ? stepArea(axes, stepRows(series, originOf(run), spanOf(run)[1]), fill) : []),
  };
}

function tableOf(run: RunAnalysis, speak: Speak): Figure['table'] {
  const origin = originOf(run);
  const service = serviceOf(run)?.id;
  const drawn = [service, 'waiting-kernel', 'waiting-server', 'waiting', 'turned-away'];
  return {
    columns: [
      { title: speak(say('chart.column.series', {})), numeric: false },
      { title: speak(say('chart.column.seconds', {})), unit: speak(say('chart.unit.seconds', {})), numeric: true },
      { title: speak(say('chart.column.count', {})), numeric: true },
    ],
    rows: run.series
      .filter(({ id }) => drawn.includes(id))
      .flatMap((series) => {
        const name = speak(say('chart.series', { series: series.id, binMs: undefined }));
        return tableRows(series, origin).map((row) => [name, ...row] as const);
      }),
  };
}
