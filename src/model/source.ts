import type { Message } from './message.js';
import type { EpochMs } from './time.js';

/** What a file turned out to be (`report.json`'s `sources[].kind`). */
export type SourceKind =
  | 'client-samples'
  | 'server-log'
  | 'socket-snapshots'
  | 'process-snapshots'
  | 'kernel-counters'
  | 'run-file'
  | 'unrecognised';

/** One thing that was wrong with a file, at one of its lines. */
export interface Problem {
  /** Physical line, from 1. Absent when the file as a whole is meant. */
  readonly line?: number;
  readonly message: Message;
  /** The line's text, cut at 200 characters. */
  readonly text?: string;
}

/** How many problems are kept with their text; the rest are counted. */
export const PROBLEMS_KEPT = 20;

/** What was found of the file's form, in short texts: `{ delimiter: "comma", time: "epoch ms", stamp: "start" }`. */
export type Variant = { readonly [what: string]: string };

/** Counts of what the file holds; keys by kind as in the contract. */
export type Counts = { readonly [what: string]: number | { readonly [key: string]: number } };

/** The ledger of one input file: what it was taken for, what of it was used, and what was not understood. */
export interface Source {
  /** Relative to the run folder, with `/`. */
  readonly path: string;
  /** Of the file's bytes as they lie on disk, hexadecimal. */
  readonly sha256: string;
  readonly kind: SourceKind;
  /** The reader's id: `jtl-csv`, `server-log`, … ; `unrecognised` if none took it. */
  readonly format: string;
  readonly variant: Variant;
  /** Physical lines; `used + ignored + skipped` is equal to it. */
  readonly lines: number;
  /** Lines that a fact came from. */
  readonly used: number;
  /** Lines understood and not needed. */
  readonly ignored: number;
  /** Lines not understood. */
  readonly skipped: number;
  /** Samples, log records or snapshots, as the kind has them. */
  readonly records: number;
  readonly counts: Counts;
  /** First and last time in the file on its own clock, zone applied where it is known. */
  readonly from?: EpochMs;
  readonly to?: EpochMs;
  /** The first `PROBLEMS_KEPT` problems. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
}
