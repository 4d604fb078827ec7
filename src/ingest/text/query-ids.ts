import { RequestIds } from '../../model/request-ids.js';
import type { QueryKey } from '../../model/samples.js';
import { PathIds } from './path-id.js';

/** Longest query that is looked at, characters. */
const MAX_QUERY = 2_048;
/** Keys that are looked at, those that come first. */
const MAX_KEYS = 12;
/** Requests by which keys are judged. */
const MAX_JUDGED = 20_000;
/** Values kept of each, by which a log is asked whether it has them. */
const MAX_VALUES = 500;
/** A key with its value, if that may be an id: longer ones are contents. */
const PAIR = /[?&]([\w.[\]-]{1,40})=([A-Za-z0-9][A-Za-z0-9_-]{0,63})(?=[&#\s"]|$)/g;

/**
 * Keys of queries that may name the requests, whatever they are called. Which of them does, if any, only the server's log can tell: the number
 * that defeats a cache differs each time as well.
 *
 *     /cart?lang=de&token=8ddf8780     lang: the same each time     token: another one each time
 */
export class QueryKeys {
  readonly #ids = new RequestIds();
  readonly #keys = new Map<string, { readonly judged: PathIds; readonly values: Set<string> }>();
  #count = 0;

  take(target: string): void {
    const query = target.indexOf('?');
    if (query < 0 || this.#count++ >= MAX_JUDGED) return;
    for (const [, key = '', value = ''] of target.slice(query, query + MAX_QUERY).matchAll(PAIR)) {
      let known = this.#keys.get(key);
      if (!known) {
        if (this.#keys.size >= MAX_KEYS) continue;
        known = { judged: new PathIds(), values: new Set() };
        this.#keys.set(key, known);
      }
      if (known.judged.isOff) continue;
      known.judged.take(this.#ids.encode(value));
      if (known.values.size < MAX_VALUES) known.values.add(value);
    }
  }

  /** Those whose values differ. */
  keys(): readonly QueryKey[] {
    return [...this.#keys]
      .filter(([, { judged }]) => judged.areIds())
      .map(([key, { values }]) => ({ key, values: [...values] }));
  }
}
