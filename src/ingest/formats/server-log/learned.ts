import type { Stamp } from '../../../model/time.js';
import type { Who } from '../../logs/parts/who-found.js';
import type { ReadDuration } from './raw-durations.js';

/** How the line had been counted before it was learnt. */
export type Counted = 'used' | 'ignored' | 'skipped';

/** A line that a pattern did not take. */
export interface Candidate {
  readonly line: number;
  readonly text: string;
  readonly counted: Counted;
  /** The worker, where the logger's own form tells it. */
  readonly who?: Who;
  /** The time is that of the line above: no pattern for one line takes it. */
  readonly isOfTwo?: true;
}

/** A line as it was learnt. */
export interface LearnedRow {
  readonly line: number;
  readonly kind: 'begin' | 'end';
  readonly id: number;
  readonly counted: Counted;
  readonly stamp: Stamp | undefined;
  readonly who: Who;
  /** How long the request took that ends with the line, if it tells that. */
  readonly took?: ReadDuration;
}

/** What was found, with an example of each kind for the user to confirm. */
export interface Learned {
  readonly rows: readonly LearnedRow[];
  readonly begin: Candidate;
  /** Absent where each request has one line. */
  readonly end?: Candidate;
  /** What that one line tells. */
  readonly alone?: 'begin' | 'end';
  /** Patterns for run.yaml that take such lines, where they can be told. */
  readonly patterns?: { readonly begin: string; readonly end: string };
}
