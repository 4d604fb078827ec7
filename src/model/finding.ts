import type { Message } from './message.js';
import type { EpochMs } from './time.js';

export type Bound = 'exact' | 'at-least' | 'estimate' | 'unknown';
export type Confidence = 'high' | 'medium' | 'low';

/** A line of an input file that shows something. */
export interface Evidence {
  /** Path relative to the run folder. */
  readonly source: string;
  readonly line: number;
  /** What the line shows. */
  readonly says: Message;
  /** The line's text; put in by `quote`. */
  readonly text?: string;
  /** Lines before and after, put in by `quote`; `line` is that of the first. */
  readonly context?: { readonly firstLine: number; readonly lines: readonly string[] };
}

/** One way of finding a value, and what it came to. */
export interface Method {
  readonly name: Message;
  readonly value: number | string | undefined;
  readonly agrees: boolean;
}

/** What every finding carries. */
export interface Finding {
  readonly bound: Bound;
  readonly confidence: Confidence;
  readonly statement: Message;
  readonly evidence: readonly Evidence[];
  readonly methods: readonly Method[];
  readonly caveats: readonly Message[];
  /** What to record to know more; each sentence has a command that can be pasted. */
  readonly recordNext: readonly Message[];
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The most requests in service at one instant. */
export interface MaxConcurrency extends Finding {
  readonly value?: number;
  readonly range?: Range;
}

export type Where = 'kernel' | 'server' | 'both' | 'none' | 'unknown';

/** The most requests connected but not yet in service at one instant. */
export interface Backlog extends Finding {
  readonly value?: number;
  readonly range?: Range;
  readonly where: Where;
  readonly kernel?: number;
  readonly server?: number;
}

export type ReusePattern = 'per-request' | 'reused' | 'recycled' | 'single' | 'event-loop' | 'inconclusive' | 'unknown';
export type WorkerUnit = 'thread' | 'process' | 'coroutine';

/** Whether workers serve again. */
export interface Reuse extends Finding {
  readonly pattern: ReusePattern;
  readonly unit?: WorkerUnit;
  /** Distinct workers seen. */
  readonly workers?: number;
  /** Distinct processes seen. */
  readonly processes?: number;
  readonly requestsPerWorker?: { readonly min: number; readonly median: number; readonly max: number };
  readonly recycledAfter?: number;
}

export type OverloadOutcome =
  | 'refused'
  | 'reset'
  | 'connect-timeout'
  | 'read-timeout'
  | 'http-429'
  | 'http-503'
  | 'server-error'
  | 'queued'
  | 'none-observed'
  | 'outage'
  | 'unknown';

/** What happened to requests beyond capacity and backlog. */
export interface Overload extends Finding {
  readonly outcome: OverloadOutcome;
  /** When the first request met that fate (its start). */
  readonly onsetAt?: EpochMs;
  /** How many met it. */
  readonly requests?: number;
}

/** A known limit that fits a number that was seen. */
export interface Cause {
  /** Id of the rule. */
  readonly limit: string;
  readonly value: number;
  /** What it explains: `maxConcurrency`, `backlog`, `overload`. */
  readonly explains: 'maxConcurrency' | 'backlog' | 'overload';
  readonly because: Message;
  readonly confidence: Confidence;
}

export interface Findings {
  readonly maxConcurrency: MaxConcurrency;
  readonly backlog: Backlog;
  readonly reuse: Reuse;
  readonly overload: Overload;
  readonly causes: readonly Cause[];
}
