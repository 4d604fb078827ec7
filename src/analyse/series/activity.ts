import type { Activity } from '../../model/run-analysis.js';
import { type ClientSamples, OUTCOMES, type Outcome } from '../../model/samples.js';

/** Bins drawn at most: each keeps some pixels. */
const MAX_BINS = 120;

/** Requests sent and ended in equal bins of time: the load, and what came of it when. */
export function activityOf(samples: ClientSamples | undefined, from: number): Activity | undefined {
  if (!samples || samples.count === 0) return undefined;
  const { start, elapsed, outcome } = samples;
  let last = 0;
  for (let i = 0; i < samples.count; i++) {
    const end = start[i]! + (elapsed[i]! || 0) - from;
    if (end > last) last = end;
  }
  const binMs = binWidth(last);
  const bins = Math.floor(last / binMs) + 1;
  const sent = new Array<number>(bins).fill(0);
  const ended: Partial<Record<Outcome, number[]>> = {};
  const add = (counts: number[], time: number) => {
    if (!Number.isNaN(time)) counts[Math.max(0, Math.min(bins - 1, Math.floor((time - from) / binMs)))]!++;
  };
  for (let i = 0; i < samples.count; i++) {
    add(sent, start[i]!);
    const name = OUTCOMES[outcome[i]!]!;
    ended[name] ??= new Array<number>(bins).fill(0);
    add(ended[name], start[i]! + elapsed[i]!);
  }
  return { binMs, sent, ended };
}

/** The narrowest width that makes no more than `MAX_BINS`: 1, 2 or 5 times a power of ten up to seconds, then parts of minutes and hours. */
function binWidth(lengthMs: number): number {
  const least = lengthMs / (MAX_BINS - 1);
  const clock = [10, 15, 30, 60, 120, 300, 600, 1800, 3600].map((s) => s * 1000);
  for (let power = 0.001; power < 10_000; power *= 10) {
    const width = [1, 2, 5].map((n) => Number((n * power).toPrecision(1))).find((n) => n >= least);
    if (width !== undefined) return width;
  }
  return clock.find((n) => n >= least) ?? Math.ceil(least / 3_600_000) * 3_600_000;
}
