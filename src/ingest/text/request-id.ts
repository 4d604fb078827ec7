import { lastInPath } from './path-id.js';

/** Where the ids of the client's requests stand, if under none of the usual names. */
export interface IdPlace {
  /** The paths of the client's requests name them. */
  readonly inPath?: boolean;
  /** A key of their queries does. */
  readonly key?: string;
}

/**
 * Finds the request id in a URL or request target. Without a pattern of the user's own it is the value of the query parameter
 * `id`, else of one of the usual names, else of the key, or the word of the path, that tells requests apart, where the client's has one.
 */
export class RequestIdFinder {
  readonly #custom: ((text: string) => string | undefined) | undefined;

  readonly #place: IdPlace;

  /** @param custom finds the id by run.yaml's `requestId`; the caller has compiled it safely. */
  constructor(custom?: (text: string) => string | undefined, place: IdPlace = {}) {
    this.#custom = custom;
    this.#place = place;
  }

  /** The user told where ids stand. */
  get isTold(): boolean {
    return this.#custom !== undefined;
  }

  /** Nothing but their difference says that they are ids. */
  get isGuess(): boolean {
    return !this.isTold && (this.#place.inPath === true || this.#place.key !== undefined);
  }

  /** The id in `target` (`/?id=17`, `http://host:80/x?request_id=a`), or `undefined`. */
  find(target: string): string | undefined {
    if (this.#custom) return this.#custom(target);
    const { inPath, key } = this.#place;
    return inQuery(target, key) ?? (inPath ? lastInPath(target) : undefined);
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

function inQuery(target: string, key: string | undefined): string | undefined {
  const query = target.indexOf('?');
  if (query < 0) return undefined;
  const named = parameter(target, query, 'id') ?? otherName(target, query);
  return named ?? (key === undefined ? undefined : parameter(target, query, key));
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
