/** What the readers of snapshots, process lists and counters say. */
export interface SocketIds {
  /** A row of `command` whose state word is unknown; empty: no state stands there and no command line names it. */
  'sockets.stateUnknown': { command: string; word: string };
  'sockets.valuesUnusable': { command: string; what: string };
  /** Part of a file that is of no use, with its name. */
  'sockets.partNotNeeded': { as: string };
  /** Times of day without a date. */
  'sockets.dateMissing': Record<string, never>;
  'sockets.snapshotsBounded': { limit: number };
  'sockets.rowsBounded': { limit: number };
  'sockets.processesBounded': { limit: number };
}
