import type { ClientTime } from '../format.js';
import { clientFit, type RequestTimes } from './client-fit.js';

/** Of the client's own ids so many fit its times: a few lines may change places. */
const FITS = 0.95;

/**
 * Whether numbers that run like the client's ids are the server's own count of what it begins: they go up from line to line, and as the client's they
 * would have been begun before they were sent, or ended after their answer.
 *
 *     #9 processing request       the ninth that was begun, whichever the client sent as its ninth
 *
 * @param requests in the order of their begins
 */
export function isOwnCount(requests: readonly RequestTimes[], times: ReadonlyMap<number, ClientTime>): boolean {
  const goesUp = requests.every(({ id }, i) => i === 0 || id > requests[i - 1]!.id);
  return goesUp && (clientFit(requests, times) ?? 1) < FITS;
}
