import type { Steps } from '../stats/steps.js';

/** Steps kept of one series; a chart has fewer pixels. */
const MAX_STEPS = 800;

/**
 * Thins out steps for drawing: time is cut into bins, of each the first, highest, lowest and last value stay. Every maximum
 * is kept at its own time.
 */
export function reduceSteps({ t, v }: Steps, from: number): { t: number[]; v: number[] } {
  if (t.length <= MAX_STEPS) return { t: Array.from(t, (x) => x - from), v: Array.from(v) };
  const bins = MAX_STEPS / 4;
  const width = (t.at(-1)! - t[0]!) / bins || 1;
  const keep = new Set<number>();
  for (let i = 0; i < t.length; ) {
    const bin = Math.floor((t[i]! - t[0]!) / width);
    let high = i;
    let low = i;
    let last = i;
    keep.add(i);
    for (; i < t.length && Math.floor((t[i]! - t[0]!) / width) === bin; i++) {
      if (v[i]! > v[high]!) high = i;
      if (v[i]! < v[low]!) low = i;
      last = i;
    }
    for (const k of [high, low, last]) keep.add(k);
  }
  const kept = [...keep].sort((a, b) => a - b);
  return { t: kept.map((i) => t[i]! - from), v: kept.map((i) => v[i]!) };
}
