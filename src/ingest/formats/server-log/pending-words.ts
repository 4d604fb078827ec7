import { append } from '../../../model/append.js';

/** Words kept in all, lest a log full of numbers fills the memory: the requests of a log begin to show within so many. */
const MAX_WORDS = 50_000;

/** A word in the place where other lines have ids, and its line among those kept. */
interface PendingWord {
  readonly word: string;
  readonly at: number;
}

/**
 * Words that nothing says to be ids, by their place, until many of the client's are found there. A record of the client's that lacks
 * some rows, or its begin, does not know the first ids of the log; they are requests like the others all the same.
 *
 *     got 1      pending
 *     got 2      pending
 *     got 3      the client's … and at the tenth of these the place is known: 1 and 2 are requests
 */
export class PendingWords {
  readonly #byPlace = new Map<string, PendingWord[]>();
  #count = 0;

  /** @returns whether there was room for it */
  keep(place: string, word: string, at: number): boolean {
    if (this.#count >= MAX_WORDS) return false;
    append(this.#byPlace, place, { word, at });
    this.#count++;
    return true;
  }

  /** What was kept of a place that is now known to hold ids; it is kept no longer. */
  release(place: string): readonly PendingWord[] {
    const words = this.#byPlace.get(place) ?? [];
    this.#byPlace.delete(place);
    this.#count -= words.length;
    return words;
  }
}
