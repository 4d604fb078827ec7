import type { Bound, Confidence } from './finding.js';
import type { Message } from './message.js';
import type { RunAnalysis } from './run-analysis.js';

/** A cell of the comparison table: what a run shows, ready to be said. */
export interface Cell {
  readonly text: Message;
  readonly bound: Bound;
  readonly confidence: Confidence;
  /** What to sort by; absent sorts last. */
  readonly sortBy?: number;
}

/** In what a run's load differs from most of the others, so that results do not compare like with like. */
export type Unlike = 'pace' | 'requests' | 'service-time' | 'duration';

export interface ComparisonRow {
  /** The run's id. */
  readonly run: string;
  readonly maxConcurrency: Cell;
  readonly backlog: Cell;
  readonly reuse: Cell;
  readonly overload: Cell;
  /** ms */
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly failed?: number;
  readonly unlike: readonly Unlike[];
}

/** The runs side by side, in argument order. */
export interface Comparison {
  readonly rows: readonly ComparisonRow[];
  /** Common scales for the small multiples: the longest run and the highest count, ms and requests. */
  readonly scale: { readonly durationMs: number; readonly count: number };
}

/** A run that was asked for and is left out, and why. */
export interface Lost {
  readonly run: string;
  readonly why: Message;
}

/** All that the renderer gets. */
export interface Analysed {
  readonly title?: string;
  readonly runs: readonly RunAnalysis[];
  readonly comparison: Comparison;
  /** Of runs that were asked for and could not be read: which, and why. */
  readonly lost?: readonly Message[];
}
