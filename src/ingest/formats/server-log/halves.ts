import type { LogRecord } from '../../logs/log-pattern.js';

/** Lines in handlers' words that are kept to be read anew, should the words tell half of the story; by then it shows. */
const MAX_WORDED = 20_000;
/** Begins to ends, or ends to begins, below which half of them is missing … */
const LOPSIDED_SHARE = 0.5;
/** … and so many lines of the other half from which they are missed. */
const LOPSIDED_FROM = 5;

/** How many lines tell begins, and ends. */
export interface Sides {
  readonly begins: number;
  readonly ends: number;
}

/** @returns how many of the kinds are begins, and ends */
export function sidesOf(kinds: Iterable<'begin' | 'end'>): Sides {
  const sides = { begins: 0, ends: 0 };
  for (const kind of kinds) sides[kind === 'begin' ? 'begins' : 'ends']++;
  return sides;
}

/** The rarer half: no more requests have both. */
export const fewer = ({ begins, ends }: Sides): number => Math.min(begins, ends);

/** A line in the words of a handler, which may be those of another line too: one that a server writes of each answer has a status. */
export const isWorded = (record: LogRecord): record is LogRecord & { readonly kind: 'begin' | 'end' } =>
  (record.kind === 'begin' || record.kind === 'end') && record.status === undefined;

/** Handlers' words tell begins and hardly ends, or ends and hardly begins: the other half has words that are not known. */
function isLopsided(worded: Sides): boolean {
  const many = Math.max(worded.begins, worded.ends);
  return many >= LOPSIDED_FROM && fewer(worded) < LOPSIDED_SHARE * many;
}

/** Lines in handlers' words, by which it shows whether these words tell one half of the story only. */
export class Halves {
  /** The lines, and what each tells; no more than are kept. */
  readonly #lines = new Map<number, 'begin' | 'end'>();
  /** Patterns that told such a line. */
  readonly #by = new Set<string>();
  /** Begins and ends by pattern, with those of lines that are not in handlers' words. */
  readonly #sides = new Map<string, Record<keyof Sides, number>>();

  /** Counts a begin or an end for its pattern. */
  count(pattern: string, kind: 'begin' | 'end'): void {
    const sides = this.#sides.get(pattern) ?? { begins: 0, ends: 0 };
    sides[kind === 'begin' ? 'begins' : 'ends']++;
    this.#sides.set(pattern, sides);
  }

  /** Keeps a line in handlers' words; `false` if so many are kept that no more are needed. */
  keep(line: number, pattern: string, kind: 'begin' | 'end'): boolean {
    if (this.#isFull) return false;
    this.#lines.set(line, kind);
    this.#by.add(pattern);
    return true;
  }

  get #isFull(): boolean {
    return this.#lines.size >= MAX_WORDED;
  }

  get lines(): ReadonlySet<number> {
    return new Set(this.#lines.keys());
  }

  get told(): Sides {
    return sidesOf(this.#lines.values());
  }

  /** The user says what such lines mean. */
  get areStated(): boolean {
    return [...this.#by].some((id) => id.startsWith('run.yaml-'));
  }

  /** The words tell hardly any begins, or hardly any ends: another reading may tell more. */
  get areOneSided(): boolean {
    const halves = [...this.#by].map((id) => this.#sides.get(id) ?? this.told);
    return !this.#isFull && halves.some(isLopsided) && isLopsided(this.told);
  }
}
