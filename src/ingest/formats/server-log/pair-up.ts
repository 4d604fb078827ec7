import type { Kind, KindPair, Occurrences } from './occurrences.js';

/** Share of the lines of one kind that must pair with the other, of those between the first end and the last begin. */
const PAIRED_SHARE = 0.6;
/** … and of all of them at least. */
const PAIRED_OF_ALL = 0.1;
/** Share of the ends without a begin that come before half of the others, if their requests were begun before the log was. */
const EARLY_SHARE = 0.9;
/** Share of the ids of which the begin comes first. */
const ORDER_SHARE = 0.95;

/** A pair of kinds, and how well they pair. */
export interface Scored extends KindPair {
  /** Ids that pair. */
  readonly ids: number;
  /** Sum over pairs of the lines between them. */
  readonly span: number;
}

/**
 * Which of two kinds begins, if they share enough ids and one nearly always comes first. Where several tests were written into one log
 * an id goes on: begin, end, begin, end; the kind that is followed by the other more often than it follows it is the begin.
 */
export function pairUp(a: Kind, b: Kind, least: number): Scored | undefined {
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
