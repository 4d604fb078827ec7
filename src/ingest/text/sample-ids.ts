import type { RequestIds } from '../../model/request-ids.js';
import { PathIds } from './path-id.js';
import { QueryKeys } from './query-ids.js';
import type { RequestIdFinder } from './request-id.js';
import type { SampleBuilder } from './sample-builder.js';

/**
 * The ids of a file's samples: named ones, or else words of their paths, which show only together whether they are ids. Where there are none,
 * keys of their queries are told that may hold ids under a name of their own.
 */
export class SampleIds {
  readonly #ids: RequestIds;
  readonly #finder: RequestIdFinder;
  readonly #builder: SampleBuilder;
  readonly #paths = new PathIds();
  /** `undefined` once an id was found without them. */
  #queries: QueryKeys | undefined;

  constructor({ ids, requestId }: { ids: RequestIds; requestId: RequestIdFinder }, builder: SampleBuilder) {
    this.#ids = ids;
    this.#finder = requestId;
    this.#builder = builder;
    this.#queries = requestId.isTold ? undefined : new QueryKeys();
  }

  /**
   * @param named the id that the sample tells
   * @param target its URL, or what else may hold its path
   */
  of(named: string | undefined, target: string): number {
    if (named !== undefined) this.#queries = undefined;
    this.#queries?.take(target);
    const wasOff = this.#paths.isOff;
    if (named === undefined && wasOff) return Number.NaN;
    const id = named === undefined ? this.#ofPath(target) : this.#ids.encode(named);
    if (named !== undefined && !wasOff) this.#paths.off();
    // All ids so far are words of paths, which are forgotten once something shows that they name no requests.
    if (this.#paths.isOff !== wasOff) this.#builder.forgetIds();
    return named === undefined && this.#paths.isOff ? Number.NaN : id;
  }

  #ofPath(target: string): number {
    const word = this.#finder.findInPath(target);
    if (word === undefined) {
      this.#paths.miss();
      return Number.NaN;
    }
    const id = this.#ids.encode(word);
    this.#paths.take(id);
    return id;
  }

  /** No more samples come. */
  finish(): void {
    const areInPaths = !this.#paths.isOff && this.#paths.areIds();
    if (!areInPaths) this.#builder.queryKeys = this.#queries?.keys() ?? [];
    if (this.#paths.isOff) return;
    if (areInPaths) this.#builder.idsInPath = true;
    else this.#builder.forgetIds();
  }
}
