import { nearestZone } from '../text/nearest-zone.js';
import { feasibleOffset } from './feasible.js';
import type { Stamp, Statement } from './statement.js';

/** A log is silent for so long, ms, and nobody is in service meanwhile: all that had begun have ended, or none lasted for so long. */
const SILENT_MS = 5000;
/** Contradictions that a few faults in the data explain, as a share of the statements. */
const FAULTS_SHARE = 0.02;
/** A test has a begin or an end for so large a share of the client's answers, else it is a rest of which nothing tells whose it is. */
const ENOUGH_LINES = 0.5;
/** Two readings that are no further apart are the same test's, ms. */
const ANOTHER_TEST_MS = 1000;
const MINUTE_MS = 60_000;

/** A log's lines, each list ascending. */
export interface Log {
  readonly begins: readonly Stamp[];
  readonly ends: readonly Stamp[];
}

/** What of a log may be the test that the client recorded. */
interface Candidate {
  readonly statements: readonly Statement[];
  readonly offset: number;
  /** How far the clocks are from showing the same time, but for a zone, ms. */
  readonly awayMs: number;
}

/**
 * Without ids nothing but time tells which of several tests in a log the client recorded: one that takes no longer than the client's, from its first
 * request to its last. Of several that the counts allow, the one by which the clocks agree best is taken, and the other told.
 *
 *     client                      ▐██████ █▌
 *     log       ▐██████ █▌        ▐██████ █▌        four stretches; two of them are a test, the first with the second or the third with the fourth
 *
 * @param sentForMs from the client's first sending to its last
 * @param longestMs the longest that a request of the client was under way
 * @param answered how many had an answer
 * @param statementsOf what the counts tell if this is the test
 */
export function byTests(
  log: Log,
  client: { readonly sentForMs: number; readonly longestMs: number; readonly answered: number },
  statementsOf: (test: Log) => readonly Statement[],
): { readonly test?: Log; readonly orElseMs?: number } {
  const tests = testsIn(log, client.sentForMs + client.longestMs, client.longestMs);
  if (tests.length === 1) return { test: tests[0]! };
  const candidates = tests.flatMap((test) => {
    if (Math.max(test.begins.length, test.ends.length) < ENOUGH_LINES * client.answered) return [];
    const candidate = candidateOf(statementsOf(test));
    return candidate ? [{ test, ...candidate }] : [];
  });
  const [best, ...others] = candidates.sort((a, b) => a.awayMs - b.awayMs);
  if (!best) return {};
  const other = others.map(({ offset }) => offset - best.offset).find((ms) => Math.abs(ms) > ANOTHER_TEST_MS);
  return { test: best.test, ...(other === undefined ? {} : { orElseMs: other }) };
}

/** The longest runs of stretches between silences that begin within `withinMs` of each other; the log itself if all do. */
function testsIn(log: Log, withinMs: number, longestMs: number): readonly Log[] {
  const starts = startsOf(log, longestMs);
  if (starts.length < 2 || starts.at(-1)! - starts[0]! <= withinMs) return [log];
  const tests: Log[] = [];
  let reached = 0;
  for (const [k, from] of starts.entries()) {
    let next = k + 1;
    while (next < starts.length && starts[next]! - from <= withinMs) next++;
    // No part of the run before.
    if (next > reached) tests.push(between(log, from, starts[next] ?? Number.POSITIVE_INFINITY));
    reached = Math.max(reached, next);
  }
  return tests;
}

/** When the log speaks again after a silence. */
function startsOf({ begins, ends }: Log, longestMs: number): readonly number[] {
  const steps = [...begins.map(({ time }) => ({ time, by: 1 })), ...ends.map(({ time }) => ({ time, by: -1 }))];
  const starts: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let open = 0;
  for (const { time, by } of steps.sort((a, b) => a.time - b.time)) {
    if (time > last + (open === 0 ? SILENT_MS : Math.max(SILENT_MS, longestMs))) starts.push(time);
    open += by;
    last = time;
  }
  return starts;
}

function between({ begins, ends }: Log, from: number, to: number): Log {
  const within = ({ time }: Stamp) => time >= from && time < to;
  return { begins: begins.filter(within), ends: ends.filter(within) };
}

/** `undefined` where the counts contradict that it is the client's test, or tell nothing. */
function candidateOf(statements: readonly Statement[]): Candidate | undefined {
  const side = (wanted: Statement['side']) =>
    Float64Array.from(
      statements.filter((one) => one.side === wanted),
      ({ value }) => value,
    );
  const { low, high, violations } = feasibleOffset({ lows: side('at-least'), highs: side('at-most') });
  if (statements.length === 0 || violations > FAULTS_SHARE * statements.length + 1) return undefined;
  const offset = Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : Number.isFinite(low) ? low : high;
  const zone = statements[0]!.zoned ? 0 : nearestZone(offset) * MINUTE_MS;
  return { statements, offset, awayMs: Math.max(0, low - zone, zone - high) };
}
