import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../errors.js';
import type { Message } from '../model/message.js';
import { RUN_ANALYSIS_VERSION, type RunAnalysis } from '../model/run-analysis.js';
import { OUTCOMES } from '../model/samples.js';
import { english } from '../words/en.js';
import { say } from '../words/ids.js';
import { closed, either, flag, isRecord, list, mapping, number, oneOf, type Shape, text } from './shape.js';

/** The analysis of a run is reduced for drawing and stays far below; bytes. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Sentences within sentences. */
const MAX_DEPTH = 8;

/**
 * Reads a run's analysis that an earlier build has saved, here or on another machine.
 * @throws UserError for a file that is none, is damaged, or comes from another version.
 */
export async function readSavedRun(path: string): Promise<RunAnalysis> {
  let value: unknown;
  try {
    if ((await stat(path)).size > MAX_BYTES) throw new Error(`> ${MAX_BYTES} bytes`);
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new UserError(say('program.savedRunUnreadable', { path, reason }));
  }
  if (isRecord(value) && typeof value.version === 'number' && value.version !== RUN_ANALYSIS_VERSION) {
    throw new UserError(say('program.savedRunVersion', { path, version: value.version }));
  }
  if (!isRunAnalysis(value)) throw new UserError(say('program.notASavedRun', { path }));
  return value;
}

/** Whether data from outside are a run's analysis in all that the report will read of it. */
export function isRunAnalysis(value: unknown): value is RunAnalysis {
  return run(value);
}

/** A sentence that can be said: its id may be unknown, but its values must be those that it needs. */
const message: Shape = (value) => {
  if (!isMessage(value, 0)) return false;
  try {
    english(value);
    return true;
  } catch {
    return false;
  }
};

function isMessage(value: unknown, depth: number): value is Message {
  if (!isRecord(value) || typeof value.id !== 'string' || !isRecord(value.args) || depth > MAX_DEPTH) return false;
  return Object.values(value.args).every(
    (arg) =>
      typeof arg !== 'object' ||
      (Array.isArray(arg)
        ? arg.every((item) => typeof item === 'string' || isMessage(item, depth + 1))
        : isMessage(arg, depth + 1)),
  );
}

const runFile = closed(
  {},
  {
    title: text,
    server: text,
    version: text,
    command: text,
    port: number,
    host: text,
    timezone: text,
    requestId: text,
    log: list(closed({ pattern: text }, { event: oneOf('begin', 'end'), durationUnit: oneOf('s', 'ms', 'us', 'ns') })),
    limits: closed(
      {},
      {
        nofile: number,
        nproc: number,
        somaxconn: number,
        tcpAbortOnOverflow: number,
        listenBacklog: number,
        workers: number,
        threads: number,
        os: text,
      },
    ),
    notes: text,
    recorded: isRecord,
  },
);

const source = closed(
  {
    path: text,
    sha256: text,
    kind: oneOf(
      ...['client-samples', 'server-log', 'socket-snapshots', 'process-snapshots', 'kernel-counters', 'run-file'],
      'unrecognised',
    ),
    format: text,
    variant: mapping(text),
    lines: number,
    used: number,
    ignored: number,
    skipped: number,
    records: number,
    counts: mapping(either(number, mapping(number))),
    problems: list(closed({ message }, { line: number, text })),
    problemCount: number,
  },
  { from: number, to: number },
);

const FINDING = {
  bound: oneOf('exact', 'at-least', 'estimate', 'unknown'),
  confidence: oneOf('high', 'medium', 'low'),
  statement: message,
  evidence: list(
    closed(
      { source: text, line: number, says: message },
      { text, context: closed({ firstLine: number, lines: list(text) }) },
    ),
  ),
  methods: list(closed({ name: message, agrees: flag }, { value: either(number, text) })),
  caveats: list(message),
  recordNext: list(message),
};
const range = closed({ low: number, high: number });

const findings = closed({
  maxConcurrency: closed(FINDING, { value: number, range }),
  backlog: closed(
    { ...FINDING, where: oneOf('kernel', 'server', 'both', 'none', 'unknown') },
    { value: number, range, kernel: number, server: number },
  ),
  reuse: closed(
    {
      ...FINDING,
      pattern: oneOf('per-request', 'reused', 'recycled', 'single', 'event-loop', 'inconclusive', 'unknown'),
    },
    {
      unit: oneOf('thread', 'process', 'coroutine'),
      workers: number,
      processes: number,
      requestsPerWorker: closed({ min: number, median: number, max: number }),
      recycledAfter: number,
    },
  ),
  overload: closed(
    {
      ...FINDING,
      outcome: oneOf(
        ...['refused', 'reset', 'connect-timeout', 'read-timeout', 'http-429', 'http-503', 'server-error', 'queued'],
        ...['none-observed', 'outage', 'unknown'],
      ),
    },
    { onsetAt: number, requests: number },
  ),
  causes: list(
    closed({
      limit: text,
      value: number,
      explains: oneOf('maxConcurrency', 'backlog', 'overload'),
      because: message,
      confidence: FINDING.confidence,
    }),
  ),
});

const failureKind = oneOf(...OUTCOMES.filter((outcome) => outcome !== 'succeeded' && outcome !== 'abandoned'));
const requests = closed(
  {},
  {
    sent: number,
    succeeded: number,
    failed: number,
    abandoned: number,
    started: number,
    finished: number,
    failuresByKind: mapping(number, failureKind),
  },
);
const interval: Shape = (value) => list(number)(value) && (value as unknown[]).length === 2;
const latency = closed({
  count: number,
  min: number,
  p50: number,
  p90: number,
  p95: number,
  p99: number,
  max: number,
  mean: number,
  ci: closed({}, { p50: interval, p90: interval, p95: interval, p99: interval }),
});

const REQUIRED = {
  version: oneOf(RUN_ANALYSIS_VERSION),
  id: text,
  title: text,
  setup: runFile,
  sources: list(source),
  clock: closed(
    {
      method: oneOf('causality', 'causality-one-sided', 'order', 'stated-zone', 'none'),
      matched: number,
      caveats: list(message),
    },
    { timezoneOffsetMinutes: number, offsetMs: number, uncertaintyMs: number, driftPpm: number },
  ),
  requests,
  findings,
  load: closed({}, { requests: number, perSecond: number, serviceMs: number, durationMs: number }),
  series: list(closed({ id: text, kind: oneOf('steps', 'points'), t: list(number), v: list(number) })),
  marks: list(closed({ id: text, at: number }, { until: number })),
  summary: message,
  notes: list(message),
};
const OPTIONAL = {
  from: number,
  to: number,
  port: closed({ value: number, from: text }),
  latency,
  lanes: closed({ workers: number, lanes: list(closed({ label: text, spans: list(number) })) }),
  activity: closed({ binMs: number, sent: list(number), ended: mapping(list(number), oneOf(...OUTCOMES)) }),
  responses: closed({ sentAt: list(number), elapsed: list(number), outcome: list(oneOf(...OUTCOMES)), of: number }),
  distribution: closed({ edges: list(number), counts: list(number) }),
};
/** A key that is new in the model and missing here does not compile. */
({ ...REQUIRED, ...OPTIONAL }) satisfies Readonly<Record<keyof RunAnalysis, Shape>>;
const run = closed(REQUIRED, OPTIONAL);
