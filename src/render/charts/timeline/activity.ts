import type { RunAnalysis } from '../../../model/run-analysis.js';
import { OUTCOMES, type Outcome } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { countTip, highest, originOf, seconds, spanOf, spanTip } from '../data.js';
import { dots } from '../dots.js';
import { boxes, type Layer, type Row, stepLine } from '../marks.js';
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

/** What the client sent, and how it ended: answered below, failed above it, marked. */
export function activityPanel(run: RunAnalysis, speak: Speak): Panel | undefined {
  const { activity } = run;
  if (!activity) return undefined;
  const { binMs, sent } = activity;
  const origin = originOf(run);
  const end = spanOf(run)[1];
  const time = (bin: number) => seconds(bin * binMs - origin);
  const sum = (names: readonly Outcome[]) =>
    sent.map((_, bin) => names.reduce((n, name) => n + (activity.ended[name]?.[bin] ?? 0), 0));
  const answered = sum(['succeeded']);
  const failed = sum(OUTCOMES.filter((name) => name !== 'succeeded' && name !== 'abandoned'));
  const abandoned = sum(['abandoned']);
  const tops = sent.map((n, bin) => Math.max(n, answered[bin]! + failed[bin]! + abandoned[bin]!));
  const stack = (counts: readonly number[], ...below: readonly (readonly number[])[]): Row[] =>
    counts.flatMap((n, bin) => {
      const low = below.reduce((total, list) => total + list[bin]!, 0);
      return n === 0 ? [] : [{ t: Math.max(0, time(bin)), u: Math.min(end, time(bin + 1)), low, high: low + n, n }];
    });
  const total = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
  return {
    height: PANEL_PX,
    y: countScale(highest(tops), { tight: true }),
    keys: [
      { text: speak(say('chart.key.sent', { binMs })), bold: true, sample: { line: SENT } },
      { text: speak(say('chart.key.succeeded', { n: total(answered) })), sample: { fill: ANSWERED } },
      ...(total(failed) > 0
        ? [
            {
              text: speak(say('chart.key.failed', { n: total(failed) })),
              role: 'turned-away-text',
              sample: { fill: FAILED },
            } as const,
          ]
        : []),
      ...(total(abandoned) > 0
        ? [
            {
              text: speak(say('chart.key.abandoned', { n: total(abandoned) })),
              role: 'soft',
              sample: { fill: GIVEN_UP },
            } as const,
          ]
        : []),
    ],
    layers: (axes) => {
      const wide = axes.xPx(time(1)) - axes.xPx(time(0)) >= MARK_ROOM;
      const tipped = (layer: Layer, series: string) =>
        withTip(axes, layer, spanTip(speak, [['n', speak(say('chart.series', { series, binMs: undefined })), ',d']]));
      const failures = stack(failed, answered);
      const steps = [
        ...sent.map((v, bin) => ({ t: Math.max(0, time(bin)), v })),
        { t: Math.min(end, time(sent.length)), v: 0 },
      ];
      return [
        ...readout(axes, stepLine(axes, steps, SENT), countTip(speak, 'sent')),
        tipped(boxes(axes, stack(answered), ANSWERED), 'succeeded'),
        tipped(boxes(axes, failures, FAILED), 'failed'),
        tipped(boxes(axes, stack(abandoned, answered, failed), GIVEN_UP), 'abandoned'),
        ...(wide
          ? [
              dots(
                axes,
                failures.map(({ t, u, high }) => ({ t: (Number(t) + Number(u)) / 2, v: high! })),
                FAILED_MARK,
              ),
            ]
          : []),
        stepLine(axes, steps, SENT),
      ];
    },
  };
}
