import type { Frame } from '../chart.js';
import { type Axes, type Layer, label } from '../marks.js';
import { fitText, textWidth } from '../text-width.js';
import { TEXT_PX } from '../theme.js';
import { niceStep, tickText } from '../ticks.js';
import type { LaneRows } from './rows.js';

/** Lanes this high have room for their worker's name, px. */
const NAMED = 14;
/** Numbers beside lower lanes keep so far apart, px. */
const NUMBERS_APART = 26;
/** Numbers nearer than this would touch, px. */
const TOUCHING = 16;
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

/** Names, or some numbers. */
export function laneLabels(axes: Axes, rows: LaneRows, left: number): readonly Layer[] {
  const middle = (lane: number) => axes.yPx(rows.lanes[lane]!.first + rows.lanes[lane]!.rows / 2) + TEXT_PX * 0.36;
  const shown = named(rows, axes.height)
    ? rows.lanes.map((lane) => fitText(lane.label, left - ROOM, TEXT_PX))
    : someNumbers(rows, middle);
  return shown.flatMap((text, lane) =>
    text === undefined ? [] : label(axes, { text, x: -ROOM + 2, y: middle(lane), align: 'right', role: 'soft' }),
  );
}

/** By lane: the numbers of the first and the last, and round numbers between them where there is room. */
function someNumbers({ lanes }: LaneRows, middle: (lane: number) => number): readonly (string | undefined)[] {
  const [first, last] = [0, lanes.length - 1];
  const taken = new Map([first, last].map((lane) => [lane, lanes[lane]!.number]));
  const perPx = (lanes[last]!.number - 1) / Math.max(1, middle(last) - middle(first));
  const step = niceStep(Math.max(1, NUMBERS_APART * perPx));
  let lane = 0;
  for (let number = step; number < lanes[last]!.number; number += step) {
    while (lane < last && lanes[lane]!.number < number) lane++;
    const y = middle(lane);
    if ([...taken.keys()].every((other) => Math.abs(middle(other) - y) >= TOUCHING)) taken.set(lane, number);
  }
  return lanes.map((_, i) => (taken.has(i) ? tickText(taken.get(i)!, 0) : undefined));
}
