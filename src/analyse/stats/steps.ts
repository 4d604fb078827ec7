/**
 * A count over time: `v[i]` holds from `t[i]` to just before `t[i + 1]`; before `t[0]` the count is 0. Times ascend
 * strictly.
 *
 *     3        ┌──┐
 *     2     ┌──┘  └─┐
 *     1  ┌──┘       └───┐
 *        t0 t1 t2 t3 t4 t5
 */
export interface Steps {
  readonly t: Float64Array;
  readonly v: Int32Array;
}

/** What happens first where one thing ends at the very time at which another begins. */
export type TieOrder = 'end-first' | 'begin-first';

/**
 * Counts how many of the spans are open at each time. `NaN` begins are left out, infinite ends never close. With `end-first`
 * a back-to-back pair counts as one, with `begin-first` as two (at that instant alone).
 */
export function countOpen(begin: Float64Array, end: Float64Array, ties: TieOrder = 'end-first'): Steps {
  const begins = begin.filter((t) => !Number.isNaN(t)).sort();
  const ends = end.filter((t, i) => !Number.isNaN(begin[i]!) && Number.isFinite(t)).sort();
  const t: number[] = [];
  const v: number[] = [];
  const put = (time: number, value: number) => {
    if (t.at(-1) === time && ties === 'end-first') v[v.length - 1] = value;
    else if (t.at(-1) === time) v[v.length - 1] = Math.max(v.at(-1)!, value);
    else if ((v.at(-1) ?? 0) !== value) {
      t.push(time);
      v.push(value);
    }
  };
  let open = 0;
  let b = 0;
  let e = 0;
  while (b < begins.length || e < ends.length) {
    const at = Math.min(begins[b] ?? Number.POSITIVE_INFINITY, ends[e] ?? Number.POSITIVE_INFINITY);
    let begun = 0;
    let ended = 0;
    for (; begins[b] === at; b++) begun++;
    for (; ends[e] === at; e++) ended++;
    if (ties === 'begin-first' && begun > 0 && ended > 0) {
      put(at, open + begun);
      open += begun - ended;
      put(nextAfter(at), open);
    } else {
      open += begun - ended;
      put(at, open);
    }
  }
  return { t: Float64Array.from(t), v: Int32Array.from(v) };
}

/** The next number that a double can tell from `x`: an instant is given the shortest span there is. */
export function nextAfter(x: number): number {
  return x + Math.max(Math.abs(x) * Number.EPSILON, Number.MIN_VALUE);
}

/** The highest count, and the first time that it was reached; 0 and `NaN` for no steps. */
export function peak({ t, v }: Steps): { value: number; at: number } {
  let value = 0;
  let at = Number.NaN;
  for (let i = 0; i < v.length; i++) {
    if (v[i]! > value) {
      value = v[i]!;
      at = t[i]!;
    }
  }
  return { value, at };
}

/** The count at a time. */
export function valueAt({ t, v }: Steps, time: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : v[low - 1]!;
}

/** Total time, in the unit of `t`, during which `holds` is true of both counts. Ends at the later of the last steps. */
export function timeWhile(a: Steps, b: Steps, holds: (a: number, b: number) => boolean): number {
  let total = 0;
  let i = 0;
  let j = 0;
  let last = Number.NaN;
  while (i < a.t.length || j < b.t.length) {
    const at = Math.min(a.t[i] ?? Number.POSITIVE_INFINITY, b.t[j] ?? Number.POSITIVE_INFINITY);
    if (!Number.isNaN(last) && holds(a.v[i - 1] ?? 0, b.v[j - 1] ?? 0)) total += at - last;
    if (a.t[i] === at) i++;
    if (b.t[j] === at) j++;
    last = at;
  }
  return total;
}
