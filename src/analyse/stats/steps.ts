import { sortNumbers } from './order.js';

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

const NEVER = Number.POSITIVE_INFINITY;

/** What happens first where one thing ends at the very time at which another begins. */
export type TieOrder = 'end-first' | 'begin-first';

/**
 * Counts how many of the spans are open at each time. `NaN` begins are left out, infinite ends never close. With `end-first`
 * a back-to-back pair counts as one, with `begin-first` as two (at that instant alone).
 */
export function countOpen(begin: Float64Array, end: Float64Array, ties: TieOrder = 'end-first'): Steps {
  return countWhole(begin, end, ties) ?? countSorted(begin, end, ties);
}

function countSorted(begin: Float64Array, end: Float64Array, ties: TieOrder): Steps {
  const begins = begin.filter((t) => !Number.isNaN(t)).sort();
  const ends = end.filter((t, i) => !Number.isNaN(begin[i]!) && Number.isFinite(t)).sort();
  const steps = new OpenCount(begins.length + ends.length, ties);
  let b = 0;
  let e = 0;
  while (b < begins.length || e < ends.length) {
    const at = Math.min(b < begins.length ? begins[b]! : NEVER, e < ends.length ? ends[e]! : NEVER);
    let begun = 0;
    let ended = 0;
    for (; b < begins.length && begins[b] === at; b++) begun++;
    for (; e < ends.length && ends[e] === at; e++) ended++;
    steps.change(at, begun, ended);
  }
  return steps.finish();
}

/** Instants per span up to which a table of all instants is quicker than sorting. */
const INSTANTS_PER_SPAN = 16;
/** Longest table of instants; two of them are 128 MB. */
const MAX_INSTANTS = 2 ** 24;

/** The same for times that are whole numbers and lie close together, as a client's milliseconds do, without sorting them. */
function countWhole(begin: Float64Array, end: Float64Array, ties: TieOrder): Steps | undefined {
  let first = NEVER;
  let last = -NEVER;
  for (let i = 0; i < begin.length; i++) {
    const from = begin[i]!;
    if (Number.isNaN(from)) continue;
    const to = end[i]!;
    const until = to < NEVER ? to : from;
    if (Math.floor(from) !== from || Math.floor(until) !== until) return undefined;
    if (from < first) first = from;
    if (until < first) first = until;
    if (from > last) last = from;
    if (until > last) last = until;
  }
  const instants = last - first + 1;
  if (!(instants > 0 && instants <= Math.min(INSTANTS_PER_SPAN * begin.length, MAX_INSTANTS))) return undefined;
  return ties === 'end-first' ? netSteps(begin, end, first, instants) : tableSteps(begin, end, first, instants);
}

let table = new Int32Array();

/** Zeros; the same memory each time, for fresh pages cost more than the counting. */
function cleared(length: number): Int32Array {
  if (table.length < length) table = new Int32Array(length);
  return table.subarray(0, length).fill(0);
}

/** With ends first, only by how much the count changes at an instant matters. */
function netSteps(begin: Float64Array, end: Float64Array, first: number, instants: number): Steps {
  const change = cleared(instants);
  for (let i = 0; i < begin.length; i++) {
    const from = begin[i]!;
    if (Number.isNaN(from)) continue;
    // Integers as the compiler knows them: an index that might be a fraction costs much more.
    change[(from - first) | 0]!++;
    const to = end[i]!;
    if (to < NEVER) change[(to - first) | 0]!--;
  }
  let steps = 0;
  for (let k = 0; k < instants; k++) if (change[k] !== 0) steps++;
  const t = new Float64Array(steps);
  const v = new Int32Array(steps);
  let n = 0;
  let open = 0;
  for (let k = 0; n < steps; k++) {
    if (change[k] === 0) continue;
    open += change[k]!;
    t[n] = first + k;
    v[n++] = open;
  }
  return { t, v };
}

function tableSteps(begin: Float64Array, end: Float64Array, first: number, instants: number): Steps {
  const begun = new Int32Array(instants);
  const ended = new Int32Array(instants);
  for (let i = 0; i < begin.length; i++) {
    if (Number.isNaN(begin[i]!)) continue;
    begun[(begin[i]! - first) | 0]!++;
    if (end[i]! < NEVER) ended[(end[i]! - first) | 0]!++;
  }
  const steps = new OpenCount(Math.min(instants, 2 * begin.length), 'begin-first');
  for (let k = 0; k < instants; k++) {
    if (begun[k]! > 0 || ended[k]! > 0) steps.change(first + k, begun[k]!, ended[k]!);
  }
  return steps.finish();
}

/** A cumulative count of events, as steps: what has begun never ends. */
export function cumulative(times: Float64Array): Steps {
  const t = times.slice();
  let n = 0;
  for (let i = 0; i < times.length; i++) if (Number.isFinite(times[i]!)) t[n++] = times[i]!;
  sortNumbers(t.subarray(0, n));
  // In place: the steps are never more than the events before them.
  const v = new Int32Array(n);
  let steps = 0;
  for (let i = 0; i < n; i++) {
    if (i + 1 < n && t[i + 1] === t[i]) continue;
    t[steps] = t[i]!;
    v[steps++] = i + 1;
  }
  return { t: t.subarray(0, steps), v: v.subarray(0, steps) };
}

/** Collects steps in ascending time; where the count does not change there is no step. */
class OpenCount {
  private readonly t: Float64Array;
  private readonly v: Int32Array;
  private count = 0;
  private open = 0;

  constructor(
    instants: number,
    private readonly ties: TieOrder,
  ) {
    const most = ties === 'begin-first' ? 2 * instants : instants;
    this.t = new Float64Array(most);
    this.v = new Int32Array(most);
  }

  change(at: number, begun: number, ended: number): void {
    if (this.ties === 'begin-first' && begun > 0 && ended > 0) {
      this.put(at, this.open + begun);
      this.open += begun - ended;
      this.put(nextAfter(at), this.open);
    } else {
      this.open += begun - ended;
      this.put(at, this.open);
    }
  }

  private put(time: number, value: number): void {
    const last = this.count - 1;
    if (last >= 0 && this.t[last] === time) this.v[last] = Math.max(this.v[last]!, value);
    else if ((last < 0 ? 0 : this.v[last]) !== value) {
      this.t[this.count] = time;
      this.v[this.count++] = value;
    }
  }

  finish(): Steps {
    // Views, not copies: what was never written takes no memory.
    return { t: this.t.subarray(0, this.count), v: this.v.subarray(0, this.count) };
  }
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
  const at = lastAtOrBefore(t, time);
  return at < 0 ? 0 : v[at]!;
}

/** Place of the last step at or before a time, -1 if there is none. */
export function lastAtOrBefore(t: Float64Array, time: number): number {
  let low = 0;
  let high = t.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** So many steps onward are tried one by one before a search. */
const NEAR_STEPS = 16;

/** The counts at many times; quick where each lies near the one before, as a client's times of sending do. */
export function valuesAt(steps: Steps, times: Float64Array): Float64Array {
  const { t, v } = steps;
  const values = new Float64Array(times.length);
  /** Of the last step at or before the time. */
  let at = -1;
  for (let i = 0; i < times.length; i++) {
    const time = times[i]!;
    if (at >= 0 && t[at]! > time) at = lastAtOrBefore(t, time);
    else {
      for (let near = 0; at + 1 < t.length && t[at + 1]! <= time; near++) {
        if (near === NEAR_STEPS) {
          at = lastAtOrBefore(t, time);
          break;
        }
        at++;
      }
    }
    values[i] = at < 0 ? 0 : v[at]!;
  }
  return values;
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
