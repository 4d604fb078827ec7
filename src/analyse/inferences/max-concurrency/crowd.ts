import { pick, sortNumbers } from '../../stats/order.js';
import { nearestRank } from '../../stats/quantile.js';
import { lowerRanks } from '../../stats/rank-sum.js';

/** So many of either kind can be compared … */
const ENOUGH = 5;
/** … or so many that found fewer under way than usual, which are the very first for the most part. */
const ENOUGH_FIRST = 3;
/** Times that differ by less are alike. */
const ALIKE = 1.15;
/** Times that differ by so much are those of requests that waited and of some that did not, … */
const SLOWER = 1.3;
/** … if their ranks lie so many standard deviations apart: once in a hundred by chance. */
const SELDOM = 2.33;

/** Of all that were sent, so many must have been answered. */
const MOST = 0.75;

/** The client's requests that were answered. */
export interface Answered {
  /** Places of those that succeeded. */
  readonly served: Uint32Array;
  readonly start: Float64Array;
  readonly ended: Float64Array;
  readonly elapsed: Float32Array;
  /** In flight when the sample was sent. */
  readonly others: Float64Array;
}

/**
 * Whether requests took longer for those that were under way with them. Clients that each wait for their own answer keep equally many under
 * way; but the first they send find the server idle, and some of these do not wait whatever the limit.
 *
 *     limit   1 ▐███▌              no limit   1 ▐███▌
 *             2 ▐███▌                         2 ▐████▌
 *             3 ····▐███▌                     3 ▐██▌ ▐███▌
 *             4 ····▐███▌                     4 ▐███▌ ▐██▌     the first take as long as all
 *             1     ····▐███▌
 */
export function effectOfCrowd(requests: Answered, top: number): 'slower' | 'alike' | undefined {
  const { served, elapsed, start } = requests;
  // Those who waited longest have no answer yet when a test is stopped.
  if (served.length < MOST * start.length) return undefined;
  const few = sentIntoFew(requests, top);
  if (!few) return undefined;
  const marked = new Set(few);
  const alone = sortNumbers(pick(elapsed, few));
  const crowd = sortNumbers(
    pick(
      elapsed,
      served.filter((i) => !marked.has(i)),
    ),
  );
  // Of those that were sent first some may have waited already: the quick ones are compared as well.
  const [quick, usual] = [0.25, 0.5].map((p) => nearestRank(crowd, p) / nearestRank(alone, p)) as [number, number];
  const apart = lowerRanks(alone, crowd);
  if (quick <= ALIKE && usual <= ALIKE && apart < SELDOM) return 'alike';
  return Math.max(quick, usual) >= SLOWER && apart >= SELDOM ? 'slower' : undefined;
}

/** Those that found at most half as many under way as ever, or fewer than usual, or nobody who had been answered. */
function sentIntoFew({ served, others, start, ended }: Answered, top: number): Uint32Array | undefined {
  const comparable = (few: Uint32Array, enough: number) =>
    few.length >= enough && served.length - few.length >= ENOUGH ? few : undefined;
  const half = served.filter((i) => others[i]! <= top / 2);
  const usual = nearestRank(sortNumbers(pick(others, served)), 0.5);
  const answered = served.reduce((first, i) => Math.min(first, ended[i]!), Number.POSITIVE_INFINITY);
  return (
    comparable(half, ENOUGH) ??
    comparable(
      served.filter((i) => others[i]! < usual),
      ENOUGH_FIRST,
    ) ??
    comparable(
      served.filter((i) => start[i]! < answered),
      ENOUGH_FIRST,
    )
  );
}
