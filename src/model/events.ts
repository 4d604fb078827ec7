import type { EpochMs } from './time.js';

/** What a log line says of a request, as a column's code. */
export const EVENT = {
  /** A worker took the request. */
  begin: 0,
  /** The worker was done with it. */
  end: 1,
  /** One line that tells both: `time` is the end, `duration` leads back to the begin. */
  span: 2,
} as const;

/** How sure a worker's identity is. */
export type IdentityKind =
  /** Process id and native thread id, or a thread name that the runtime numbers. */
  | 'numbered'
  /** A name without a number: many threads may share it. */
  | 'shared-name'
  /** A recycled identifier such as Python's `threading.get_ident()`. */
  | 'recycled-ident'
  /** Only a process id is known. */
  | 'process';

/** A server's worker as the log names it. */
export interface Worker {
  readonly pid?: number;
  /** Thread name, or native id where there is no name. */
  readonly thread?: string;
  readonly nativeId?: number;
  readonly identity: IdentityKind;
  /** The line calls it so, process and thread each: `pid=4711`, `"threadId": 8`; else its place tells what it is. */
  readonly pidCalled?: true;
  readonly threadCalled?: true;
  /** To which start of the server it belongs, where the log shows that it was started anew: 1 and up; absent for the first. */
  readonly start?: number;
}

/**
 * What server logs say of requests, in columns, in file order. All arrays have `count` entries. Times are as the file has
 * them until `align` has put them on the run's clock.
 */
export interface ServerEvents {
  readonly count: number;
  readonly source: Uint16Array;
  readonly line: Uint32Array;
  /** EpochMs; `NaN` if the line has no time. */
  readonly time: Float64Array;
  /** 1: the stamp stated its zone, `time` is absolute. 0: `time` is wall-clock time read as if UTC. */
  readonly zoned: Uint8Array;
  /** The stamp's resolution, ms. */
  readonly resolution: Float32Array;
  /** A value of `EVENT`. */
  readonly kind: Uint8Array;
  /** ms; `NaN` if the line tells none. */
  readonly duration: Float32Array;
  /** Resolution of `duration`, ms; `NaN` where there is none. */
  readonly durationResolution: Float32Array;
  /** Request id as `RequestIds` encodes it, `NaN` if none. */
  readonly id: Float64Array;
  /** Index into `workers`, `NONE_U32` if the line names none. */
  readonly worker: Uint32Array;
  /** HTTP status, 0 if the line tells none. */
  readonly status: Uint16Array;
  /** The process' own count of requests as the line gives it (`#12`), 0 if it gives none. */
  readonly serial: Uint32Array;
  /** Index into `patterns`: which kind of line it was. */
  readonly pattern: Uint8Array;
  readonly workers: readonly Worker[];
  /** Ids of the log patterns. */
  readonly patterns: readonly string[];
  /** Rows of which nothing in the file tells whether their stamp was the begin or the end; they are read as ends. Those without a duration tell one instant alone. */
  readonly untold?: readonly number[];
  /** Numbers that the lines do not name, by row and column; until all files are read, which may tell that they are processes. */
  readonly loose?: readonly ReadonlyMap<number, number>[];
}

/** Something that a server said of itself, not of one request. */
export type Notice =
  | { readonly kind: 'listening'; readonly host?: string; readonly port?: number; readonly path?: string }
  | { readonly kind: 'server'; readonly name: string; readonly version?: string }
  /** Settings stated by the server itself. */
  | {
      readonly kind: 'setting';
      readonly name: 'processes' | 'threads' | 'listen-backlog' | 'connections';
      readonly value: number;
    }
  | { readonly kind: 'worker-start'; readonly pid?: number }
  /** What serves one request at a time, each for as long as its process lives; coroutines share a thread. */
  | { readonly kind: 'worker-unit'; readonly unit: 'thread' | 'process' | 'coroutine' }
  | {
      readonly kind: 'worker-exit';
      readonly pid?: number;
      readonly cause: 'killed' | 'timeout' | 'recycled' | 'stopped' | 'unknown';
    }
  /** The listen queue was found full: `queued` waiting of `limit`. */
  | { readonly kind: 'queue-full'; readonly queued?: number; readonly limit?: number }
  /** Requests wait inside the server. */
  | { readonly kind: 'queue-depth'; readonly depth: number }
  /** An exception or error line that can explain a failed request. */
  | {
      readonly kind: 'exception';
      readonly name: string;
      readonly resource?: 'threads' | 'descriptors' | 'memory' | 'processes';
    }
  | { readonly kind: 'server-stop' }
  /** The access lines tell how long a server behind took: whoever wrote them stands in front. */
  | { readonly kind: 'stands-in-front' };

/** A notice with its place. */
export interface ServerNotice {
  readonly source: number;
  readonly line: number;
  /** As in `ServerEvents.time`; absent if the line has no time. */
  readonly time?: EpochMs;
  readonly zoned?: boolean;
  readonly notice: Notice;
}
