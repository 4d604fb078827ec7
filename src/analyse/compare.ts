import type { Cell, Comparison, ComparisonRow, Unlike } from '../model/comparison.js';
import type { Findings } from '../model/finding.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import { say } from '../words/ids.js';

/** Loads differ where one is so many times the other. */
const UNLIKE_FACTOR = 1.5;

/** A load that so many runs share is the one that the others are held against; of two runs, the first's. */
const MOST_SHARE = 0.5;

type Load = Readonly<Record<Unlike, number | undefined>>;

/**
 * Puts runs side by side. Runs whose load was made otherwise than that of most are named, for their results do not compare. Where no load
 * is that of most, each part of it is looked at alone: if the runs were all meant to differ, no row is odder than another.
 */
export function compareRuns(runs: readonly RunAnalysis[]): Comparison {
  const loads = runs.map(loadOf);
  const group = largestGroup(loads, DIMENSIONS);
  const parts = new Map(DIMENSIONS.map((what) => [what, group ?? largestGroup(loads, [what])] as const));
  return {
    rows: runs.map((run, i) =>
      rowOf(
        run,
        DIMENSIONS.filter((what) => {
          const others = parts.get(what);
          return others !== undefined && !alike(loads[i]!, others, [what]);
        }),
      ),
    ),
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
  const { latency, requests } = run;
  return {
    run: run.id,
    ...cellsOf(run.findings),
    ...(latency ? { p50: latency.p50, p95: latency.p95, p99: latency.p99 } : {}),
    ...(requests.failed === undefined ? {} : { failed: requests.failed }),
    unlike: differs,
  };
}

type Cells = Pick<ComparisonRow, 'maxConcurrency' | 'backlog' | 'reuse' | 'overload'>;

function cellsOf({ maxConcurrency, backlog, reuse, overload }: Findings): Cells {
  const { bound, value, range } = maxConcurrency;
  const count = say('cell.count', { bound, value, low: range?.low, high: range?.high });
  const waiting = say('cell.backlog', { bound: backlog.bound, value: backlog.value, where: backlog.where });
  const { pattern, workers, unit, recycledAfter } = reuse;
  const { outcome, requests } = overload;
  return {
    maxConcurrency: cell(maxConcurrency, count, value),
    backlog: cell(backlog, waiting, backlog.value),
    reuse: cell(reuse, say('cell.reuse', { pattern, workers, unit, recycledAfter }), workers),
    overload: cell(overload, say('cell.overload', { outcome, requests }), requests),
  };
}

const cell = (
  { bound, confidence }: Pick<Cell, 'bound' | 'confidence'>,
  text: Cell['text'],
  sortBy: number | undefined,
): Cell => ({ text, bound, confidence, ...(sortBy === undefined ? {} : { sortBy }) });

const DIMENSIONS: readonly Unlike[] = ['pace', 'requests', 'service-time', 'duration'];

const loadOf = ({ load }: RunAnalysis): Load => ({
  pace: load.perSecond,
  requests: load.requests,
  'service-time': load.serviceMs,
  duration: load.durationMs,
});

/** Of two loads no dimension that both have differs by more than the factor. */
const alike = (one: Load, other: Load, dimensions: readonly Unlike[]): boolean =>
  dimensions.every((what) => {
    const a = one[what];
    const b = other[what];
    return a === undefined || b === undefined || (a <= UNLIKE_FACTOR * b && b <= UNLIKE_FACTOR * a);
  });

/** The load to which most are alike, the first of such; `undefined` where that is too few. */
function largestGroup(loads: readonly Load[], dimensions: readonly Unlike[]): Load | undefined {
  let best: Load | undefined;
  let most = 0;
  for (const load of loads) {
    if (dimensions.every((what) => load[what] === undefined)) continue;
    const n = loads.filter((other) => alike(load, other, dimensions)).length;
    if (n > most) {
      most = n;
      best = load;
    }
  }
  return most >= MOST_SHARE * loads.length ? best : undefined;
}
