import type { RequestIds } from '../../../model/request-ids.js';
import type { Known } from './occurrences.js';

/** What stands before an id that a line calls so: `id=7`, `id[7]`, `"requestId": "7"`, `id 7`. */
const SAYS_ID =
  /(?<!(?:thread|process|worker|user|session|client)[_.-]?)(?:(?<![A-Za-z])[iI]|(?<=[a-z])I)[dD]["']?\s?[=:[(# ]\s?["']?$/;
/** A mark before a number that may be one, behind a word in small letters: `received [7]`, `done #7`. */
const MARKED = /(?:^|\s)[a-z]{2,20}:? ?([[(#])$/;
/** A word before a number that may be a count of requests: `ticket 7`, `job=7`; and words before numbers of other things. */
const COUNTED = /(?:^|[\s,;|([])([a-z]{2,20})["']?[ =:#]\s?["']?$/i;
/** A path before a number that may be one: `/job/7`. */
const IN_PATH = /\/[\w.~-]*[A-Za-z][\w.~-]*(\/)$/;
const NO_REQUEST =
  /^(?:pid|tid|thread|worker|process|proc|core|slot|port|conn|connections?|client|clients|session|sessions|socket|stream|fd|user|line|page|size|queue|count|total|took|after|of|in|at|on|for|to|by|is|was|retry|attempt|iteration|epoch|step)$/i;
/** Longest number that may be a count, digits. */
const MAX_COUNT_DIGITS = 9;

/** A word that may be a request's id, and what tells so. */
export interface IdWord {
  readonly id: number;
  readonly known: Known;
  /** The line calls it an id. */
  readonly called: boolean;
  /** The word before a number that may count requests. */
  readonly label?: string;
}

/** Tells which words of a line may be request ids: the client's, what a line calls an id, or else numbers that may count requests. */
export class IdWords {
  readonly #ids: RequestIds;
  readonly #clients: (() => ReadonlySet<number>) | undefined;

  /** @param clients ids of the client's requests; without them other signs count */
  constructor(ids: RequestIds, clients: (() => ReadonlySet<number>) | undefined) {
    this.#ids = ids;
    this.#clients = clients;
  }

  /** Whether a word that nothing says to be an id may show as one yet, by the client's in its place. */
  get mayShow(): boolean {
    return (this.#clients?.().size ?? 0) > 0;
  }

  /**
   * @param before some characters of the line before the word
   * @param isIdsPlace whether lines of that form had many of the client's ids there: another is that of a request that its record lacks
   */
  tell(word: string, before: string, isIdsPlace: () => boolean): IdWord | undefined {
    const clients = this.#clients?.() ?? new Set();
    const called = SAYS_ID.test(before);
    const looked = this.#ids.lookup(word);
    if (clients.size > 0) {
      if (clients.has(looked)) return { id: looked, known: 'client', called };
      return called || isIdsPlace() ? { id: this.#ids.encode(word), known: 'called', called } : undefined;
    }
    if (called) return { id: this.#ids.encode(word), known: 'client', called };
    const isNumber = looked >= 0 && word.length <= MAX_COUNT_DIGITS;
    const label = isNumber ? (COUNTED.exec(before) ?? MARKED.exec(before) ?? IN_PATH.exec(before))?.[1] : undefined;
    if (label === undefined || NO_REQUEST.test(label)) return undefined;
    return { id: looked, known: 'count', called: false, label: label.toLowerCase() };
  }
}
