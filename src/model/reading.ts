import type { ServerEvents, ServerNotice } from './events.js';
import type { RunFile } from './run-file.js';
import type { ClientSamples } from './samples.js';
import type { CounterSnapshot, ProcessSnapshot, SocketSnapshot } from './snapshot.js';
import type { Source } from './source.js';

/** What one file of a run yielded: its ledger and its facts, times still as the file has them. */
export interface Reading {
  readonly source: Source;
  readonly samples?: ClientSamples;
  readonly events?: ServerEvents;
  readonly notices?: readonly ServerNotice[];
  readonly sockets?: readonly SocketSnapshot[];
  readonly processes?: readonly ProcessSnapshot[];
  readonly counters?: readonly CounterSnapshot[];
  readonly runFile?: RunFile;
}
