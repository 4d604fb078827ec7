/** Instants per value up to which counting is quicker than comparing. */
const INSTANTS_PER_VALUE = 16;

/** The values at some places, in that order. */
export function pick<T extends Float64Array | Float32Array>(values: T, places: Uint32Array): T {
  const picked = new (values.constructor as new (n: number) => T)(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = values[places[i]!]!;
  return picked;
}

/** Sorts in place, `NaN` last; what is in order already is only looked at, and whole numbers that lie close together are counted. */
export function sortNumbers<T extends Float64Array | Float32Array>(values: T): T {
  if (inOrder(values)) return values;
  const { first, instants, whole, told } = rangeOf(values);
  if (!whole || told < values.length || !(instants <= INSTANTS_PER_VALUE * told)) return values.sort() as T;
  const times = new Uint32Array(instants);
  for (let i = 0; i < values.length; i++) times[(values[i]! - first) | 0]!++;
  let n = 0;
  for (let k = 0; k < instants; k++) for (let left = times[k]!; left > 0; left--) values[n++] = first + k;
  return values;
}

function inOrder(values: Float64Array | Float32Array): boolean {
  for (let i = 1; i < values.length; i++) if (!(values[i - 1]! <= values[i]!)) return false;
  return true;
}

/** The least value, how many whole numbers lie from it to the greatest, whether all are whole, and how many there are but `NaN`. */
function rangeOf(values: Float64Array | Float32Array) {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let whole = true;
  let told = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    told++;
    if (Math.floor(value) !== value) whole = false;
    if (value < first) first = value;
    if (value > last) last = value;
  }
  return { first, instants: told === 0 ? 0 : last - first + 1, whole, told };
}

/** Place of the first value in an ascending list that is not below another; the list's length if all are. */
export function firstAtLeast(values: ArrayLike<number>, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places of the values in ascending order, equal ones in the order in which they stand; `NaN` is left out. */
export function ascending(values: Float64Array): Uint32Array {
  if (inOrder(values) && !Number.isNaN(values[0])) return identity(values.length);
  const { first, instants, whole, told } = rangeOf(values);
  if (whole && instants <= INSTANTS_PER_VALUE * told) return counted(values, first, instants, told);
  return Uint32Array.from(values, (_, i) => i)
    .filter((i) => !Number.isNaN(values[i]!))
    .sort((a, b) => values[a]! - values[b]! || a - b);
}

function identity(n: number): Uint32Array {
  const places = new Uint32Array(n);
  for (let i = 0; i < n; i++) places[i] = i;
  return places;
}

/** Whole values that lie close together, as a client's milliseconds do. */
function counted(values: Float64Array, first: number, instants: number, n: number): Uint32Array {
  const next = new Uint32Array(instants + 1);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) next[(values[i]! - first + 1) | 0]!++;
  for (let k = 1; k <= instants; k++) next[k]! += next[k - 1]!;
  const places = new Uint32Array(n);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) places[next[(values[i]! - first) | 0]!++] = i;
  return places;
}
