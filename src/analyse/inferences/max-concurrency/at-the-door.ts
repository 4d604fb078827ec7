import { OUTCOME_CODE } from '../../../model/samples.js';
import { lacksRows } from '../../service/coverage.js';
import { countOpen, peak, valuesAt } from '../../stats/steps.js';
import { mostBetween } from '../../stats/within.js';
import { AT_ONCE_MS } from '../../turned-away.js';
import type { View } from '../../view.js';

/** What a server does that has no room; an error of its own may have any cause. */
const NO_ROOM: ReadonlySet<number> = new Set(
  (['refused', 'reset', 'http-429', 'http-503'] as const).map((kind) => OUTCOME_CODE[kind]),
);
/** … in an answer. */
const ANSWERS: ReadonlySet<number> = new Set((['http-429', 'http-503'] as const).map((kind) => OUTCOME_CODE[kind]));
/** What is cut or refused so shortly before a server's end goes with it, ms. */
const LAST_MS = 2000;
/** So many turned away are no accident. */
const MANY = 5;
/** So few of them may have been turned away while a place was just being left. */
const SAME_SHARE = 0.9;
/** The client may see one answered a moment after the server has let the next one in. */
const PASSING = 1;
/** Stamps must be so exact, ms, for the count at one moment to say anything. */
const EXACT_MS = 20;

/**
 * How many were in service whenever the server turned one away at once, if always the same: it takes no more than these.
 *
 *     in service  ┌── 8 ──┐┌── 8 ──┐    ┌─ 8
 *                 ┘  x  x  7   x  x └────┘ x
 */
export function servedWhenFull(view: View): number | undefined {
  const { timeline, service, inService, front } = view;
  const { samples, served, clock } = timeline;
  if (!samples || !served || !service || !inService || service.lossy || front) return undefined;
  const slack = Math.max(clock.uncertaintyMs ?? Number.POSITIVE_INFINITY, served.resolutionMs);
  if (slack > EXACT_MS) return undefined;
  const { start, elapsed } = samples;
  return always(turnedAway(view).map((i) => mostBetween(inService, start[i]!, start[i]! + elapsed[i]! + slack)));
}

/** The same by the client alone: so many others were under way whenever one was turned away, and never more. */
export function underWayWhenFull(view: View): number | undefined {
  const { timeline, ended, clientPartial } = view;
  const { samples } = timeline;
  if (!samples || !ended || clientPartial || lacksRows(timeline)) return undefined;
  const away = turnedAway(view);
  const isAway = new Set(away);
  const others = countOpen(
    samples.start.map((t, i) => (isAway.has(i) ? Number.NaN : t)),
    ended,
  );
  const n = always([
    ...valuesAt(
      others,
      Float64Array.from(away, (i) => samples.start[i]!),
    ),
  ]);
  return n !== undefined && n >= peak(others).value - PASSING ? n : undefined;
}

/**
 * Whoever was turned away had an answer: it was accepted before that, and those who waited longer were as well, since connections are accepted
 * in the order in which they came.
 */
export function answeredWhenFull(view: View): boolean {
  const { outcome } = view.timeline.samples!;
  return turnedAway(view).every((i) => ANSWERS.has(outcome[i]!));
}

function turnedAway({ timeline, begunAt, outage }: View): number[] {
  const { outcome, start, elapsed } = timeline.samples!;
  const from = (outage?.shutAt ?? outage?.at ?? Number.POSITIVE_INFINITY) - LAST_MS;
  const until = outage?.until ?? Number.POSITIVE_INFINITY;
  const withServer = (i: number) => start[i]! + elapsed[i]! >= from && start[i]! <= until;
  return [...outcome.keys()].filter(
    (i) =>
      NO_ROOM.has(outcome[i]!) &&
      elapsed[i]! <= AT_ONCE_MS &&
      Number.isNaN(begunAt?.[i] ?? Number.NaN) &&
      !withServer(i),
  );
}

function always(counts: readonly number[]): number | undefined {
  const most = Math.max(0, ...counts);
  const same = counts.filter((n) => n === most).length;
  return counts.length >= MANY && same >= SAME_SHARE * counts.length && most > 0 ? most : undefined;
}
