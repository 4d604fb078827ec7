import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { endOf, firstOfLast, LAST_WORDS_MS, PRINT_MS } from './ends.js';
import type { Outage } from './outage.js';
import { livedThrough, livesAgain, saidSo } from './signs.js';

/** Refused requests in a row from which a server counts as dead and not as full for a moment. */
const REFUSALS_OF_A_DEAD_SERVER = 3;
/** … or so few, the last of all, that came while nobody else was there. */
const REFUSALS_WHILE_IDLE = 2;

/**
 * Judges a stretch without any answer, samples in the order of their ends: `from` to before `next`, the first answer after it.
 *
 *     dead     x x x x x x  ·····  listens ─ answers       full     x x x x x x
 *                           nobody listens                       ────────────── answered
 */
export function deadWhileRefused(
  timeline: Timeline,
  order: Uint32Array,
  from: number,
  next: number,
): Outage | undefined {
  const samples = timeline.samples!;
  const refusals = order.slice(from, next).filter((i) => samples.outcome[i] === OUTCOME_CODE.refused);
  const first = refusals[0];
  if (first === undefined) return undefined;
  // A client that tried for long was refused when it gave up, not when it began.
  const at = endOf(samples, first);
  const answered = next < order.length ? samples.start[order[next]!]! : Number.POSITIVE_INFINITY;
  // Whoever was sent before and is answered after the refusals outlived them all.
  if (answered < at || livedThrough(timeline, at)) return undefined;
  const again = livesAgain(timeline, at);
  const until = Math.min(answered, again);
  const evidence = saidSo(timeline, at, until);
  const few = refusals.length < REFUSALS_OF_A_DEAD_SERVER;
  if (few && !evidence && !refusedIdle(samples, order.slice(from, next), next < order.length)) return undefined;
  // Who shows itself while it refuses is full; who does so later, before anybody is answered, was started anew, if something says so.
  const last = endOf(samples, refusals.at(-1)!);
  if (again < answered - LAST_WORDS_MS && (!evidence || again < last)) return undefined;
  return {
    at: lastLife(timeline, at),
    sample: first,
    refused: refusals.length,
    ...(Number.isFinite(until) ? { until } : {}),
    ...(evidence ? { evidence } : {}),
  };
}

/**
 * Whether a server that had nothing to do refused everybody who came, one after the other, and was never seen again: there is no limit at none.
 * The last may have been cut before.
 */
function refusedIdle(samples: ClientSamples, last: Uint32Array, answered: boolean): boolean {
  const refused = last.filter((i) => samples.outcome[i] === OUTCOME_CODE.refused);
  const lost = last.filter((i) => samples.outcome[i] === OUTCOME_CODE.reset).length + refused.length;
  if (answered || lost < REFUSALS_WHILE_IDLE || lost < last.length) return false;
  const isAlone = (i: number) =>
    samples.start.every((start, j) => j === i || start > endOf(samples, i) || endOf(samples, j) < samples.start[i]!);
  return refused.every(isAlone);
}

/**
 * The cut of requests in service before the first refusal tells the moment of death more exactly: it is the first cut after which nothing
 * of the server shows, whenever the next client came to be refused.
 */
function lastLife({ samples, served }: Timeline, refusedAt: number): number {
  const end = (i: number) => endOf(samples!, i);
  let alive = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < samples!.count; i++) {
    if (samples!.outcome[i] === OUTCOME_CODE.succeeded && end(i) <= refusedAt) alive = Math.max(alive, end(i));
  }
  for (let i = 0; served && i < served.count; i++) {
    if (served.begin[i]! <= refusedAt) alive = Math.max(alive, served.begin[i]!);
    if (served.endLine[i]! > 0 && served.end[i]! <= refusedAt) alive = Math.max(alive, served.end[i]!);
  }
  // Not before the last sign of life; a moment before the refusal in any case, for log and client may differ by that.
  const since = Math.min(alive - PRINT_MS, refusedAt - LAST_WORDS_MS);
  const cut: number[] = [];
  for (let i = 0; i < samples!.count; i++) {
    if (samples!.outcome[i] === OUTCOME_CODE.reset && end(i) < refusedAt && end(i) > since) cut.push(i);
  }
  return firstOfLast(samples!, cut) ?? refusedAt;
}
