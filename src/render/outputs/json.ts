import type { ComparisonRow } from '../../model/comparison.js';
import type { Backlog, Cause, Finding, Findings, MaxConcurrency, Overload, Reuse } from '../../model/finding.js';
import type { Message } from '../../model/message.js';
import type { ReportJob } from '../../model/report.js';
import type { LatencySummary, RequestCounts, RunAnalysis } from '../../model/run-analysis.js';
import type { Problem, Source } from '../../model/source.js';
import type { EpochMs } from '../../model/time.js';
import type { Clock } from '../../model/timeline.js';
import { english } from '../../words/en.js';
import { say } from '../../words/ids.js';
import type { Output } from './output.js';

/** Version of `report.json`; a change that could break a reader raises it. */
export const SCHEMA_VERSION = 1;
/** Durations are written to the microsecond; what stands beyond is noise of floating point. */
const DECIMALS = 1000;
/** Latest and earliest time that ISO 8601 writes with four digits of year. */
const FIRST_MS = -62_167_219_200_000;
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** `report.json`: the report for other programs, always in English. */
export const json: Output = {
  id: 'json',
  async make(job) {
    return { files: [{ path: 'report.json', content: `${JSON.stringify(reportOf(job), null, 2)}\n` }], warnings: [] };
  },
};

function reportOf({ analysed, options, generator }: ReportJob): object {
  return {
    schemaVersion: SCHEMA_VERSION,
    title: options.title ?? analysed.title ?? english(say('page.title', { runs: analysed.runs.length })),
    generator: { name: generator.name, version: generator.version },
    runs: analysed.runs.map(runOf),
    comparison: { rows: analysed.comparison.rows.map(rowOf) },
  };
}

function runOf(run: RunAnalysis): object {
  return {
    id: run.id,
    title: run.title,
    setup: run.setup,
    sources: run.sources.map(sourceOf),
    clock: clockOf(run.clock),
    requests: requestsOf(run.requests),
    latency: run.latency && latencyOf(run.latency),
    findings: findingsOf(run.findings),
  };
}

/** A ledger as both `report.json` and `report inspect --json` write it. */
export function sourceOf(source: Source): object {
  return {
    path: source.path,
    sha256: source.sha256,
    kind: source.kind,
    format: source.format,
    variant: source.variant,
    lines: source.lines,
    used: source.used,
    ignored: source.ignored,
    skipped: source.skipped,
    records: source.records,
    counts: source.counts,
    from: time(source.from),
    to: time(source.to),
    problems: source.problems.map(problemOf),
    problemCount: source.problemCount,
  };
}

const problemOf = ({ line, message, text }: Problem): object => ({
  line: line || undefined,
  message: english(message),
  text,
});

function clockOf(clock: Clock): object {
  return {
    timezoneOffsetMinutes: clock.timezoneOffsetMinutes,
    offsetMs: number(clock.offsetMs),
    uncertaintyMs: number(clock.uncertaintyMs),
    driftPpm: number(clock.driftPpm),
    method: clock.method,
    matched: clock.matched,
  };
}

function requestsOf(requests: RequestCounts): object {
  const { sent, succeeded, failed, abandoned, started, finished, failuresByKind } = requests;
  return { sent, succeeded, failed, abandoned, started, finished, failuresByKind };
}

function latencyOf({ min, p50, p90, p95, p99, max, mean, ci }: LatencySummary): object {
  const interval = (pair: readonly [number, number] | undefined) => pair && [number(pair[0]), number(pair[1])];
  return {
    min: number(min),
    p50: number(p50),
    p90: number(p90),
    p95: number(p95),
    p99: number(p99),
    max: number(max),
    mean: number(mean),
    ci: { p50: interval(ci.p50), p90: interval(ci.p90), p95: interval(ci.p95), p99: interval(ci.p99) },
  };
}

function findingsOf({ maxConcurrency, backlog, reuse, overload, causes }: Findings): object {
  return {
    maxConcurrency: { ...findingOf(maxConcurrency), ...maxConcurrencyOf(maxConcurrency) },
    backlog: { ...findingOf(backlog), ...backlogOf(backlog) },
    reuse: { ...findingOf(reuse), ...reuseOf(reuse) },
    overload: { ...findingOf(overload), ...overloadOf(overload) },
    causes: causes.map(causeOf),
  };
}

function findingOf(finding: Finding): object {
  return {
    bound: finding.bound,
    confidence: finding.confidence,
    statement: english(finding.statement),
    evidence: finding.evidence.map(({ source, line, text, says }) => ({ source, line, text, says: english(says) })),
    methods: finding.methods.map(({ name, value, agrees }) => ({
      name: english(name),
      value: typeof value === 'number' ? number(value) : value,
      agrees,
    })),
    caveats: sentences(finding.caveats),
    recordNext: sentences(finding.recordNext),
  };
}

const maxConcurrencyOf = ({ value, range }: MaxConcurrency): object => ({
  value: number(value),
  range: rangeOf(range),
});

const backlogOf = ({ value, range, where, kernel, server }: Backlog): object => ({
  value: number(value),
  range: rangeOf(range),
  where,
  kernel: number(kernel),
  server: number(server),
});

const rangeOf = (range: MaxConcurrency['range']): object | undefined =>
  range && { low: number(range.low), high: number(range.high) };

const reuseOf = ({ pattern, unit, workers, processes, requestsPerWorker, recycledAfter }: Reuse): object => ({
  pattern,
  unit,
  workers,
  processes,
  requestsPerWorker: requestsPerWorker && {
    min: requestsPerWorker.min,
    median: requestsPerWorker.median,
    max: requestsPerWorker.max,
  },
  recycledAfter,
});

const overloadOf = ({ outcome, onsetAt, requests }: Overload): object => ({
  outcome,
  onsetAt: time(onsetAt),
  requests,
});

const causeOf = ({ limit, value, explains, because, confidence }: Cause): object => ({
  limit,
  value,
  explains,
  because: english(because),
  confidence,
});

function rowOf(row: ComparisonRow): object {
  const cell = ({ text, bound, confidence }: ComparisonRow['overload']) => ({ text: english(text), bound, confidence });
  return {
    run: row.run,
    maxConcurrency: cell(row.maxConcurrency),
    backlog: cell(row.backlog),
    reuse: cell(row.reuse),
    overload: cell(row.overload),
    p50: number(row.p50),
    p95: number(row.p95),
    p99: number(row.p99),
    failed: row.failed,
    unlike: row.unlike,
  };
}

const sentences = (messages: readonly Message[]): readonly string[] => messages.map(english);

/** JSON knows no NaN: what is not a number is absent. */
function number(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : Math.round(value * DECIMALS) / DECIMALS;
}

/** Time stamps are hostile input too: one that no calendar writes in four digits of year is absent. */
export function time(at: EpochMs | undefined): string | undefined {
  return at === undefined || !(at >= FIRST_MS && at <= LAST_MS) ? undefined : new Date(at).toISOString();
}
