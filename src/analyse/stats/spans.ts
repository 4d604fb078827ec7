import type { Steps } from './steps.js';

/** Stretches of time, ascending and apart from each other: `from[i]` to `to[i]`. */
export interface Spans {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** When a count was at or above a level; the last one ends at `end` if it is never left. */
export function spansAtLeast({ t, v }: Steps, level: number, end: number): Spans {
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < v.length; i++) {
    const above = v[i]! >= level;
    if (above && from.length === to.length) from.push(t[i]!);
    if (!above && from.length > to.length) to.push(t[i]!);
  }
  if (from.length > to.length) to.push(Math.max(end, from.at(-1)!));
  return { from: Float64Array.from(from), to: Float64Array.from(to) };
}

/** The stretches up to an instant, the one that holds then cut short. */
export function spansUntil({ from, to }: Spans, end: number): Spans {
  const n = from.filter((at) => at <= end).length;
  return { from: from.subarray(0, n), to: to.slice(0, n).map((at) => Math.min(at, end)) };
}

/** Whether some stretch touches the time between `from` and `to`, both included. */
export function touches(spans: Spans, from: number, to: number): boolean {
  let low = 0;
  let high = spans.from.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans.to[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low < spans.from.length && spans.from[low]! <= to;
}

/** Time per count during which `holds` is true of the other count; counts as keys, in the unit of `t`. */
export function timeAtEach(a: Steps, b: Steps, holds: (b: number) => boolean): Map<number, number> {
  const times = new Map<number, number>();
  let i = 0;
  let j = 0;
  let last = Number.NaN;
  while (i < a.t.length || j < b.t.length) {
    const at = Math.min(a.t[i] ?? Number.POSITIVE_INFINITY, b.t[j] ?? Number.POSITIVE_INFINITY);
    const value = a.v[i - 1] ?? 0;
    if (!Number.isNaN(last) && holds(b.v[j - 1] ?? 0)) times.set(value, (times.get(value) ?? 0) + at - last);
    if (a.t[i] === at) i++;
    if (b.t[j] === at) j++;
    last = at;
  }
  return times;
}

/** The part of the steps between two times. */
export function between({ t, v }: Steps, from: number, to: number): Steps {
  const first = t.findLastIndex((time) => time <= from);
  const times: number[] = [];
  const values: number[] = [];
  for (let i = Math.max(first, 0); i < t.length && t[i]! <= to; i++) {
    times.push(Math.max(t[i]!, from));
    values.push(v[i]!);
  }
  times.push(to);
  values.push(0);
  return { t: Float64Array.from(times), v: Int32Array.from(values) };
}
