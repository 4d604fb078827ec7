import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { looksAt } from '../../looks.js';
import { endOf, firstOfLast, LAST_WORDS_MS } from './ends.js';
import type { Outage } from './outage.js';
import { livedThrough, livesAgain, saidSo } from './signs.js';

/** Connections cut at one time from which a server counts as dead, where nobody got an answer that was waiting then. */
const CUTS_OF_A_DEAD_SERVER = 5;
/** So few are enough where another source says that the server went; one alone may be a worker's. */
const CUTS_BESIDE_EVIDENCE = 2;
/** Workers, each a process of its own, that do not die in one moment but with their server. */
const CUTS_OF_WORKERS = 3;
/** So many times as long the sending of those that were cut must have taken as the cutting: what was sent at once may have met its time limit at once. */
const SENT_OVER = 3;

/**
 * Everybody who waited was cut within a moment, and nothing of the server shows until the next answer: it died, though nobody came to be
 * refused. A server that cuts at its limit cuts whoever comes, one after the other, and those it serves are answered.
 *
 *     died     ────────────────┐              limit   ──┐ ──┐     ──┐
 *                  ────────────┤ all reset                ──┐  ──┐     each reset at once
 *                        ──────┘                      ─────────────── answered
 */
export function cutAll(timeline: Timeline): Outage | undefined {
  const samples = timeline.samples!;
  const near = cutTogether(samples);
  const since = firstOfLast(samples, near) ?? Number.POSITIVE_INFINITY;
  const cut = near.filter((i) => endOf(samples, i) >= since);
  if (cut.length < CUTS_BESIDE_EVIDENCE) return undefined;
  const at = endOf(samples, cut[cut.length >> 1]!);
  if (outlived(samples, at) || livedThrough(timeline, at)) return undefined;
  const until = Math.min(answeredAgain(samples, at), livesAgain(timeline, at));
  const evidence = saidSo(timeline, at, until);
  // A server that answers anew at once was not dead: some of its workers were.
  if (until < at + LAST_WORDS_MS) return undefined;
  const all = cut.length >= CUTS_OF_WORKERS && (diedAtOnce(timeline, at) || nothingServed(timeline));
  if (cut.length < CUTS_OF_A_DEAD_SERVER && !evidence && !all) return undefined;
  return {
    at: endOf(samples, cut[0]!),
    sample: cut[0]!,
    refused: cut.length,
    ...(Number.isFinite(until) ? { until } : {}),
    ...(evidence ? { evidence } : toldByCuts(timeline, cut, at, until, all) ? { byCuts: true } : {}),
  };
}

/**
 * A worker takes its own requests with it; those who still wait to be accepted are cut when the listener goes. Where the server serves on
 * later, that is the worker's case for all that cuts alone can tell.
 */
function toldByCuts(timeline: Timeline, cut: readonly number[], at: number, until: number, all: boolean): boolean {
  if (Number.isFinite(until)) return false;
  return all || (isSentOver(timeline.samples!, cut) && cut.length - unendedAt(timeline, at) >= CUTS_OF_A_DEAD_SERVER);
}

/** Samples whose ends are told in order were sent over a much longer time than they were cut in; a few stragglers on either side do not count. */
export function isSentOver(samples: ClientSamples, cut: readonly number[]): boolean {
  const spread = (times: Float64Array) => {
    times.sort();
    const aside = Math.floor(times.length / 10);
    return times[times.length - 1 - aside]! - times[aside]!;
  };
  const sent = spread(Float64Array.from(cut, (i) => samples.start[i]!));
  return sent > SENT_OVER * spread(Float64Array.from(cut, (i) => endOf(samples, i)));
}

/** Somebody was on its way when the others were cut, and for long after. */
const outlived = (samples: ClientSamples, at: number): boolean =>
  samples.outcome.some(
    (outcome, i) => samples.start[i]! <= at && endOf(samples, i) > at + LAST_WORDS_MS && !isCut(outcome),
  );

/** When the first was sent after a time that was answered. */
function answeredAgain({ start, outcome }: ClientSamples, at: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (const [i, code] of outcome.entries()) {
    if (code === OUTCOME_CODE.succeeded && start[i]! > at && start[i]! < first) first = start[i]!;
  }
  return first;
}

/** Most connections that were cut at all, if they were cut within a moment and most were on their way when the first was; by their ends. */
function cutTogether(samples: ClientSamples): readonly number[] {
  const end = (i: number) => endOf(samples, i);
  const resets: number[] = [];
  for (let i = 0; i < samples.count; i++) if (samples.outcome[i] === OUTCOME_CODE.reset) resets.push(i);
  if (resets.length === 0) return [];
  resets.sort((a, b) => end(a) - end(b));
  const middle = end(resets[resets.length >> 1]!);
  const cut = resets.filter((i) => Math.abs(end(i) - middle) <= LAST_WORDS_MS);
  const first = end(cut[0]!);
  const waiting = cut.filter((i) => samples.start[i]! <= first);
  return 2 * cut.length >= resets.length && 2 * waiting.length >= cut.length ? cut : [];
}

/** What a log begins before a time and never ends were requests of several processes: no single worker's death explains them. */
function diedAtOnce({ served }: Timeline, at: number): boolean {
  const pids = new Set<number>();
  for (let i = 0; served && i < served.count; i++) {
    const pid = served.workers[served.worker[i]!]?.pid;
    if (pid !== undefined && served.begin[i]! <= at && served.endLine[i] === 0) pids.add(pid);
  }
  return pids.size >= CUTS_OF_WORKERS;
}

/** All that the log tells of was begun and not ended, and nobody ever had an answer: whoever served them was the whole server. */
function nothingServed({ served, samples }: Timeline): boolean {
  if (!served || served.count === 0 || served.beginsDerived) return false;
  return served.endLine.every((line) => line === 0) && !samples!.outcome.includes(OUTCOME_CODE.succeeded);
}

/**
 * Requests that the log begins before a time and never ends. Without a log, whoever the last look shows accepted while others wait to be: where
 * these wait, the server takes no more than it has room for.
 */
function unendedAt(timeline: Timeline, at: number): number {
  const { served } = timeline;
  if (!served) return acceptedAt(timeline, at);
  if (served.beginsDerived) return Number.POSITIVE_INFINITY;
  return served.begin.reduce((n, begin, i) => n + (begin <= at + LAST_WORDS_MS && served.endLine[i] === 0 ? 1 : 0), 0);
}

function acceptedAt(timeline: Timeline, at: number): number {
  const last = looksAt(timeline).findLast((look) => look.at !== undefined && look.at < at && look.established);
  const queued = last?.queued?.value ?? 0;
  return queued > 0 ? last!.established!.value - queued : Number.POSITIVE_INFINITY;
}

const isCut = (outcome: number): boolean =>
  outcome === OUTCOME_CODE.refused ||
  outcome === OUTCOME_CODE.reset ||
  outcome === OUTCOME_CODE.abandoned ||
  outcome === OUTCOME_CODE.other;
