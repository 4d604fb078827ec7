import type { ClientSamples } from '../../model/samples.js';
import { median } from '../text/median.js';

/** Requests from which the steps between them tell. */
const ENOUGH = 8;
/** Clients of one step, one to so many: their sum is even, too. */
const MOST_AT_ONCE = 6;
/** A load generator's timers are on time to so much, ms. */
const ON_TIME_MS = 10;
/** Answers come at least so many times more unevenly than requests that were sent in even steps. */
const CLEARLY_LESS = 4;

/**
 * Whether the stamps come in even steps and the other ends of the samples do not: load is sent by timers, and answered as the
 * network and the server will.
 *
 *     stamp          0   1.607   3.215   4.821   6.428        steps of 1.607 s: sent
 *     + elapsed   2.072   3.722   5.262   6.751   8.473        150, 111, 118, 115 ms more or less
 */
export function arePaced({ start, elapsed }: ClientSamples): boolean {
  const known = Array.from(start, (from, i) => ({ from, until: from + elapsed[i]! })).filter(({ until }) => until >= 0);
  if (known.length < ENOUGH) return false;
  const sent = unevenness(known.map(({ from }) => from));
  const answered = unevenness(known.map(({ until }) => until));
  return sent <= ON_TIME_MS && answered >= CLEARLY_LESS * Math.max(1, sent);
}

/** By how much half of the steps differ from the one in the middle, of one or of several together, the least of these, ms. */
function unevenness(times: readonly number[]): number {
  const ascending = [...times].sort((a, b) => a - b);
  let least = Number.POSITIVE_INFINITY;
  for (let lag = 1; lag <= MOST_AT_ONCE && ascending.length >= lag + ENOUGH / 2; lag++) {
    const steps = ascending.slice(lag).map((time, i) => time - ascending[i]!);
    const middle = median(steps);
    if (middle <= 2 * ON_TIME_MS) continue;
    least = Math.min(least, median(steps.map((step) => Math.abs(step - middle))));
  }
  return least;
}
