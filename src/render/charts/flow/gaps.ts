import { say } from '../../../words/ids.js';
import type { Speak } from '../../../words/words.js';
import { highest } from '../data.js';
import { type Axes, type Layer, label, linePx } from '../marks.js';
import { textWidth } from '../text-width.js';
import { TEXT_PX } from '../theme.js';
import { type Flow, reachedAt } from './counts.js';

/** Gaps smaller than this can't be pointed at, px. */
const VISIBLE = 14;
const ROOM = 6;
/** Counts at which the gap along may be shown, as parts of all: the middle first. */
const LEVELS = [0.5, 0.35, 0.65, 0.25, 0.75, 0.15, 0.85];
const STROKE = { role: 'ink', width: 1.2 } as const;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const apart = (a: Box, b: Box) =>
  a.right + ROOM <= b.left || b.right + ROOM <= a.left || a.bottom <= b.top || b.bottom <= a.top;

/** The gap upwards at its widest (how many), and one along (how long), each with its value. */
export function gapLabels(axes: Axes, flow: Flow, speak: Speak): readonly Layer[] {
  const up = upwards(axes, flow, speak);
  return [...(up?.layers ?? []), ...along(axes, flow, speak, up)];
}

interface Made {
  readonly layers: readonly Layer[];
  readonly label: Box;
  readonly line: Box;
}

const boxOf = (text: string, left: number, baseline: number): Box => ({
  left,
  right: left + textWidth(text, TEXT_PX, 600),
  top: baseline - TEXT_PX,
  bottom: baseline + 4,
});

function upwards(axes: Axes, { gap, upper, lower }: Flow, speak: Speak): Made | undefined {
  const [top, bottom] = [axes.yPx(gap.high), axes.yPx(gap.low)];
  if (bottom - top < VISIBLE) return undefined;
  const x = axes.xPx(gap.at);
  const text = speak(say('chart.flow.gap', { gap: gap.value, upper, lower }));
  const width = textWidth(text, TEXT_PX, 600);
  const left = x + ROOM + width <= axes.width ? x + ROOM : Math.max(0, x - ROOM - width);
  const baseline = (top + bottom) / 2 + 4;
  return {
    layers: [
      linePx([x, top], [x, bottom], STROKE),
      ...label(axes, { text, x: left, y: baseline, weight: 600, halo: true }),
    ],
    label: boxOf(text, left, baseline),
    line: { left: x, right: x, top, bottom },
  };
}

function along(axes: Axes, flow: Flow, speak: Speak, up: Made | undefined): readonly Layer[] {
  const { upper, lower, sent, kept, begun, ended } = flow;
  // Where some were turned away, the nth that was sent is not the nth that began.
  if (kept) return [];
  const [high, low] = [upper === 'sent' ? sent : begun, lower === 'begun' ? begun : ended];
  if (!high || !low) return [];
  for (const level of LEVELS) {
    const count = Math.max(1, Math.round(level * highest(low.v)));
    const [from, to] = [reachedAt(high, count), reachedAt(low, count)];
    if (from === undefined || to === undefined) continue;
    const [left, right, y] = [axes.xPx(from), axes.xPx(to), axes.yPx(count)];
    if (right - left < VISIBLE) continue;
    const text = speak(say('chart.flow.wait', { waitS: to - from, upper, lower, n: count }));
    const width = textWidth(text, TEXT_PX, 600);
    const start = Math.max(0, Math.min((left + right - width) / 2, axes.width - width));
    const box = boxOf(text, start, y - 5);
    const line = { left, right, top: y, bottom: y };
    if (box.top < 0 || (up && !(apart(box, up.label) && apart(box, up.line) && apart(line, up.label)))) continue;
    return [
      linePx([left, y], [right, y], STROKE),
      ...label(axes, { text, x: start, y: y - 5, weight: 600, halo: true }),
    ];
  }
  return [];
}
