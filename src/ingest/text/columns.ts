type Numbers = Float64Array | Float32Array | Uint32Array | Uint16Array | Uint8Array | Int32Array;

/** A typed array that grows: memory is bytes per entry, doubled at most. */
export class Column<T extends Numbers> {
  #values: T;
  #count = 0;
  readonly #make: new (
    length: number,
  ) => T;

  constructor(make: new (length: number) => T, capacity = 1024) {
    this.#make = make;
    this.#values = new make(capacity);
  }

  get count(): number {
    return this.#count;
  }

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const grown = new this.#make(this.#count * 2);
      grown.set(this.#values as never);
      this.#values = grown;
    }
    this.#values[this.#count++] = value;
  }

  get(index: number): number {
    return this.#values[index] ?? Number.NaN;
  }

  set(index: number, value: number): void {
    this.#values[index] = value;
  }

  /** Leaves out the entries that are not to be kept. */
  keep(kept: (index: number) => boolean): void {
    let next = 0;
    for (let i = 0; i < this.#count; i++) if (kept(i)) this.#values[next++] = this.#values[i]!;
    this.#count = next;
  }

  /** A copy of exactly `count` entries; the column can be thrown away. */
  finish(): T {
    return this.#values.slice(0, this.#count) as T;
  }
}

/** Distinct texts as numbers in order of appearance, at most `limit`; texts beyond it are all `overflow`. */
export class Dictionary {
  readonly #codes = new Map<string, number>();
  readonly #limit: number;
  readonly texts: string[] = [];
  /** How many look-ups met the limit. */
  overflowed = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The number of `text`; `overflow` if there is no room for one more. */
  encode(text: string, overflow: number): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    if (this.texts.length >= this.#limit) {
      this.overflowed++;
      return overflow;
    }
    const code = this.texts.length;
    // A copy that does not keep alive the block which `text` is a slice of.
    const own = Buffer.from(text).toString();
    this.texts.push(own);
    this.#codes.set(own, code);
    return code;
  }
}
