import type { Cell, Comparison, ComparisonRow, Unlike } from '../model/comparison.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import { say } from '../words/ids.js';
import { nearestRank } from './stats/quantile.js';

/** Loads differ where one is so many times the other. */
const UNLIKE_FACTOR = 1.5;

/** Puts runs side by side. Runs whose load was made otherwise than most are named, for their results do not compare. */
export function compareRuns(runs: readonly RunAnalysis[]): Comparison {
  const typical = {
    pace: median(runs.map(({ load }) => load.perSecond)),
    requests: median(runs.map(({ load }) => load.requests)),
    'service-time': median(runs.map(({ load }) => load.serviceMs)),
    duration: median(runs.map(({ load }) => load.durationMs)),
  };
  return {
    rows: runs.map((run) => rowOf(run, unlike(run, typical))),
    scale: {
      durationMs: Math.max(0, ...runs.map(({ from, to }) => (from === undefined || to === undefined ? 0 : to - from))),
      count: Math.max(
        1,
        ...runs.flatMap(({ series }) => series.filter(isCount).map(({ v }) => v.reduce((a, b) => Math.max(a, b), 0))),
      ),
    },
  };
}

/** Series that share the scale of requests at once; cumulative ones have their own. */
const isCount = ({ id }: RunAnalysis['series'][number]): boolean =>
  id === 'in-service' || id === 'waiting' || id === 'waiting-kernel' || id === 'waiting-server' || id === 'in-flight';

function rowOf(run: RunAnalysis, differs: readonly Unlike[]): ComparisonRow {
  const { maxConcurrency, backlog, reuse, overload } = run.findings;
  const cell = (finding: Pick<Cell, 'bound' | 'confidence'>, text: Cell['text'], sortBy?: number): Cell => ({
    text,
    bound: finding.bound,
    confidence: finding.confidence,
    ...(sortBy === undefined ? {} : { sortBy }),
  });
  const { latency, requests } = run;
  return {
    run: run.id,
    maxConcurrency: cell(
      maxConcurrency,
      say('cell.count', {
        bound: maxConcurrency.bound,
        value: maxConcurrency.value,
        low: maxConcurrency.range?.low,
        high: maxConcurrency.range?.high,
      }),
      maxConcurrency.value,
    ),
    backlog: cell(
      backlog,
      say('cell.backlog', { bound: backlog.bound, value: backlog.value, where: backlog.where }),
      backlog.value,
    ),
    reuse: cell(
      reuse,
      say('cell.reuse', {
        pattern: reuse.pattern,
        workers: reuse.workers,
        unit: reuse.unit,
        recycledAfter: reuse.recycledAfter,
      }),
      reuse.workers,
    ),
    overload: cell(
      overload,
      say('cell.overload', { outcome: overload.outcome, requests: overload.requests }),
      overload.requests,
    ),
    ...(latency ? { p50: latency.p50, p95: latency.p95, p99: latency.p99 } : {}),
    ...(requests.failed === undefined ? {} : { failed: requests.failed }),
    unlike: differs,
  };
}

function unlike({ load }: RunAnalysis, typical: Readonly<Record<Unlike, number | undefined>>): readonly Unlike[] {
  const own: Record<Unlike, number | undefined> = {
    pace: load.perSecond,
    requests: load.requests,
    'service-time': load.serviceMs,
    duration: load.durationMs,
  };
  return (Object.keys(own) as Unlike[]).filter((what) => {
    const a = own[what];
    const b = typical[what];
    return a !== undefined && b !== undefined && (a > UNLIKE_FACTOR * b || b > UNLIKE_FACTOR * a);
  });
}

function median(values: readonly (number | undefined)[]): number | undefined {
  const sorted = values.filter((n) => n !== undefined).sort((a, b) => a - b);
  return sorted.length < 2 ? undefined : nearestRank(sorted, 0.5);
}
