import type { ServerEvents, Worker } from '../model/events.js';
import type { Reading } from '../model/reading.js';
import { NONE_U32 } from '../model/samples.js';

/** So many of a column's numbers must be processes that another file shows: of a few no look was taken while they served. */
const KNOWN_SHARE = 0.9;

/**
 * A column of numbers that a log does not name are the processes that served, if they are those that hold the server's sockets, or that a
 * list of processes shows under one name:
 *
 *     "GET /?id=1 HTTP/1.1" 200 3 836939 12        ESTAB 10.0.0.1:8080 … users:(("httpd",pid=12,fd=9))
 *     "GET /?id=2 HTTP/1.1" 200 3 808368 13        ESTAB 10.0.0.1:8080 … users:(("httpd",pid=13,fd=9))
 */
export function withKnownPids(readings: readonly Reading[]): readonly Reading[] {
  if (!readings.some(({ events }) => events?.loose)) return readings;
  const families = [holdersIn(readings), ...namesakesIn(readings)];
  return readings.map((reading) => {
    if (!reading.events?.loose) return reading;
    const { loose, ...events } = reading.events;
    // Who stands in front holds the sockets, and serves nothing.
    const inFront = reading.notices?.some(({ notice }) => notice.kind === 'stands-in-front');
    const column = inFront ? undefined : loose.find((numbers) => arePids(numbers, events, families));
    return { ...reading, events: column ? withWorkers(events, column) : events };
  });
}

function arePids(
  numbers: ReadonlyMap<number, number>,
  { worker }: Omit<ServerEvents, 'loose'>,
  families: readonly ReadonlySet<number>[],
): boolean {
  const different = [...new Set(numbers.values())];
  const isNamed = [...numbers.keys()].some((row) => worker[row] !== NONE_U32);
  const known = (pids: ReadonlySet<number>) => different.filter((n) => pids.has(n)).length;
  return !isNamed && families.some((pids) => known(pids) > 1 && known(pids) >= KNOWN_SHARE * different.length);
}

/** Those that hold connections at the server's end, or listen, and call no other server. */
function holdersIn(readings: readonly Reading[]): ReadonlySet<number> {
  const holders = new Set<number>();
  const callers = new Set<number>();
  for (const { listeners, connections } of readings.flatMap(({ sockets }) => sockets ?? [])) {
    for (const { pids } of listeners) for (const pid of pids ?? []) holders.add(pid);
    for (const { side, pids } of connections)
      for (const pid of Object.keys(pids ?? {})) (side === 'server' ? holders : callers).add(Number(pid));
  }
  for (const pid of callers) holders.delete(pid);
  return holders;
}

/** The processes of lists, by their command. */
function namesakesIn(readings: readonly Reading[]): readonly ReadonlySet<number>[] {
  const byCommand = new Map<string, Set<number>>();
  for (const { processes } of readings.flatMap((reading) => reading.processes ?? [])) {
    for (const { pid, command } of processes) {
      const known = byCommand.get(command);
      if (known) known.add(pid);
      else byCommand.set(command, new Set([pid]));
    }
  }
  return [...byCommand.values()];
}

function withWorkers(events: ServerEvents, pids: ReadonlyMap<number, number>): ServerEvents {
  const workers: Worker[] = [...events.workers];
  const codes = new Map<number, number>();
  const worker = events.worker.slice();
  for (const [row, pid] of pids) {
    const code = codes.get(pid) ?? workers.push({ pid, identity: 'process', pidCalled: true }) - 1;
    codes.set(pid, code);
    worker[row] = code;
  }
  return { ...events, worker, workers };
}
