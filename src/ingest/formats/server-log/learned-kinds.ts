import { type Kind, type KindPair, MIN_COUNTED } from './occurrences.js';
import { pairUp, type Scored } from './pair-up.js';

/** Different ids that both kinds of line must share. */
const MIN_PAIRS = 5;
/** The same where the client sent no more requests than these: all of them are no chance. */
const MIN_OF_FEW = 3;
/** Kinds of line that are paired with each other, those with most ids first. */
const MAX_PAIRED = 64;
/** Lines looked at while kinds are paired; kinds made to take long are not. */
const MAX_STEPS = 20_000_000;
/** Pairs of kinds with so much of the most ids are as good as the best. */
const AS_GOOD = 0.95;
/** … or but for so many: a log that was cut in the middle of a request has one line of it less. */
const CUT_THROUGH = 1;
/** Of two pairs, one fits the client's times so much worse, and so many ids less than another is not asked how well it does. */
const FITS_AS_WELL = 0.97;
const ASKED_SHARE = 0.5;
/** Share of the numbers that count requests that must stand in both kinds, if their words differ. */
const IN_BOTH = 0.9;
/** What connections do that may be kept for many requests. */
const OF_CONNECTIONS = /^(?:(?:dis)?connect|open|clos|accept)/i;

/** What is asked of two kinds of line. */
export interface Judge {
  /** Whether what they tell lasts; lines of one and the same instant are not a begin and its end. */
  takesTime(pair: KindPair): boolean;
  /** The share of the client's requests that were its own when the lines were written; `undefined` if that can't be told. */
  fit(pair: KindPair): number | undefined;
}

/**
 * The two kinds that pair best; `undefined` if none does.
 *
 * @param clientIds how many ids of the client's may have begin and end, 0 if its record has none
 */
export function bestPair(all: readonly Kind[], clientIds: number, judge: Judge): KindPair | undefined {
  const least = clientIds === 0 ? MIN_PAIRS : Math.max(MIN_OF_FEW, Math.min(MIN_PAIRS, clientIds));
  const enough = all.filter(({ at }) => at.distinct >= least).sort((a, b) => b.at.distinct - a.at.distinct);
  const told = enough.filter(({ label }) => label === undefined);
  const counting = enough.filter(({ label, at }) => label !== undefined && at.isCount());
  const best = (kinds: readonly Kind[]) => bestOf(kinds.slice(0, MAX_PAIRED), least, judge);
  return best(told) ?? ownIds(all, judge) ?? best(counting);
}

/**
 * The two kinds that pair best, where there is no client and the words before the numbers differ: all numbers must count, and nearly all
 * stand in both kinds.
 *
 *     10:00:01 got 1, working        begin
 *     10:00:02 answering 1           end
 */
export function countedPair(all: readonly Kind[], judge: Judge): KindPair | undefined {
  const counting = all.filter(({ label, at }) => label !== undefined && !OF_CONNECTIONS.test(label) && at.isCount());
  const most = counting.sort((a, b) => b.at.distinct - a.at.distinct).slice(0, MAX_PAIRED);
  const shared = ({ at }: Kind, other: Kind) => at.ids.filter((id) => other.at.last(id) !== undefined).length;
  return bestOf(
    most.map(({ label: _, ...kind }) => kind),
    MIN_COUNTED,
    {
      ...judge,
      takesTime: (two) =>
        shared(two.begin, two.end) >= IN_BOTH * Math.min(two.begin.at.count, two.end.at.count) && judge.takesTime(two),
    },
  );
}

/** Where the client's ids teach nothing, the server may give its requests ids of its own, if the lines call them so. */
function ownIds(all: readonly Kind[], judge: Judge): KindPair | undefined {
  const own = all.filter(({ called, others }) => called && others.distinct >= MIN_PAIRS);
  const taught = own.map((kind) => ({ ...kind, at: kind.others, others: kind.at }));
  const most = taught.sort((a, b) => b.at.distinct - a.at.distinct).slice(0, MAX_PAIRED);
  return bestOf(most, MIN_PAIRS, judge);
}

/** Of pairs of kinds with about as many ids, those that call them so, then the ones farthest apart: lines between tell less. */
function bestOf(kinds: readonly Kind[], least: number, judge: Judge): KindPair | undefined {
  const found: Scored[] = [];
  let steps = 0;
  for (const [i, a] of kinds.entries()) {
    for (const b of kinds.slice(i + 1)) {
      if (a.shape === b.shape || a.label !== b.label) continue;
      steps += a.at.count + b.at.count;
      if (steps > MAX_STEPS) break;
      const pair = pairUp(a, b, least);
      if (pair) found.push(pair);
    }
  }
  const fitting = fittingBest(found, judge);
  const most = mostIds(fitting);
  const rank = ({ begin, end }: Scored) => Number(begin.called) + Number(end.called);
  const isSame = ({ begin, end }: Scored) => Number(begin.place === end.place);
  const order = (a: Scored, b: Scored) =>
    rank(b) - rank(a) || b.span - a.span || isSame(b) - isSame(a) || b.begin.place - a.begin.place;
  return fitting
    .filter(({ ids }) => ids >= Math.min(AS_GOOD * most, most - CUT_THROUGH))
    .sort(order)
    .find((pair) => judge.takesTime(pair));
}

const mostIds = (found: readonly Scored[]): number => found.reduce((n, { ids }) => Math.max(n, ids), 0);

/** The pairs whose lines were written while the client waited, or as good as these. */
function fittingBest(found: readonly Scored[], judge: Judge): readonly Scored[] {
  if (found.length < 2) return found;
  const most = mostIds(found);
  const fits = new Map(found.map((pair) => [pair, judge.fit(pair)]));
  const asked = found.filter(({ ids }) => ids >= ASKED_SHARE * most);
  const best = asked.reduce((share, pair) => Math.max(share, fits.get(pair) ?? 0), 0);
  return found.filter((pair) => (fits.get(pair) ?? best) >= FITS_AS_WELL * best);
}
