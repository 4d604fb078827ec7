/** Longest path that is looked at, characters. */
const MAX_PATH = 2048;
/** Words of a URL's path that hold an id: one with a digit. Longer ones are contents, not names. */
const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?=$|[.;,:])/;
/** Before so many samples it is not judged whether their ids repeat. */
const JUDGED_FROM = 20;
/** So many different ones are the least that may be ids: of fewer, chance makes any word one. */
const MIN_IDS = 5;
/** Share of the samples whose word may have occurred before: a path that is asked for again and again names no request. */
const REPEATED = 0.1;
/** After so many samples without such a word … */
const MISSED_FROM = 1_000;
/** … and so many times as many as with one, no more are looked for. */
const MISSED_TIMES = 10;
/** More different ones are not remembered. */
const MAX_IDS = 2_000_000;

/** The last word of a path with a digit in it: `12` of `/job/12`, `http://host:80/v1/job/12/run` and `/job/12.json?x=1`. */
export function lastInPath(target: string): string | undefined {
  const scheme = target.indexOf('://');
  const from = target.indexOf('/', scheme < 0 ? 0 : scheme + 3);
  if (from < 0) return undefined;
  const path = /^[^?#\s"]*/.exec(target.slice(from, from + MAX_PATH))?.[0] ?? '';
  const segments = path.split('/');
  for (let i = segments.length - 1; i > 0; i--) {
    const word = SEGMENT.exec(segments[i]!)?.[0];
    if (word !== undefined && /\d/.test(word)) return word;
  }
  return undefined;
}

/**
 * Judges whether the paths of a client's requests name them: nearly every request has a word of its own there. What all share, such as
 * the `v2` of `/v2/search`, and items that are asked for again and again name none; nor is one looked for where ids stand elsewhere.
 */
export class PathIds {
  readonly #seen = new Set<number>();
  #count = 0;
  #missed = 0;
  #isOff = false;

  /** They can't be request ids any more. */
  get isOff(): boolean {
    return this.#isOff;
  }

  /** A request has an id elsewhere. */
  off(): void {
    this.#isOff = true;
    this.#seen.clear();
  }

  take(id: number): void {
    this.#count++;
    this.#seen.add(id);
    if (this.#seen.size > MAX_IDS || (this.#count >= JUDGED_FROM && this.#repeat())) this.off();
  }

  /** A sample without such a word. */
  miss(): void {
    this.#missed++;
    if (this.#missed >= MISSED_FROM && this.#missed > MISSED_TIMES * this.#count) this.off();
  }

  #repeat(): boolean {
    return this.#count - this.#seen.size > REPEATED * this.#count;
  }

  areIds(): boolean {
    return !this.#isOff && this.#seen.size >= MIN_IDS && !this.#repeat();
  }
}
