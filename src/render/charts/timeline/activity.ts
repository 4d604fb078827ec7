import type { RunAnalysis } from '../../../model/run-analysis.js';
import { OUTCOMES, type Outcome } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { countTip, highest, originOf, seconds, spanOf, spanTip } from '../data.js';
import { dots } from '../dots.js';
import { type Axes, boxes, type Layer, type Row, stepLine } from '../marks.js';
import type { Panel } from '../panels.js';
import { CROSS } from '../shapes.js';
import { PANEL_PX } from '../stack.js';
import { countScale } from '../ticks.js';
import { readout, withTip } from '../tips.js';

/** Bins this wide have room for a mark each, px. */
const MARK_ROOM = 5;

const SENT = { role: 'arrivals', width: 1.3 } as const;
const ANSWERED = { fill: 'succeeded-fill', line: 'succeeded', width: 0.8 } as const;
const FAILED = { fill: 'turned-away-fill', line: 'turned-away', width: 0.8 } as const;
const GIVEN_UP = { fill: 'paper', line: 'not-connected', width: 0.8 } as const;
const FAILED_MARK = { ...CROSS, role: 'turned-away', width: 1.6 } as const;

type Counts = readonly number[];

/** Requests by the bin in which they were sent, and in which they ended. */
interface Bins {
  readonly binMs: number;
  readonly sent: Counts;
  readonly answered: Counts;
  readonly failed: Counts;
  readonly abandoned: Counts;
  /** The begin of a bin, s; no bin begins before the axis or ends behind it. */
  begins(bin: number): number;
  ends(bin: number): number;
}

/** What the client sent, and how it ended: answered below, failed above it, marked. */
export function activityPanel(run: RunAnalysis, speak: Speak): Panel | undefined {
  const bins = binsOf(run);
  if (!bins) return undefined;
  const { sent, answered, failed, abandoned } = bins;
  const tops = sent.map((n, bin) => Math.max(n, answered[bin]! + failed[bin]! + abandoned[bin]!));
  return {
    height: PANEL_PX,
    y: countScale(highest(tops), { tight: true }),
    keys: keysOf(bins, speak),
    layers: (axes) => layersOf(bins, axes, speak),
  };
}

function binsOf(run: RunAnalysis): Bins | undefined {
  const { activity } = run;
  if (!activity) return undefined;
  const { binMs, sent, ended } = activity;
  const origin = originOf(run);
  const end = spanOf(run)[1];
  const time = (bin: number) => seconds(bin * binMs - origin);
  const sum = (names: readonly Outcome[]) =>
    sent.map((_, bin) => names.reduce((n, name) => n + (ended[name]?.[bin] ?? 0), 0));
  return {
    binMs,
    sent,
    answered: sum(['succeeded']),
    failed: sum(OUTCOMES.filter((name) => name !== 'succeeded' && name !== 'abandoned')),
    abandoned: sum(['abandoned']),
    begins: (bin) => Math.max(0, time(bin)),
    ends: (bin) => Math.min(end, time(bin + 1)),
  };
}

const total = (counts: Counts): number => counts.reduce((a, b) => a + b, 0);

function keysOf({ binMs, answered, failed, abandoned }: Bins, speak: Speak): Panel['keys'] {
  const [n, lost, left] = [total(answered), total(failed), total(abandoned)];
  const keys = [
    { text: speak(say('chart.key.sent', { binMs })), bold: true, sample: { line: SENT } },
    { text: speak(say('chart.key.succeeded', { n })), sample: { fill: ANSWERED } },
  ];
  const failures = { role: 'turned-away-text', sample: { fill: FAILED } } as const;
  const givenUp = { role: 'soft', sample: { fill: GIVEN_UP } } as const;
  return [
    ...keys,
    ...(lost > 0 ? [{ text: speak(say('chart.key.failed', { n: lost })), ...failures }] : []),
    ...(left > 0 ? [{ text: speak(say('chart.key.abandoned', { n: left })), ...givenUp }] : []),
  ];
}

/** A box for each bin that holds some, upon those of the series below. */
function stacked({ begins, ends }: Bins, counts: Counts, ...below: readonly Counts[]): Row[] {
  return counts.flatMap((n, bin) => {
    const low = below.reduce((sum, list) => sum + list[bin]!, 0);
    return n === 0 ? [] : [{ t: begins(bin), u: ends(bin), low, high: low + n, n }];
  });
}

function layersOf(bins: Bins, axes: Axes, speak: Speak): Layer[] {
  const { sent, answered, failed, abandoned, begins, ends } = bins;
  const wide = axes.xPx(seconds(bins.binMs)) - axes.xPx(0) >= MARK_ROOM;
  const tipped = (layer: Layer, series: string) =>
    withTip(axes, layer, spanTip(speak, [['n', speak(say('chart.series', { series, binMs: undefined })), ',d']]));
  const failures = stacked(bins, failed, answered);
  const middles = failures.map(({ t, u, high }) => ({ t: (Number(t) + Number(u)) / 2, v: high! }));
  const steps = [...sent.map((v, bin) => ({ t: begins(bin), v })), { t: ends(sent.length - 1), v: 0 }];
  return [
    ...readout(axes, stepLine(axes, steps, SENT), countTip(speak, 'sent')),
    tipped(boxes(axes, stacked(bins, answered), ANSWERED), 'succeeded'),
    tipped(boxes(axes, failures, FAILED), 'failed'),
    tipped(boxes(axes, stacked(bins, abandoned, answered, failed), GIVEN_UP), 'abandoned'),
    ...(wide ? [dots(axes, middles, FAILED_MARK)] : []),
    stepLine(axes, steps, SENT),
  ];
}
