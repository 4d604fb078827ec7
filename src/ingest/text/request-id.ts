import { lastInPath } from './path-id.js';

/**
 * Finds the request id in a URL or request target. Without a pattern of the user's own it is the value of the query parameter
 * `id`, else of one of the usual names, else the word of the path that tells requests apart, where the client's has one.
 */
export class RequestIdFinder {
  readonly #custom: ((text: string) => string | undefined) | undefined;

  /** The paths of the client's requests name them. */
  readonly usesPath: boolean;

  /**
   * @param custom finds the id by run.yaml's `requestId`; the caller has compiled it safely.
   * @param usesPath the paths of the client's requests name them
   */
  constructor(custom?: (text: string) => string | undefined, usesPath = false) {
    this.#custom = custom;
    this.usesPath = usesPath;
  }

  /** The id in `target` (`/?id=17`, `http://host:80/x?request_id=a`), or `undefined`. */
  find(target: string): string | undefined {
    if (this.#custom) return this.#custom(target);
    return inQuery(target) ?? (this.usesPath ? lastInPath(target) : undefined);
  }

  /** The word of a path that may tell requests apart, of which the user has not told another place. */
  findInPath(target: string): string | undefined {
    return this.#custom ? undefined : lastInPath(target);
  }
}

const NAMES = 'request[_-]?id|req[_-]?id|rid|x-request-id|trace[_-]?id|seq|req|nr?|i';
const OTHER_NAMES = new RegExp(`[?&](?:${NAMES})=([^&#\\s"]+)`, 'i');
const ID_NAME = new RegExp(`^(?:id|counter|${NAMES})$`, 'i');

/** Whether something of that name, a sample variable for instance, holds request ids. */
export function isIdName(name: string): boolean {
  return name.length < 40 && ID_NAME.test(name);
}

function inQuery(target: string): string | undefined {
  const query = target.indexOf('?');
  return query < 0 ? undefined : (parameter(target, query, 'id') ?? otherName(target, query));
}

function otherName(target: string, query: number): string | undefined {
  return OTHER_NAMES.exec(target.slice(query, query + 2048))?.[1];
}

function parameter(target: string, query: number, name: string): string | undefined {
  for (let at = query; at >= 0; at = target.indexOf('&', at + 1)) {
    const value = at + 1 + name.length;
    if (target.charCodeAt(value) === 61 && target.startsWith(name, at + 1)) {
      let end = value + 1;
      while (end < target.length && !isEnd(target.charCodeAt(end))) end++;
      return end > value + 1 ? target.slice(value + 1, end) : undefined;
    }
  }
  return undefined;
}

/** `&`, `#`, blank or quote. */
function isEnd(code: number): boolean {
  return code === 38 || code === 35 || code === 32 || code === 34;
}
