import { type Steps, valueAt } from './steps.js';

/** The highest count within a time. */
export function mostBetween(steps: Steps, from: number, to: number): number {
  let most = valueAt(steps, from);
  let low = 0;
  let high = steps.t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps.t[middle]! <= from) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < steps.t.length && steps.t[i]! <= to; i++) most = Math.max(most, steps.v[i]!);
  return most;
}
