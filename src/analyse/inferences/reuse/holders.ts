import type { Listener } from '../../../model/snapshot.js';
import type { Timeline } from '../../../model/timeline.js';

/** How many accepted connections of the server's a process holds, in one snapshot. */
interface Holding {
  readonly time: number | undefined;
  readonly pid: number;
  readonly connections: number;
}

/** Who holds the server's connections, snapshot by snapshot. */
export const holdingsOf = ({ sockets, port }: Timeline): readonly Holding[] =>
  sockets.flatMap(({ time, connections }) =>
    connections
      .filter((one) => one.side === 'server' && one.state === 'ESTABLISHED' && one.port === port?.value)
      .flatMap(({ pids = {} }) => Object.entries(pids).map(([pid, n]) => ({ time, pid: Number(pid), connections: n }))),
  );

/** Who holds connections that are accepted, and how many at most at once. */
export function held(timeline: Timeline): { readonly pids: ReadonlySet<number>; readonly most: number } {
  const holdings = holdingsOf(timeline);
  return {
    pids: new Set(holdings.map(({ pid }) => pid)),
    most: holdings.reduce((most, { connections }) => Math.max(most, connections), 0),
  };
}

/** The sockets that listen at the server's port, in all snapshots. */
export const listenersOf = ({ sockets, port }: Timeline): readonly Listener[] =>
  sockets.flatMap(({ listeners }) => listeners.filter((one) => one.port === port?.value));
