import { NONE_U32 } from '../../model/samples.js';
import type { ServedRequests } from '../../model/timeline.js';

/** A worker's requests must take so many times the time that it had, to have been at once beyond what durations err by. */
const BUSIER = 1.2;

/**
 * Workers whose requests took longer together than there was time from the first to the last: they had so many at once, on average, however
 * coarse the stamps are. Only durations that the log states are exact enough to be added up.
 *
 *     0.77 s + 0.77 s + … + 0.77 s = 162 s     within 2 s by the clock: about 54 at once
 */
export function busierThanTime(served: ServedRequests): ReadonlyMap<number, number> {
  const { count, begin, end, worker, beginsDerived, resolutionMs } = served;
  const atOnce = new Map<number, number>();
  if (!beginsDerived) return atOnce;
  const spans = new Map<number, { from: number; to: number; sum: number }>();
  for (let i = 0; i < count; i++) {
    const code = worker[i]!;
    if (code === NONE_U32 || !Number.isFinite(end[i]!)) continue;
    const span = spans.get(code) ?? { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY, sum: 0 };
    span.from = Math.min(span.from, begin[i]!);
    span.to = Math.max(span.to, end[i]!);
    span.sum += end[i]! - begin[i]!;
    spans.set(code, span);
  }
  for (const [code, { from, to, sum }] of spans) {
    const times = sum / (to - from + resolutionMs);
    if (times > BUSIER) atOnce.set(code, Math.ceil(times));
  }
  return atOnce;
}
