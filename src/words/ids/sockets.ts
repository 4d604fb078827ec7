/** What the readers of snapshots, process lists and counters say. */
export interface SocketIds {
  'sockets.none': Record<string, never>;
}
