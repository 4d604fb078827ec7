import type { Worker } from '../../../model/events.js';
import { NONE_U32 } from '../../../model/samples.js';
import type { Who } from '../../logs/parts/who-found.js';
import { Dictionary } from '../../text/columns.js';

/** Distinct workers of a file; more are counted as unnamed. A server that forks per request stays far below. */
const MAX_WORKERS = 500_000;
/** Characters of a thread's name that are kept. */
const NAME_KEPT = 200;

/** The workers that a log names, each by a number. */
export class WorkerCodes {
  readonly #keys = new Dictionary(MAX_WORKERS);
  readonly all: Worker[] = [];

  /** Workers that had no room. */
  get overflowed(): number {
    return this.#keys.overflowed;
  }

  /** A worker's place in `all`; `NONE_U32` for none. */
  codeOf({ pid, thread, nativeId, identity, pidCalled, threadCalled }: Who): number {
    if (pid === undefined && thread === undefined && nativeId === undefined) return NONE_U32;
    const code = this.#keys.encode(`${pid ?? ''}\u0000${nativeId ?? ''}\u0000${thread ?? ''}`, NONE_U32);
    if (code === this.all.length) {
      this.all.push({
        ...(pid === undefined ? {} : { pid }),
        // A copy: a part of a text keeps the whole of it in memory.
        ...(thread === undefined ? {} : { thread: Buffer.from(thread.slice(0, NAME_KEPT)).toString() }),
        ...(nativeId === undefined ? {} : { nativeId }),
        identity: identity ?? (nativeId === undefined && thread === undefined ? 'process' : 'numbered'),
        ...(pidCalled ? { pidCalled } : {}),
        ...(threadCalled ? { threadCalled } : {}),
      });
    }
    return code;
  }
}
