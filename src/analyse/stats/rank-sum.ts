/**
 * How many standard deviations the ranks of the first list lie below what chance would give them among both (Mann and Whitney's test);
 * equal values share their rank. Both lists ascending.
 */
export function lowerRanks(a: Float32Array, b: Float32Array): number {
  let below = 0;
  let equal = 0;
  let from = 0;
  let to = 0;
  for (const x of a) {
    while (from < b.length && b[from]! < x) from++;
    while (to < b.length && b[to]! <= x) to++;
    below += from;
    equal += Math.max(0, to - from);
  }
  const pairs = a.length * b.length;
  return (pairs / 2 - below - equal / 2) / Math.sqrt((pairs * (a.length + b.length + 1)) / 12);
}
