import type { Timeline } from '../model/timeline.js';

/** So many connections may be just closing, or kept for the next request. */
const KEPT = 2;

/**
 * Ports behind the one that clients connect to: some process that holds clients' connections also connects there, the workers that the log
 * names listen there, or the server says that it listens there, and not where clients connect.
 */
export function innerPorts({ sockets, served, notices }: Timeline, port: number): ReadonlySet<number> {
  const told = new Set(
    notices.flatMap(({ notice }) => (notice.kind === 'listening' && notice.port !== undefined ? [notice.port] : [])),
  );
  const besides = told.has(port) ? new Set<number>() : told;
  const front = new Set<number>();
  const workers = new Set(served?.workers.flatMap(({ pid }) => (pid === undefined ? [] : [pid])));
  const calls = new Map<number, Set<number>>();
  const listens = new Map<number, Set<number>>();
  const add = (map: Map<number, Set<number>>, key: number, pids: Iterable<number>) => {
    const known = map.get(key) ?? new Set();
    for (const pid of pids) known.add(pid);
    map.set(key, known);
  };
  for (const { connections, listeners } of sockets) {
    for (const tally of connections) {
      const pids = Object.keys(tally.pids ?? {}).map(Number);
      if (tally.side === 'server' && tally.port === port) for (const pid of pids) front.add(pid);
      if (tally.side === 'client' && tally.port !== port) add(calls, tally.port, pids);
    }
    for (const listener of listeners) if (listener.port !== port) add(listens, listener.port, listener.pids ?? []);
  }
  const inner = new Set<number>();
  for (const [other, pids] of listens) {
    const called = [...(calls.get(other) ?? [])].some((pid) => front.has(pid));
    const worked = [...pids].some((pid) => workers.has(pid));
    // Whoever holds clients' connections too listens at two ports, and one is not behind the other.
    const same = pids.size > 0 && [...pids].every((pid) => front.has(pid));
    const behind = called || ((worked || besides.has(other)) && !same);
    if (behind) inner.add(other);
  }
  if (inner.size === 0 && notices.some(({ notice }) => notice.kind === 'stands-in-front'))
    for (const other of onlyCalled(sockets, port)) inner.add(other);
  return inner;
}

/**
 * Of commands that name no owners: a server that says that it stands in front calls another on the same machine, if it is one listening port alone
 * that somebody there is connected to while clients are at its own, and by no more connections than it has clients.
 *
 *     ESTAB  10.0.0.1:8080    10.0.0.7:58328
 *     ESTAB  127.0.0.1:3000   127.0.0.1:41392
 *     ESTAB  127.0.0.1:41392  127.0.0.1:3000
 */
function onlyCalled(sockets: Timeline['sockets'], port: number): readonly number[] {
  const called = new Set<number>();
  const others = new Set<number>();
  for (const { connections, listeners } of sockets) {
    const at = (where: number, end: 'server' | 'client', of = 'ESTABLISHED') =>
      connections.reduce(
        (sum, { port: to, side, state, count }) => sum + (to === where && side === end && state === of ? count : 0),
        0,
      );
    const clients = at(port, 'server') + at(port, 'server', 'CLOSE_WAIT');
    for (const { port: other } of listeners) {
      if (other === port || at(other, 'client') === 0) continue;
      // Whoever holds connections for itself has them without any client too.
      if (at(other, 'server') > clients + KEPT) others.add(other);
      else if (clients > 0) called.add(other);
    }
  }
  const only = [...called].filter((one) => !others.has(one));
  return only.length === 1 ? only : [];
}
