import type { Frame } from '../chart.js';
import { type Axes, type Layer, label } from '../marks.js';
import { fitText, textWidth } from '../text-width.js';
import { TEXT_PX } from '../theme.js';
import { tickText } from '../ticks.js';
import type { LaneRows } from './rows.js';

/** Lanes this high have room for their worker's name, px. */
const NAMED = 14;
/** Numbers beside lower lanes keep so far apart, px. */
const NUMBERS_APART = 26;
/** The most of the drawing's width that names may take. */
const NAMES_PART = 0.27;
const ROOM = 8;

/** Whether every lane has its name; else some have their number. */
const named = ({ lanes, rows }: LaneRows, height: number) =>
  lanes.every((lane) => (lane.rows * height) / rows >= NAMED || lanes.length === 1);

/** Room for the names or numbers of the lanes, px. */
export function labelMargin(rows: LaneRows, height: number, frame: Frame): number {
  const texts = named(rows, height) ? rows.lanes.map((lane) => lane.label) : [tickText(rows.lanes.at(-1)!.number, 0)];
  const widest = texts.reduce((most, text) => Math.max(most, textWidth(text, TEXT_PX)), 20);
  return Math.ceil(Math.min(widest, frame.width * NAMES_PART)) + ROOM;
}

/** Names, or the numbers of the first, the last and some between. */
export function laneLabels(axes: Axes, rows: LaneRows, left: number): readonly Layer[] {
  const all = named(rows, axes.height);
  const middle = (lane: number) => axes.yPx(rows.lanes[lane]!.first + rows.lanes[lane]!.rows / 2) + TEXT_PX * 0.36;
  const shown = all ? rows.lanes.map((_, i) => i) : someLanes(rows, middle);
  return shown.flatMap((lane) =>
    label(axes, {
      text: all ? fitText(rows.lanes[lane]!.label, left - ROOM, TEXT_PX) : tickText(rows.lanes[lane]!.number, 0),
      x: -ROOM + 2,
      y: middle(lane),
      align: 'right',
      role: 'soft',
    }),
  );
}

/** Lanes at even distances with the first and the last: their numbers keep apart from each other. */
function someLanes(rows: LaneRows, middle: (lane: number) => number): readonly number[] {
  const last = rows.lanes.length - 1;
  const parts = Math.max(1, Math.floor((middle(last) - middle(0)) / NUMBERS_APART));
  const taken = Array.from({ length: parts + 1 }, (_, i) => Math.round((i * last) / parts));
  return taken.filter((lane, i) => lane !== taken[i - 1]);
}
