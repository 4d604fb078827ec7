import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import { nearestRank } from '../../stats/quantile.js';
import { countOpen, peak, type Steps, valueAt } from '../../stats/steps.js';

/** Successes needed before the client's samples say anything of a limit. */
const ENOUGH_SUCCESSES = 20;
/** Waiting shows where the slower requests take so many times as long as the quick ones. */
const SLOWED_BY = 1.5;
/** Rounds in which the time in service is found from requests that did not wait. */
const ROUNDS = 4;

/** How many requests were in service, seen from the client alone. */
export interface ClientEstimate {
  readonly kind: 'limited' | 'unlimited';
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Time in service of a request that did not wait, ms. */
  readonly serviceMs: number;
}

/**
 * Little's law, request by request: who waited was in service only for the last part of its time, as long as a request takes
 * that did not wait.
 *
 *     sent |·········waiting·········|── service ──| answered        service ≈ elapsed of those that did not wait
 *
 * Counting these last parts gives the number in service; the plateau of that count is the limit. It errs where times in service
 * differ much, and the interval says so.
 */
export function estimateFromClient(samples: ClientSamples): ClientEstimate | undefined {
  const served = successes(samples);
  if (served.length < ENOUGH_SUCCESSES) return undefined;
  const start = served.map((i) => samples.start[i]!);
  const elapsed = Float64Array.from(served, (i) => samples.elapsed[i]!);
  const answered = start.map((from, k) => from + elapsed[k]!);
  const inFlight = countOpen(
    samples.start,
    samples.start.map((from, i) => from + samples.elapsed[i]!),
  );
  const top = peak(inFlight).value;
  const sorted = elapsed.slice().sort();
  const slowed = nearestRank(sorted, 0.9) > SLOWED_BY * nearestRank(sorted, 0.1);
  const failed = samples.outcome.some((code) => code !== OUTCOME_CODE.succeeded && code !== OUTCOME_CODE.abandoned);
  if (!slowed && !failed) {
    const successful = peak(countOpen(Float64Array.from(start), Float64Array.from(answered))).value;
    return { kind: 'unlimited', value: successful, low: 1, high: top, serviceMs: nearestRank(sorted, 0.5) };
  }
  return limited(Float64Array.from(start), elapsed, inFlight, top);
}

function successes({ count, outcome, start, elapsed }: ClientSamples): number[] {
  const list: number[] = [];
  for (let i = 0; i < count; i++) {
    if (outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(start[i]! + elapsed[i]!)) list.push(i);
  }
  return list;
}

function limited(start: Float64Array, elapsed: Float64Array, inFlight: Steps, top: number): ClientEstimate {
  let guess = top;
  let spread = unhindered(start, elapsed, inFlight, guess);
  for (let round = 0; round < ROUNDS; round++) {
    spread = unhindered(start, elapsed, inFlight, guess);
    guess = Math.max(1, plateau(start, elapsed, spread.median, inFlight).value);
  }
  const best = plateau(start, elapsed, spread.median, inFlight);
  // Who was sent first may have waited for the client's own start: the quickest of all bounds the time in service from below.
  const quickest = elapsed.reduce((least, ms) => Math.min(least, ms), Number.POSITIVE_INFINITY);
  const short = plateau(start, elapsed, Math.min(spread.low, quickest), inFlight);
  const long = plateau(start, elapsed, spread.high, inFlight);
  return {
    kind: 'limited',
    value: Math.max(1, best.value),
    low: Math.max(1, Math.min(short.low, best.low)),
    high: Math.min(top, Math.max(long.high, best.high)),
    serviceMs: spread.median,
  };
}

/** Elapsed of the requests that were sent while few others were in flight; at least the quickest twentieth. */
function unhindered(start: Float64Array, elapsed: Float64Array, inFlight: Steps, guess: number) {
  const quick: number[] = [];
  for (let i = 0; i < start.length; i++) {
    if (valueAt(inFlight, start[i]!) <= Math.max(1, guess / 2)) quick.push(elapsed[i]!);
  }
  const sorted = elapsed.slice().sort();
  const few = Math.max(1, Math.ceil(sorted.length / 20));
  const times = quick.length >= Math.min(5, few) ? Float64Array.from(quick).sort() : sorted.slice(0, few);
  return { low: nearestRank(times, 0.1), median: nearestRank(times, 0.5), high: nearestRank(times, 0.9) };
}

/** The count in service that held longest while more were in flight, with the counts that hold around it. */
function plateau(start: Float64Array, elapsed: Float64Array, serviceMs: number, inFlight: Steps) {
  const end = start.map((from, i) => from + elapsed[i]!);
  const begin = end.map((to, i) => Math.max(start[i]!, to - serviceMs));
  const service = countOpen(begin, end);
  const weights: { value: number; ms: number }[] = [];
  let total = 0;
  for (let i = 0; i + 1 < service.t.length; i++) {
    const value = service.v[i]!;
    if (value === 0 || valueAt(inFlight, service.t[i]!) <= value) continue;
    const ms = service.t[i + 1]! - service.t[i]!;
    weights.push({ value, ms });
    total += ms;
  }
  weights.sort((a, b) => a.value - b.value);
  const quantile = (p: number): number => {
    let sum = 0;
    for (const { value, ms } of weights) {
      sum += ms;
      if (sum >= p * total) return value;
    }
    return weights.at(-1)?.value ?? peak(service).value;
  };
  return { value: quantile(0.5), low: quantile(0.05), high: quantile(0.95) };
}
