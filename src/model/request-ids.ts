const MAX_DISTINCT_TEXT_IDS = 2_000_000;

/**
 * Request ids as numbers, so that they fit a column: a plain decimal integer is itself, any other text gets a negative
 * number (-1, -2, …) in order of appearance. One table serves all files of a run, so equal ids are equal numbers.
 * Texts beyond two million distinct ones are `NaN` (no id): a bound on memory, reported by `overflowed`.
 */
export class RequestIds {
  readonly #codes = new Map<string, number>();
  readonly #texts: string[] = [];
  overflowed = 0;

  /** The number that stands for this id. */
  encode(text: string): number {
    const n = canonicalInteger(text);
    if (n >= 0) return n;
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length >= MAX_DISTINCT_TEXT_IDS) {
      this.overflowed++;
      return Number.NaN;
    }
    this.#texts.push(text);
    const code = -this.#texts.length;
    this.#codes.set(text, code);
    return code;
  }

  /** The number that stands for this id if it has been seen, else `NaN`; adds nothing. Integers count as seen. */
  lookup(text: string): number {
    const n = canonicalInteger(text);
    return n >= 0 ? n : (this.#codes.get(text) ?? Number.NaN);
  }

  /** The id's text again. */
  decode(code: number): string {
    return code >= 0 ? String(code) : (this.#texts[-code - 1] ?? '?');
  }
}

/** The value of a decimal integer written without sign or leading zeros and below 10^15, else -1. */
function canonicalInteger(text: string): number {
  const length = text.length;
  if (length === 0 || length > 15) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  if (length > 1 && text.charCodeAt(0) === 48) return -1;
  return value;
}
