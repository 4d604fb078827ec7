import { lastAtOrBefore, type Steps } from './steps.js';

/** The highest count within a time. */
export function mostBetween({ t, v }: Steps, from: number, to: number): number {
  const at = lastAtOrBefore(t, from);
  let most = at < 0 ? 0 : v[at]!;
  for (let i = at + 1; i < t.length && t[i]! <= to; i++) most = Math.max(most, v[i]!);
  return most;
}
