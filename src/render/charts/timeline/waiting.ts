import type { RunAnalysis, Series } from '../../../model/run-analysis.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { countTip, highest, originOf, pointRows, seriesOf, spanOf, stepRows } from '../data.js';
import { thin } from '../dots.js';
import type { Key } from '../keys.js';
import { type Axes, columns, type Layer, polyline, type Row, stepLine } from '../marks.js';
import type { Panel } from '../panels.js';
import { PANEL_PX } from '../stack.js';
import { countScale } from '../ticks.js';
import { readout, withTip } from '../tips.js';
import { limitLayers, limitStroke } from './in-service.js';

/** Columns fill so much of the time between two snapshots, and are so wide at least and at most, px. */
const FILLED = 0.6;
const NARROWEST = 2;
const WIDEST = 8;

export const KERNEL = { fill: 'waiting-kernel', line: 'waiting-kernel-line', width: 0.8 } as const;
export const SERVER = { fill: 'waiting-server', line: 'waiting-server-line', width: 0.8 } as const;
export const ANYWHERE = { role: 'waiting-kernel-line', width: 1.2 } as const;

/** Who waits at each snapshot: in the kernel below, inside the server on top of it. */
export interface Waiting {
  readonly kernel: readonly Row[];
  readonly server: readonly Row[];
  /** The highest sum. */
  readonly max: number;
}

export function waitingAt(run: RunAnalysis): Waiting | undefined {
  const origin = originOf(run);
  const rows = (id: 'waiting-kernel' | 'waiting-server') => {
    const series = seriesOf(run, id);
    return series ? pointRows(series, origin, spanOf(run)) : [];
  };
  const kernel = rows('waiting-kernel').map(({ t, v }) => ({ t: t!, low: 0, high: v!, n: v! }));
  const base = new Map(kernel.map(({ t, high }) => [t, Number(high)]));
  const server = rows('waiting-server').map(({ t, v }) => {
    const low = base.get(t!) ?? 0;
    return { t: t!, low, high: low + Number(v), n: v! };
  });
  if (kernel.length + server.length === 0) return undefined;
  return { kernel, server, max: highest([...kernel, ...server].map(({ high }) => Number(high))) };
}

/** Waiting by place: what snapshots saw as columns, what events tell as a line. */
export function waitingPanel(run: RunAnalysis, speak: Speak): Panel | undefined {
  const seen = waitingAt(run);
  const steps = seriesOf(run, 'waiting');
  if (!seen && !steps) return undefined;
  const { value = 0, bound } = run.findings.backlog;
  const stepsOf = (series: Series) => stepRows(series, originOf(run), spanOf(run)[1]);
  const shown = value > 0 && bound !== 'unknown';
  return {
    height: PANEL_PX,
    y: countScale(Math.max(seen?.max ?? 0, steps ? highest(steps.v) : 0, shown ? value : 0)),
    keys: keysOf(run, speak),
    layers: (axes) => {
      return [
        ...(steps ? readout(axes, stepLine(axes, stepsOf(steps), ANYWHERE), countTip(speak, 'waiting')) : []),
        ...(seen ? lookLayers(axes, seen, speak) : []),
        ...(steps ? [stepLine(axes, stepsOf(steps), ANYWHERE)] : []),
        ...(shown
          ? limitLayers(
              axes,
              value,
              speak(say('chart.backlog', { bound, n: value })),
              limitStroke('waiting-kernel-line', bound),
              steps ? stepsOf(steps) : [],
            )
          : []),
      ];
    },
  };
}

/** A column for each snapshot; where they stand too close for that, the highest of some pixels without a gap. */
export function lookLayers(axes: Axes, { kernel, server }: Waiting, speak: Speak): readonly Layer[] {
  const width = columnWidth(kernel.length > 0 ? kernel : server, axes.xPx);
  const occupied = (rows: readonly Row[]) => rows.filter(({ low, high }) => high !== low);
  if (width >= NARROWEST || axes.clip) {
    const wide = Math.max(width, 1);
    return [
      withTip(axes, columns(axes, occupied(kernel), wide, KERNEL), countTip(speak, 'waiting-kernel', 'n')),
      withTip(axes, columns(axes, occupied(server), wide, SERVER), countTip(speak, 'waiting-server', 'n')),
    ];
  }
  const dense = (rows: readonly Row[]) =>
    thin(
      axes,
      rows.map((row) => ({ ...row, v: row.high! })),
      2 * NARROWEST,
    );
  return [
    columns(axes, occupied(dense(kernel)), 2 * NARROWEST, { fill: KERNEL.fill }),
    columns(axes, occupied(dense(server)), 2 * NARROWEST, { fill: SERVER.fill }),
    polyline(axes, dense(kernel), { role: KERNEL.line, width: 1 }),
    polyline(axes, dense(server), { role: SERVER.line, width: 1 }),
  ];
}

/** The typical time between snapshots decides how wide columns are, px. */
function columnWidth(rows: readonly Row[], xPx: (t: number) => number): number {
  const gaps = rows.slice(1).map(({ t }, i) => xPx(Number(t)) - xPx(Number(rows[i]!.t)));
  const gap = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? WIDEST;
  return Math.round(Math.min(WIDEST, gap * FILLED) * 2) / 2;
}

function keysOf(run: RunAnalysis, speak: Speak): readonly Key[] {
  const of = (id: 'waiting-kernel' | 'waiting-server' | 'waiting') => {
    const series = seriesOf(run, id);
    return series ? highest(series.v) : undefined;
  };
  const [kernel, server, anywhere] = [of('waiting-kernel'), of('waiting-server'), of('waiting')];
  return [
    { text: speak(say('chart.key.waiting', {})), bold: true, role: 'waiting-kernel-line' },
    ...(kernel === undefined
      ? []
      : [{ text: speak(say('chart.key.waitingKernel', { max: kernel })), sample: { fill: KERNEL } }]),
    ...(server === undefined
      ? []
      : [{ text: speak(say('chart.key.waitingServer', { max: server })), sample: { fill: SERVER } }]),
    ...(anywhere === undefined
      ? []
      : [{ text: speak(say('chart.key.waitingAnywhere', { max: anywhere })), sample: { line: ANYWHERE } }]),
  ];
}
