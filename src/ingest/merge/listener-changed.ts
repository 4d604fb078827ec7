import type { Listener, SocketSnapshot } from '../../model/snapshot.js';
import type { EpochMs } from '../../model/time.js';

/** Between these looks whoever listens at the server's port was started anew. */
export interface ListenerChange {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Changes of who listens at the port: none of the processes of before holds the listener any more. A look that lists listeners, and none at
 * the port, shows it as well, unless one of before listens again; where no owners are told, that alone.
 *
 *     12:00:01  :8080 LISTEN 4002      12:00:03  :22 LISTEN 612      12:00:05  :8080 LISTEN 4003
 *
 * @param looks in order of time, on the clock that the answer is wanted in
 */
export function listenerChanges(looks: readonly SocketSnapshot[], port: number | undefined): readonly ListenerChange[] {
  const changes: ListenerChange[] = [];
  let last: Seen | undefined;
  let gone = false;
  for (const { time, shows, listeners } of looks) {
    if (time === undefined || !shows.listeners || listeners.length === 0) continue;
    const own = listeners.filter((one) => one.port === port);
    if (own.length === 0) {
      gone = true;
      continue;
    }
    const seen = { time, pids: pidsOf(own) };
    if (last && areOthers(last.pids, seen.pids, gone)) changes.push({ from: last.time, to: time });
    last = seen;
    gone = false;
  }
  return changes;
}

interface Seen {
  readonly time: EpochMs;
  readonly pids: readonly number[];
}

const pidsOf = (own: readonly Listener[]): readonly number[] => own.flatMap(({ pids }) => pids ?? []);

const areOthers = (old: readonly number[], now: readonly number[], gone: boolean): boolean =>
  old.length > 0 && now.length > 0 ? now.every((pid) => !old.includes(pid)) : gone;
