import { compileRequestId } from '../ingest/request-id-pattern.js';
import type { Analysed, Cell } from '../model/comparison.js';
import type { Evidence, Finding, Findings } from '../model/finding.js';
import type { Message, MessageValue } from '../model/message.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import type { RunFile } from '../model/run-file.js';
import type { Problem, Source } from '../model/source.js';
import { type Hide, hider, type Names } from './hide.js';

/**
 * What may be published: addresses are replaced by numbered names (`client-1`), the same for the same address in the whole report,
 * and values in query strings other than the request's id by `…`, in every text that an output can show. Pure.
 */
export function redact(analysed: Analysed): Analysed {
  const names: Names = new Map();
  const hide = hider(names, compileRequestId(undefined).finder);
  return {
    ...analysed,
    ...(analysed.title === undefined ? {} : { title: hide(analysed.title) }),
    ...(analysed.lost ? { lost: analysed.lost.map((message) => redactMessage(message, hide)) } : {}),
    runs: analysed.runs.map((run) => redactRun(run, hider(names, compileRequestId(run.setup.requestId).finder))),
    comparison: {
      ...analysed.comparison,
      rows: analysed.comparison.rows.map((row) => ({
        ...row,
        maxConcurrency: redactCell(row.maxConcurrency, hide),
        backlog: redactCell(row.backlog, hide),
        reuse: redactCell(row.reuse, hide),
        overload: redactCell(row.overload, hide),
      })),
    },
  };
}

const redactCell = (cell: Cell, hide: Hide): Cell => ({ ...cell, text: redactMessage(cell.text, hide) });

function redactRun(run: RunAnalysis, hide: Hide): RunAnalysis {
  return {
    ...run,
    title: hide(run.title),
    setup: redactSetup(run.setup, hide),
    sources: run.sources.map((source) => redactSource(source, hide)),
    clock: { ...run.clock, caveats: run.clock.caveats.map((message) => redactMessage(message, hide)) },
    findings: redactFindings(run.findings, hide),
    summary: redactMessage(run.summary, hide),
    notes: run.notes.map((message) => redactMessage(message, hide)),
    ...(run.lanes
      ? { lanes: { ...run.lanes, lanes: run.lanes.lanes.map((lane) => ({ ...lane, label: hide(lane.label) })) } }
      : {}),
  };
}

/** Patterns are the program's settings, not recordings. */
function redactSetup(setup: RunFile, hide: Hide): RunFile {
  const { requestId, log, ...rest } = setup;
  return { ...hideAll(rest, hide), ...(requestId === undefined ? {} : { requestId }), ...(log ? { log } : {}) };
}

const redactSource = (source: Source, hide: Hide): Source => ({
  ...source,
  variant: hideAll(source.variant, hide),
  problems: source.problems.map((problem) => redactProblem(problem, hide)),
});

const redactProblem = (problem: Problem, hide: Hide): Problem => ({
  ...problem,
  message: redactMessage(problem.message, hide),
  ...(problem.text === undefined ? {} : { text: hide(problem.text) }),
});

function redactFindings({ maxConcurrency, backlog, reuse, overload, causes }: Findings, hide: Hide): Findings {
  return {
    maxConcurrency: redactFinding(maxConcurrency, hide),
    backlog: redactFinding(backlog, hide),
    reuse: redactFinding(reuse, hide),
    overload: redactFinding(overload, hide),
    causes: causes.map((cause) => ({ ...cause, because: redactMessage(cause.because, hide) })),
  };
}

function redactFinding<T extends Finding>(finding: T, hide: Hide): T {
  const messages = (list: readonly Message[]) => list.map((message) => redactMessage(message, hide));
  return {
    ...finding,
    statement: redactMessage(finding.statement, hide),
    evidence: finding.evidence.map((one) => redactEvidence(one, hide)),
    methods: finding.methods.map(({ name, value, agrees }) => ({
      name: redactMessage(name, hide),
      value: typeof value === 'string' ? hide(value) : value,
      agrees,
    })),
    caveats: messages(finding.caveats),
    recordNext: messages(finding.recordNext),
  };
}

function redactEvidence(evidence: Evidence, hide: Hide): Evidence {
  const { text, context } = evidence;
  return {
    ...evidence,
    says: redactMessage(evidence.says, hide),
    ...(text === undefined ? {} : { text: hide(text) }),
    ...(context ? { context: { ...context, lines: context.lines.map(hide) } } : {}),
  };
}

/** Ids of sentences stay, the values in them do not. */
function redactMessage({ id, args }: Message, hide: Hide): Message {
  return {
    id,
    args: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, redactValue(value, hide)])),
  };
}

function redactValue(value: MessageValue, hide: Hide): MessageValue {
  if (typeof value === 'string') return hide(value);
  if (typeof value !== 'object') return value;
  return 'id' in value ? redactMessage(value, hide) : value.map((message) => redactMessage(message, hide));
}

/** Every text in plain data, keys included: `run.yaml` may hold anything. */
function hideAll<T>(value: T, hide: Hide): T;
function hideAll(value: unknown, hide: Hide): unknown {
  if (typeof value === 'string') return hide(value);
  if (Array.isArray(value)) return value.map((item) => hideAll(item, hide));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [hide(key), hideAll(item, hide)]));
}
