/** Instants per value up to which counting is quicker than comparing. */
const INSTANTS_PER_VALUE = 16;

/** The values at some places, in that order. */
export function pick(values: Float64Array | Float32Array, places: Uint32Array): Float64Array {
  const picked = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) picked[i] = values[places[i]!]!;
  return picked;
}

/** Places of the values in ascending order, equal ones in the order in which they stand; `NaN` is left out. */
export function ascending(values: Float64Array): Uint32Array {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let whole = true;
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) continue;
    n++;
    if (Math.floor(value) !== value) whole = false;
    if (value < first) first = value;
    if (value > last) last = value;
  }
  const instants = last - first + 1;
  if (whole && instants > 0 && instants <= INSTANTS_PER_VALUE * n) return counted(values, first, instants, n);
  return Uint32Array.from(values, (_, i) => i)
    .filter((i) => !Number.isNaN(values[i]!))
    .sort((a, b) => values[a]! - values[b]! || a - b);
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
