/** Different ids that both kinds of line must share. */
const MIN_PAIRS = 5;
/** The same where the client sent no more requests than these: all of them are no chance. */
const MIN_OF_FEW = 3;
/** Share of the lines of one kind that must pair with the other, of those between the first end and the last begin. */
const PAIRED_SHARE = 0.6;
/** … and of all of them at least. */
const PAIRED_OF_ALL = 0.1;
/** Share of the ends without a begin that come before half of the others, if their requests were begun before the log was. */
const EARLY_SHARE = 0.9;
/** Share of the ids of which the begin comes first. */
const ORDER_SHARE = 0.95;
/** Kinds of line that are paired with each other, those with most ids first. */
const MAX_PAIRED = 64;
/** Lines looked at while kinds are paired; kinds made to take long are not. */
const MAX_STEPS = 20_000_000;
/** Pairs of kinds with so much of the most ids are as good as the best. */
const AS_GOOD = 0.95;
/** Of two pairs, one fits the client's times so much worse, and so many ids less than another is not asked how well it does. */
const FITS_AS_WELL = 0.97;
const ASKED_SHARE = 0.5;
/** Without the client's ids, and where no line calls a word an id, numbers that count requests: so many, … */
const MIN_COUNTED = 10;
/** … that fill their range to this share, … */
const DENSE = 0.5;
/** … and nearly all stand in both kinds, if their words differ. */
const IN_BOTH = 0.9;
/** What connections do that may be kept for many requests. */
const OF_CONNECTIONS = /^(?:(?:dis)?connect|open|clos|accept)/i;
/** … each once but for this share. */
const REPEATED = 0.1;

/** How a word was known for an id: the client has it, the line calls it so, or it may be a count behind a word of its own. */
export type Known = 'client' | 'called' | 'count';

/** The lines of one kind in which ids of one sort stand, in the file's order. */
export class Occurrences {
  readonly ids: number[] = [];
  readonly lines: number[] = [];
  readonly #last = new Map<number, number>();

  get count(): number {
    return this.ids.length;
  }

  get distinct(): number {
    return this.#last.size;
  }

  /** The last line in which the id stood. */
  last(id: number): number | undefined {
    return this.#last.get(id);
  }

  add(id: number, line: number): void {
    this.ids.push(id);
    this.lines.push(line);
    this.#last.set(id, line);
  }

  /** Numbers that count up, each once. */
  isCount(): boolean {
    const from = this.ids.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
    const to = this.ids.reduce((a, b) => Math.max(a, b), 0);
    const once = this.count - this.distinct <= REPEATED * this.distinct;
    return once && this.distinct >= MIN_COUNTED && this.distinct >= DENSE * (to - from + 1);
  }
}

/** One kind of line by its shape, with a place in it that holds ids. */
export interface Kind {
  readonly shape: string;
  readonly place: number;
  /** The line calls what stands there an id. */
  readonly called: boolean;
  /** What the word before a count is. */
  readonly label?: string;
  /** Ids that teach: the client's, or whatever is taken for one where it has none. */
  readonly at: Occurrences;
  /** Ids that the client does not know: they teach nothing, but are requests if the kind is one of those looked for. */
  readonly others: Occurrences;
}

/** Two kinds of line that begin and end requests. */
export interface KindPair {
  readonly begin: Kind;
  readonly end: Kind;
}

interface Scored extends KindPair {
  /** Ids that pair. */
  readonly ids: number;
  /** Sum over pairs of the lines between them. */
  readonly span: number;
}

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
    .filter(({ ids }) => ids >= AS_GOOD * most)
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

/**
 * Which of two kinds begins, if they share enough ids and one nearly always comes first. Where several tests were written into one log
 * an id goes on: begin, end, begin, end; the kind that is followed by the other more often than it follows it is the begin.
 */
function pairUp(a: Kind, b: Kind, least: number): Scored | undefined {
  const follows = new Follows();
  eachInOrder(a.at, b.at, (id, line, second) => follows.take(id, line, second));
  const { ids, begins, pairs, span } = follows.sums();
  if (ids < least) return undefined;
  const isA = begins >= ORDER_SHARE * ids;
  if (!isA && begins > (1 - ORDER_SHARE) * ids) return undefined;
  const [begin, end, n] = isA ? [a, b, pairs[0]] : [b, a, pairs[1]];
  // A log that was cut or begun late lacks the ends of what was in service there, or the begins.
  const ends = before(end.at.lines, begin.at.lines.at(-1)!) - begunBefore(begin.at, end.at);
  const between = Math.max(after(begin.at.lines, end.at.lines[0]!), ends);
  const enough = Math.max(PAIRED_SHARE * between, PAIRED_OF_ALL * Math.max(a.at.count, b.at.count));
  return n >= enough ? { begin, end, ids, span: span[isA ? 0 : 1] } : undefined;
}

/**
 * Ends of requests that were in service when a log that was begun late begins: they come before most of those that it shows begun. Ends
 * without a begin that are found all over the log are none of that kind.
 *
 *     40 done | 33 accepted | 42 done | 132 accepted | 33 done | 108 accepted | 132 done        40 and 42 were begun before
 */
function begunBefore(begin: Occurrences, end: Occurrences): number {
  const isBegun = (id: number) => begin.last(id) !== undefined;
  const paired = end.lines.filter((_, i) => isBegun(end.ids[i]!));
  const others = end.lines.filter((_, i) => !isBegun(end.ids[i]!));
  const early = before(others, paired[paired.length >> 1] ?? 0);
  return early >= EARLY_SHARE * others.length ? early : 0;
}

const after = (lines: readonly number[], line: number): number => lines.filter((at) => at > line).length;
const before = (lines: readonly number[], line: number): number => lines.filter((at) => at < line).length;

/** Calls for the lines of both in the file's order; `second` is 1 for the latter's. */
export function eachInOrder(
  a: Occurrences,
  b: Occurrences,
  take: (id: number, line: number, second: 0 | 1) => void,
): void {
  let i = 0;
  let k = 0;
  while (i < a.count || k < b.count) {
    const first = k >= b.count || (i < a.count && a.lines[i]! <= b.lines[k]!);
    if (first) take(a.ids[i]!, a.lines[i++]!, 0);
    else take(b.ids[k]!, b.lines[k++]!, 1);
  }
}

/** Counts, by id, how often either kind follows the other. */
class Follows {
  readonly #places = new Map<number, number>();
  readonly #kind: number[] = [];
  readonly #line: number[] = [];
  readonly #times: [number[], number[]] = [[], []];
  readonly #span: [number, number] = [0, 0];

  take(id: number, line: number, kind: 0 | 1): void {
    let place = this.#places.get(id);
    if (place === undefined) {
      place = this.#places.size;
      this.#places.set(id, place);
      this.#times[0].push(0);
      this.#times[1].push(0);
    } else if (this.#kind[place] !== kind) {
      const first = kind === 0 ? 1 : 0;
      this.#times[first][place]!++;
      this.#span[first] += line - this.#line[place]!;
    }
    this.#kind[place] = kind;
    this.#line[place] = line;
  }

  /** Ids with a clear order, those of them whose first kind begins, and pairs and the lines between for either order. */
  sums() {
    let ids = 0;
    let begins = 0;
    const pairs: [number, number] = [0, 0];
    for (let place = 0; place < this.#places.size; place++) {
      const [a, b] = [this.#times[0][place]!, this.#times[1][place]!];
      pairs[0] += a;
      pairs[1] += b;
      if (a === b) continue;
      ids++;
      if (a > b) begins++;
    }
    return { ids, begins, pairs, span: this.#span };
  }
}
