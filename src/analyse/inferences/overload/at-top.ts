import type { ClientSamples } from '../../../model/samples.js';
import { PRINT_MS } from '../../service/outage/ends.js';
import { countOpen, peak, valuesAt } from '../../stats/steps.js';
import { TURNED_AWAY_AT_ONCE } from '../../turned-away.js';
import type { View } from '../../view.js';

/** A request that was turned away after less is one that nobody let wait, ms. */
const AT_ONCE_MS = 1000;
/** So much of the most that were ever under way is the top. */
const TOP_SHARE = 0.8;
/** So many turned away at the top are no accident. */
const MANY = 5;

/**
 * The client alone shows whom a limit turned away, where a log that lost lines does not, or that of a server which died before it ended
 * anything: they were so at once, while as many others were under way as ever.
 *
 *     under way but for them   16      ┌───────────────
 *                                  ┌───┘ x  x xx  x      x turned away at once
 */
export function turnedAwayAtTop({ timeline, begunAt, service, ended, outage, coverage }: View): ReadonlySet<number> {
  const { samples } = timeline;
  const endsNothing = outage !== undefined && coverage !== undefined;
  if (!samples || !ended || !(service?.lossy === true || endsNothing)) return new Set();
  const { start, elapsed, outcome } = samples;
  const before = (outage?.at ?? Number.POSITIVE_INFINITY) - PRINT_MS;
  const away = (i: number) =>
    start[i]! + elapsed[i]! < before &&
    TURNED_AWAY_AT_ONCE.has(outcome[i]!) &&
    elapsed[i]! < AT_ONCE_MS &&
    Number.isNaN(begunAt?.[i] ?? Number.NaN);
  const list = sentAtTop(samples, ended, away);
  return new Set(list.length >= MANY ? list : []);
}

/** Those of a kind that were sent while about as many of all others were under way as ever. */
export function sentAtTop(
  { start }: Pick<ClientSamples, 'start'>,
  ended: Float64Array,
  isOne: (i: number) => boolean,
): readonly number[] {
  const others = countOpen(
    start.map((t, i) => (isOne(i) ? Number.NaN : t)),
    ended,
  );
  const least = TOP_SHARE * peak(others).value;
  const then = valuesAt(others, start);
  return [...start.keys()].filter((i) => isOne(i) && then[i]! >= least);
}
