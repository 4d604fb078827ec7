import type { EpochMs } from '../../model/time.js';

/** The client stamps whole milliseconds, start and elapsed each: two roundings, ms. */
export const CLIENT_ROUNDING_MS = 2;

/** Clocks kept by the network agree to less than this, ms: where several differences are possible, that they do is the likeliest. */
export const KEPT_TIME_MS = 1000;

/** Stamps of whole seconds, and of milliseconds and finer, are cut, ms: those between are often floats printed to one or two decimals, … */
const CUT_FROM_MS = 1000;
const CUT_TO_MS = 1;
/** … which rounds them up by so much of their step at most. */
const ROUNDED_UP = 0.5;

/** What one pair of the same request says of server clock less client clock: `at-least` or `at-most` so much (ms). */
export interface Statement {
  readonly side: 'at-least' | 'at-most';
  readonly value: number;
  /** When, on the client's clock. */
  readonly at: EpochMs;
  /** The stamp states its zone: the value is the clocks' difference alone, else the zone is in it. */
  readonly zoned: boolean;
  /** Of the log line's stamp, ms. */
  readonly stepMs: number;
  /** Place of the log line, by which a step of the clock within the log is found. */
  readonly source: number;
  readonly line: number;
}

export interface Assumed {
  /** They hold if no request was served for a shorter time than the quickest answer took. */
  readonly statements: readonly Statement[];
  /** The longest that any request of the client was under way: so long one may wait here, ms. */
  readonly longestMs: number;
  /** Requests were served whose clients had gone: the server is behind by as long as it takes to work them off. */
  readonly inVain: boolean;
}

/** All statements, and how many distinct requests made them. */
export interface Pairs {
  readonly statements: readonly Statement[];
  readonly matched: number;
  /** What would bound the other side; asked for only where causality bounds one side alone. */
  assumed(): Assumed;
  /** The requests fit as well if the clocks differ by so much more, ms: two tests alike, of which the one or the other is the client's. */
  readonly orElseMs?: number;
}

export const NO_PAIRS: Pairs = {
  statements: [],
  matched: 0,
  assumed: () => ({ statements: [], longestMs: 0, inVain: false }),
};

/** The server's stamp of a line, with what its statement needs of it. */
export interface Stamp {
  readonly time: number;
  readonly resolution: number;
  readonly zoned: boolean;
  readonly source: number;
  readonly line: number;
}

/** A line that can't have been written before the client's `since`. */
export function notBefore(stamp: Stamp, since: number): Statement {
  return statement('at-most', stamp.time + stamp.resolution - since, since, stamp);
}

/** A line that can't have been written after the client's `until`. */
export function notAfter(stamp: Stamp, until: number): Statement {
  const { time, resolution } = stamp;
  const roundedMs = resolution > CUT_TO_MS && resolution < CUT_FROM_MS ? ROUNDED_UP * resolution : 0;
  return statement('at-least', time - roundedMs - until - CLIENT_ROUNDING_MS, until, stamp);
}

/** Written out: there are two of them for each request, and rest and spread would make as many objects more. */
function statement(side: Statement['side'], value: number, at: number, stamp: Stamp): Statement {
  const { zoned, source, line, resolution } = stamp;
  return { side, value, at, zoned, stepMs: resolution, source, line };
}
