import type { Lanes } from '../../../model/run-analysis.js';
import { seconds } from '../data.js';

/** A request on its lane. Rows count from the top; a lane has several where one worker served several requests at once. */
export interface Bar {
  readonly t: number;
  readonly u: number;
  readonly row: number;
  readonly lane: number;
}

/** A worker's lane: its first row and how many it has. */
export interface Lane {
  readonly label: string;
  /** Among all workers, from 1. */
  readonly number: number;
  readonly first: number;
  readonly rows: number;
}

export interface LaneRows {
  readonly bars: readonly Bar[];
  readonly lanes: readonly Lane[];
  readonly rows: number;
}

/** Requests in rows. */
export function laneRows({ workers, lanes }: Lanes, origin: number): LaneRows {
  const drawn: Lane[] = [];
  const bars: Bar[] = [];
  const step = lanes.length > 1 ? (workers - 1) / (lanes.length - 1) : 1;
  let next = 0;
  for (const [lane, { label, spans }] of lanes.entries()) {
    const { rows, placed } = pack(spans);
    drawn.push({ label, number: Math.round(lane * step) + 1, first: next, rows });
    for (const { begin, end, row } of placed) {
      bars.push({ t: seconds(begin - origin), u: seconds(end - origin), row: next + row, lane });
    }
    next += rows;
  }
  return { bars, lanes: drawn, rows: next };
}

/** Requests that overlap stand in rows of their own; the first row that is free takes each. */
function pack(spans: readonly number[]) {
  const free: number[] = [];
  const placed: { begin: number; end: number; row: number }[] = [];
  for (let i = 0; i + 1 < spans.length; i += 2) {
    const [begin, end] = [spans[i]!, spans[i + 1]!];
    let row = free.findIndex((until) => until <= begin);
    if (row < 0) row = free.push(end) - 1;
    free[row] = end;
    placed.push({ begin, end, row });
  }
  return { rows: Math.max(1, free.length), placed };
}
