/** Instants per value up to which counting is quicker than comparing. */
const INSTANTS_PER_VALUE = 16;

/** The values at some places, in that order. */
export function pick(values: Float64Array | Float32Array, places: Uint32Array): Float64Array {
  const picked = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = values[places[i]!]!;
  return picked;
}

/** Sorts in place; what is in order already, as a client's times of sending are, is only looked at. */
export function sortNumbers<T extends Float64Array | Float32Array>(values: T): T {
  for (let i = 1; i < values.length; i++) if (!(values[i - 1]! <= values[i]!)) return values.sort() as T;
  return values;
}

/** Places of the values in ascending order, equal ones in the order in which they stand; `NaN` is left out. */
export function ascending(values: Float64Array): Uint32Array {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let whole = true;
  let ordered = true;
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    n++;
    if (Math.floor(value) !== value) whole = false;
    if (value < first) first = value;
    if (value >= last) last = value;
    else ordered = false;
  }
  if (ordered && n === values.length) return identity(n);
  const instants = last - first + 1;
  if (whole && instants > 0 && instants <= INSTANTS_PER_VALUE * n) return counted(values, first, instants, n);
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
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) next[values[i]! - first + 1]!++;
  for (let k = 1; k <= instants; k++) next[k]! += next[k - 1]!;
  const places = new Uint32Array(n);
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) places[next[values[i]! - first]!++] = i;
  return places;
}
