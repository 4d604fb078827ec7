import type { Statement } from './statement.js';

/** Answers that arrive within so much of each other after their end, ms … */
const ALIKE_MS = 10;
/** … so large a part of them … */
const MOST = 0.8;
/** … and so many, had nothing but the network between. */
const ENOUGH = 10;
/** Networks take no longer than this from the server to the client, ms. */
const WAY_BACK_MS = 200;

/** An interval of the clocks' difference, ms. */
interface Room {
  readonly low: number;
  readonly high: number;
}

/**
 * Where all requests wait (the server's log begins in the midst of a queue), the begins leave the difference of the clocks open by the
 * shortest wait. Ends and answers tell it: where every answer arrives as long after its end, the network alone is between, and that
 * takes little.
 *
 *     client   a|·····wait·····           e|       e − d alike in all, a − b in none
 *     server                   b|██████|d
 *
 * `undefined` where that is not so, or leaves no less room.
 */
export function roomByDelivery(statements: readonly Statement[], { low, high }: Room): Room | undefined {
  if (!(high - low > WAY_BACK_MS)) return undefined;
  const alike = (side: Statement['side'], bound: number) => {
    const all = statements.filter((one) => one.side === side);
    const near = all.filter(({ value }) => Math.abs(value - bound) <= ALIKE_MS).length;
    return near >= ENOUGH && near >= MOST * all.length;
  };
  // Begins that are all as long after their sending tell as well that nothing is between, and which it is cannot be told.
  return alike('at-least', low) && !alike('at-most', high) ? { low, high: low + WAY_BACK_MS } : undefined;
}
