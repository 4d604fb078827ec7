import type { Distribution, ResponseTimes } from '../../model/run-analysis.js';
import { type ClientSamples, OUTCOME_CODE, OUTCOMES } from '../../model/samples.js';
import { ascending } from '../stats/order.js';

/** Points drawn at most. */
const MAX_POINTS = 3000;
const BINS = 40;

/** Response times by send time; of many, each stretch of time keeps its quickest and its slowest. */
export function responsesOf(samples: ClientSamples | undefined, from: number): ResponseTimes | undefined {
  if (!samples || samples.count === 0) return undefined;
  const { start, elapsed, outcome } = samples;
  const places = ascending(start);
  let n = 0;
  for (let k = 0; k < places.length; k++) if (!Number.isNaN(elapsed[places[k]!]!)) places[n++] = places[k]!;
  const order = places.subarray(0, n);
  if (order.length === 0) return undefined;
  const kept = order.length <= MAX_POINTS ? Array.from(order) : thin(order, elapsed);
  return {
    sentAt: kept.map((i) => start[i]! - from),
    elapsed: kept.map((i) => elapsed[i]!),
    outcome: kept.map((i) => OUTCOMES[outcome[i]!]!),
    of: order.length,
  };
}

function thin(order: Uint32Array, elapsed: Float32Array): number[] {
  const kept: number[] = [];
  const size = Math.ceil((2 * order.length) / MAX_POINTS);
  for (let from = 0; from < order.length; from += size) {
    const bin = order.subarray(from, from + size);
    let low = bin[0]!;
    let high = bin[0]!;
    for (const i of bin) {
      if (elapsed[i]! < elapsed[low]!) low = i;
      if (elapsed[i]! > elapsed[high]!) high = i;
    }
    kept.push(...(low === high ? [low] : [low, high]));
  }
  return kept;
}

/** Elapsed of the succeeded requests in equal bins from 0 to the longest. */
export function distributionOf(samples: ClientSamples | undefined): Distribution | undefined {
  if (!samples) return undefined;
  const { elapsed, outcome } = samples;
  let max = 0;
  let n = 0;
  for (let i = 0; i < samples.count; i++) {
    if (outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(elapsed[i]!)) continue;
    n++;
    max = Math.max(max, elapsed[i]!);
  }
  if (n === 0) return undefined;
  const width = niceWidth(max / BINS);
  const bins = Math.floor(max / width) + 1;
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < samples.count; i++) {
    if (outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(elapsed[i]!)) continue;
    counts[Math.min(bins - 1, Math.floor(Math.max(0, elapsed[i]!) / width))]!++;
  }
  return { edges: Array.from({ length: bins + 1 }, (_, i) => i * width), counts };
}

/** The next of 1, 2, 5 times a power of ten. */
function niceWidth(least: number): number {
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((n) => n * power).find((width) => width >= least) ?? 10 * power;
}
