import type { Mark, RunAnalysis } from '../../../model/run-analysis.js';
import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { originOf, seconds } from '../data.js';
import { bandOver, label, position, ruleAt, type Stroke } from '../marks.js';
import type { Panel } from '../panels.js';
import { placeFlags } from '../place.js';
import { fitText, textWidth } from '../text-width.js';
import { type Role, TEXT_PX } from '../theme.js';
import type { Scale } from '../ticks.js';

const ROW = 16;

const STROKES: Readonly<Record<Mark['id'], Stroke & { readonly text: Role }>> = {
  saturated: { role: 'axis', width: 1, text: 'soft' },
  'overload-onset': { role: 'turned-away', width: 1.4, dash: [5, 3], text: 'turned-away-text' },
  'server-died': { role: 'ink', width: 1.6, text: 'ink' },
  'log-ends': { role: 'soft', width: 1, dash: [2, 2], text: 'soft' },
};

/** The names of the marks above the stack, each at its rule. */
export function marksPanel(run: RunAnalysis, x: Scale, width: number, speak: Speak): readonly Panel[] {
  if (run.marks.length === 0) return [];
  const origin = originOf(run);
  const xPx = position(x, width);
  const names = [...run.marks]
    .sort((a, b) => a.at - b.at)
    .map((mark) => {
      const from = seconds(mark.at - origin);
      const until = mark.until === undefined ? undefined : seconds(mark.until - origin);
      const outcome = mark.id === 'overload-onset' ? run.findings.overload.outcome : undefined;
      const text = fitText(speak(say('chart.mark', { mark: mark.id, at: from, until, outcome })), width - 8, TEXT_PX);
      return { mark, from, text, x: xPx(from) };
    });
  const places = placeFlags(
    names.map((name) => ({ x: name.x, width: textWidth(name.text, TEXT_PX) })),
    width,
  );
  const rows = places.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const panel: Panel = {
    height: rows * ROW + 5,
    keys: [],
    layers: (axes) =>
      names.flatMap(({ mark, from, text, x: px }, i) => {
        const { left, row } = places[i]!;
        const { text: role, ...stroke } = STROKES[mark.id];
        const y = (row + 1) * ROW - 5;
        return [ruleAt(axes, from, stroke, y + 3), ...label(axes, { text, x: { at: from, dx: left - px }, y, role })];
      }),
  };
  return [panel];
}

/** Draws the marks through a panel: spans behind its data, instants over it. */
export function withMarks(panel: Panel, run: RunAnalysis): Panel {
  const origin = originOf(run);
  const at = (ms: number) => seconds(ms - origin);
  return {
    ...panel,
    layers: (axes) => [
      ...run.marks.flatMap(({ at: from, until }) =>
        until === undefined ? [] : [bandOver(axes, at(from), at(until), 'band')],
      ),
      ...run.marks
        .filter(({ id }) => id === 'saturated')
        .map(({ at: from }) => ruleAt(axes, at(from), STROKES.saturated)),
      ...panel.layers(axes),
      ...run.marks
        .filter(({ id }) => id !== 'saturated')
        .map(({ id, at: from }) => ruleAt(axes, at(from), STROKES[id])),
    ],
  };
}
