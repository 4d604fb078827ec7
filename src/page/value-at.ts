import type { Readout } from './data.js';

/** The count at a time; nothing where the recording does not tell. */
export function valueAt({ kind, t, v, reach = Number.POSITIVE_INFINITY }: Readout, at: number): number | undefined {
  const before = lastAtOrBefore(t, at);
  if (kind === 'steps') return before < 0 ? undefined : v[before];
  const after = before + 1;
  const nearest = before < 0 || (after < t.length && t[after]! - at < at - t[before]!) ? after : before;
  return nearest < t.length && Math.abs(t[nearest]! - at) <= reach ? v[nearest] : undefined;
}

/** Index of the last time that is not after `at`, -1 if none; times rise. */
function lastAtOrBefore(t: readonly number[], at: number): number {
  let [low, high] = [0, t.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
