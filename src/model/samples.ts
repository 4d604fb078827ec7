/**
 * How a request ended for the client, as a column's code. The names are the contract's (`requests.failuresByKind`);
 * `abandoned`: the client itself gave up when the test was stopped.
 */
export const OUTCOMES = [
  'succeeded',
  'refused',
  'reset',
  'connect-timeout',
  'read-timeout',
  'http-429',
  'http-503',
  'server-error',
  'other',
  'abandoned',
] as const;
export type Outcome = (typeof OUTCOMES)[number];
export type FailureKind = Exclude<Outcome, 'succeeded' | 'abandoned'>;

/** Code of an outcome in `ClientSamples.outcome`. */
export const OUTCOME_CODE = Object.fromEntries(OUTCOMES.map((name, code) => [name, code])) as Record<Outcome, number>;

/** Marks a missing value in an unsigned 32-bit column. */
export const NONE_U32 = 0xffff_ffff;

/** A key of the client's queries whose value differs in nearly each request. */
export interface QueryKey {
  readonly key: string;
  /** The first values. */
  readonly values: readonly string[];
}

/**
 * The client's requests in columns, one entry per request (transaction rows and sub-samples already left out), in file
 * order. All arrays have `count` entries.
 */
export interface ClientSamples {
  readonly count: number;
  /** Index into the list of sources. */
  readonly source: Uint16Array;
  /** Physical line on which the record begins. */
  readonly line: Uint32Array;
  /** Start of the sample, EpochMs; `NaN` if not recorded. */
  readonly start: Float64Array;
  /** From start to the end of the response, ms; `NaN` if not recorded. */
  readonly elapsed: Float32Array;
  /** From start to the first byte (includes connect), ms; `NaN` if not recorded. */
  readonly latency: Float32Array;
  /** From start to an established connection, ms; `NaN` if not recorded. */
  readonly connect: Float32Array;
  /** Index into `OUTCOMES`. */
  readonly outcome: Uint8Array;
  /** HTTP status, 0 if there was none. */
  readonly status: Uint16Array;
  /** Request id as `RequestIds` encodes it, `NaN` if none. */
  readonly id: Float64Array;
  /** Read from the other end, client threads would have two requests at once. */
  readonly stampShown?: true;
  /** Nothing tells which end it marks, though a log was there to ask: were it the end, the server's clock would be further ahead by so much, ms. */
  readonly tiedMs?: number;
  /** The ids are words of the URLs' paths. */
  readonly idsInPath?: true;
  /** No ids were found: keys of the URLs' queries that may hold some, as their values differ from request to request. */
  readonly queryKeys?: readonly QueryKey[];
  /** Index into `labels`, `NONE_U32` if none. */
  readonly label: Uint32Array;
  readonly labels: readonly string[];
  /** Ports that the samples' URLs named, with how often. */
  readonly ports: ReadonlyMap<number, number>;
  /**
   * Some connections broke without a message that says who broke them. Those that were cut while the test went on are told as `reset`, of so
   * many nothing tells, and they are `other`. Left out where all failures say what they are.
   */
  readonly untold?: number;
  /**
   * The stamps were printed by another program than the one that measured (`date` before or after `curl`): in steps of `stepMs`, and up
   * to `lagMs` from the moment that they mark. Left out where one program did both.
   */
  readonly loose?: { readonly stepMs: number; readonly lagMs: number };
}
