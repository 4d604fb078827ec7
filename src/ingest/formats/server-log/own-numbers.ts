import type { Kind } from './occurrences.js';

/** Lines to each number, from which on it is somebody's … */
const LINES_EACH = 3;
/** … where there are no more of them than this share of the client's ids. */
const PART = 0.5;
/** Numbers that the client has not, and ids of its that no line has: so many of either are no lost lines. */
const OTHERS = 3;

/**
 * Whether numbers that nothing calls ids may be the client's: those of workers run like them.
 *
 *     client's ids    1 2 3 4 5 … 55
 *     worker          1 2 3 4 5 1 2 3 …       each comes again and again
 *     thread          6 7 8 9 10 … 60         as many as the client's, and not the same
 */
export function mayBeIds({ at, others, called }: Kind, clientIds: number): boolean {
  if (clientIds === 0 || called) return true;
  if (at.count >= LINES_EACH * at.distinct && at.distinct <= PART * clientIds) return false;
  return !areAsMany(clientIds, at.distinct, others.distinct);
}

/** As many numbers as the client has ids, but not the same: `known` of them are. */
export function areAsMany(clientIds: number, known: number, others: number): boolean {
  return others >= OTHERS && clientIds - known === others;
}
