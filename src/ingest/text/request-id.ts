/**
 * Finds the request id in a URL or request target. Without a pattern of the user's own it is the value of the query parameter
 * `id`, else of one of the usual names.
 */
export class RequestIdFinder {
  readonly #custom: ((text: string) => string | undefined) | undefined;

  /** @param custom finds the id by run.yaml's `requestId`; the caller has compiled it safely. */
  constructor(custom?: (text: string) => string | undefined) {
    this.#custom = custom;
  }

  /** The id in `target` (`/?id=17`, `http://host:80/x?request_id=a`), or `undefined`. */
  find(target: string): string | undefined {
    if (this.#custom) return this.#custom(target);
    const query = target.indexOf('?');
    if (query < 0) return undefined;
    return parameter(target, query, 'id') ?? otherName(target, query);
  }
}

const NAMES = 'request[_-]?id|req[_-]?id|rid|x-request-id|trace[_-]?id|seq|req|nr?|i';
const OTHER_NAMES = new RegExp(`[?&](?:${NAMES})=([^&#\\s"]+)`, 'i');
const ID_NAME = new RegExp(`^(?:id|counter|${NAMES})$`, 'i');

/** Whether something of that name, a sample variable for instance, holds request ids. */
export function isIdName(name: string): boolean {
  return name.length < 40 && ID_NAME.test(name);
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
