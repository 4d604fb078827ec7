import { parseWho } from '../../logs/parts/who.js';
import { hasWho, type Who } from '../../logs/parts/who-found.js';

/** Requests from which a name that never comes again is told from one that does … */
const ENOUGH = 5;
/** … and those who come again are no more than such a share of the requests. */
const AGAIN_SHARE = 0.75;
/** Fewer may be the one name that all new processes' threads bear. */
const SEVERAL = 2;

/**
 * Who works by what stands beside the number, or else the name, in brackets that was taken for it: `(waitress-0) shop: [17]` by the first,
 * `18/Pool-0_1 [6e3c40]` as well.
 */
export function whoBeside(text: string, { pid, thread }: Who): Who {
  const word = pid === undefined ? thread : `${pid}`;
  if (word === undefined || !/^[\w-]{1,64}$/.test(word)) return {};
  const bracketed = new RegExp(`[[(<{]${word}[\\])>}]`).exec(text);
  if (!bracketed) return {};
  const before = parseWho(`${text.slice(0, bracketed.index)} `);
  return hasWho(before) ? before : parseWho(text.slice(bracketed.index + bracketed[0].length));
}

/**
 * The word in brackets names the request, and who stands beside it is the worker: of the former each comes with one request, of the latter
 * several come again and again.
 *
 *     (waitress-0) shop: [1] begun        (waitress-1) shop: [2] begun        (waitress-0) shop: [3] begun
 *
 * @param named names by that word, and `beside` without it, of so many requests
 */
export const namesRequests = (named: ReadonlySet<string>, beside: ReadonlySet<string>, requests: number): boolean =>
  requests >= ENOUGH && named.size >= requests && beside.size >= SEVERAL && beside.size <= AGAIN_SHARE * requests;
