import type { LatencySummary, RequestCounts } from '../model/run-analysis.js';
import { type ClientSamples, type FailureKind, OUTCOME_CODE, OUTCOMES } from '../model/samples.js';
import { END_KIND, type ServedRequests, type Timeline } from '../model/timeline.js';
import { sortNumbers } from './stats/order.js';
import { nearestRank, quantileInterval } from './stats/quantile.js';

/** Counts requests, each once: the client's by outcome, the server's by begin and end. */
export function countRequests({ samples, served, endsOnly }: Timeline): RequestCounts {
  return {
    ...(samples ? clientCounts(samples) : {}),
    ...(served ? { started: served.count, finished: finished(served) } : {}),
    ...(endsOnly ? { finished: endsOnly.count } : {}),
  };
}

function clientCounts({ count, outcome }: ClientSamples): RequestCounts {
  const byCode = new Array<number>(OUTCOMES.length).fill(0);
  for (const code of outcome) byCode[code]!++;
  const failuresByKind: Partial<Record<FailureKind, number>> = {};
  for (const [code, name] of OUTCOMES.entries()) {
    if (name !== 'succeeded' && name !== 'abandoned' && byCode[code]! > 0) failuresByKind[name] = byCode[code]!;
  }
  const succeeded = byCode[OUTCOME_CODE.succeeded]!;
  const abandoned = byCode[OUTCOME_CODE.abandoned]!;
  return { sent: count, succeeded, failed: count - succeeded - abandoned, abandoned, failuresByKind };
}

/** Requests whose end the server's log shows, by whatever line. */
function finished({ endKind, endLine }: ServedRequests): number {
  let n = 0;
  for (const [i, kind] of endKind.entries()) if (kind === END_KIND.logged || endLine[i]! > 0) n++;
  return n;
}

/** Elapsed of the succeeded requests; `undefined` if none has one. */
export function summariseLatency(samples: ClientSamples | undefined): LatencySummary | undefined {
  if (!samples) return undefined;
  const { elapsed, outcome } = samples;
  const times = new Float32Array(samples.count);
  let n = 0;
  for (let i = 0; i < samples.count; i++) {
    if (outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(elapsed[i]!)) times[n++] = elapsed[i]!;
  }
  const sorted = sortNumbers(times.subarray(0, n));
  if (sorted.length === 0) return undefined;
  const quantiles = { p50: 0.5, p90: 0.9, p95: 0.95, p99: 0.99 } as const;
  const ci: Partial<Record<keyof typeof quantiles, readonly [number, number]>> = {};
  for (const [name, p] of Object.entries(quantiles)) {
    const interval = quantileInterval(sorted, p);
    if (interval) ci[name as keyof typeof quantiles] = interval;
  }
  return {
    count: sorted.length,
    min: sorted[0]!,
    p50: nearestRank(sorted, quantiles.p50),
    p90: nearestRank(sorted, quantiles.p90),
    p95: nearestRank(sorted, quantiles.p95),
    p99: nearestRank(sorted, quantiles.p99),
    max: sorted.at(-1)!,
    mean: sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length,
    ci,
  };
}
