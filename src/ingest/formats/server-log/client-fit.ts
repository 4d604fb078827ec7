import type { ClientTime } from '../format.js';
import type { OrderedPair, StampedLine } from './learned-line.js';

/** Lines are written a little after the answer is; stamps are rounded, ms. */
const LATE_MS = 50;
/** Requests that the client knows, from which a share of them tells. */
const ENOUGH = 3;

/** When a request's two lines were written. */
export interface RequestTimes {
  readonly id: number;
  readonly lines: readonly [begin: Pick<StampedLine, 'stamp'>, end: Pick<StampedLine, 'stamp'>];
}

/** The two lines of one request, with their times and their order in the file. */
export interface RequestLines extends RequestTimes {
  readonly lines: readonly [begin: OrderedPair[0] & StampedLine, end: OrderedPair[1] & StampedLine];
}

/**
 * The share of requests that one offset of the clocks puts between what the client sent and what it was answered. Where two numbers
 * of a line both run like the client's ids, only the right one does so for nearly all:
 *
 *     10:00:01.201 handler/1 ENTER 5        the client sent 5 at .190 and 1 at .100, and has the answer to 5 at 11.5
 *     10:00:02.567 handler/1 LEAVE 5
 *
 * `undefined` if too few of the requests are the client's.
 */
export function clientFit(pairs: readonly RequestTimes[], times: ReadonlyMap<number, ClientTime>): number | undefined {
  const steps: (readonly [offset: number, by: 1 | -1])[] = [];
  let known = 0;
  for (const { id, lines } of pairs) {
    const sent = times.get(id);
    if (!sent?.answered) continue;
    known++;
    const [{ stamp: begun }, { stamp: ended }] = lines;
    const low = ended.ms - sent.until - LATE_MS;
    const high = begun.ms + begun.resolutionMs - sent.from;
    if (low <= high) steps.push([low, 1], [high, -1]);
  }
  if (known < ENOUGH) return undefined;
  steps.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let votes = 0;
  let most = 0;
  for (const [, by] of steps) {
    votes += by;
    most = Math.max(most, votes);
  }
  return most / known;
}
