import { EVENT, type ServerEvents } from '../../model/events.js';
import { END_KIND } from '../../model/timeline.js';
import type { RequestColumns } from './request-columns.js';

/** Several tests were written into one log if so much of its ids occur again. */
const TESTS_REPEAT = 0.5;
/** So few ids that occur again may be chance. */
const FEW_AGAIN = 10;
/** A pair of an id that occurs once there and takes so many times as long as most is of two tests, the lines between them lost. */
const ACROSS_TESTS = 3;
/** "Most": this share of the spans is no longer. */
const MOST = 0.9;

/**
 * Rows that the begin of one test and the end of a later one made, in a log of several tests that lost lines:
 *
 *     test 1   #7 |──      (its end is lost)                 test 2   (its begin is lost)      ──| #7
 *                 └───────────────────── one pair, far longer than all others ─────────────────┘
 *
 * Only rows that no client's answer bounds are looked at.
 */
export function pairsAcrossTests(
  rows: RequestColumns,
  events: ServerEvents,
  timesSeen: ReadonlyMap<number, number>,
  answeredBy: (sample: number) => number,
): readonly number[] {
  let repeated = 0;
  for (const n of timesSeen.values()) if (n > 1) repeated++;
  if (repeated < TESTS_REPEAT * timesSeen.size || repeated < FEW_AGAIN) return [];
  const span = (n: number) => rows.end.get(n) - rows.begin.get(n);
  const spans: number[] = [];
  const once: number[] = [];
  for (let n = 0; n < rows.begin.count; n++) {
    if (rows.endKind.get(n) === END_KIND.open || events.kind[rows.endEvent.get(n)] === EVENT.span) continue;
    spans.push(span(n));
    const unanswered = answeredBy(rows.sample.get(n)) === Number.POSITIVE_INFINITY;
    if (unanswered && timesSeen.get(rows.id.get(n)) === 1) once.push(n);
  }
  spans.sort((a, b) => a - b);
  const most = spans[Math.floor(MOST * spans.length)]!;
  return once.filter((n) => span(n) > ACROSS_TESTS * most);
}
