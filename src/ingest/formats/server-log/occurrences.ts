/** Numbers that count requests: so many, … */
export const MIN_COUNTED = 10;
/** … that fill their range to this share, … */
const DENSE = 0.5;
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
