import type { ReusePattern } from '../../../model/finding.js';
import type { ServedRequests } from '../../../model/timeline.js';
import type { View } from '../../view.js';
import { type Life, slotsOf } from './lives.js';
import { isCalledThread, isMainThread } from './names.js';

/** The server died, and whoever served its first request then is in no line. */
export const isNewAtDeath = ({ outage }: View, { beginsDerived, workers }: ServedRequests): boolean =>
  outage !== undefined && beginsDerived && workers.length > 1;

/**
 * Whether what stands in a learned line is the worker: a thread that is called so, or words that come again, of which as many are at work
 * at once as requests were in service at the limit: what counts them knows nothing of names.
 */
export function isConfirmed(
  served: ServedRequests,
  lives: readonly Life[],
  pattern: ReusePattern,
  limit: number | undefined,
): boolean {
  if (pattern === 'reused' || pattern === 'recycled') return limit !== undefined && slotsOf(lives) === limit;
  const says = pattern === 'per-request' ? isCalledThread : isMainThread;
  return lives.every(({ worker }) => says(served.workers[worker]!));
}
