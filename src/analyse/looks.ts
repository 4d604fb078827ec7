import type { ConnectionTally, Listener, SocketSnapshot } from '../model/snapshot.js';
import type { Timeline } from '../model/timeline.js';
import { innerPorts } from './inner-ports.js';

/** A place in a file. */
export interface Place {
  readonly source: number;
  readonly line: number;
}

/** A count with the line where it was first seen. */
export interface Seen extends Place {
  readonly value: number;
}

/** What one moment's snapshots show of the port that clients connect to. A key is left out where no command told. */
export interface Look extends Place {
  /** EpochMs on the client's clock; absent if nothing tells. */
  readonly at?: number;
  /** It may have been taken so much later, since its stamp is of whole seconds; absent if that is of milliseconds, ms. */
  readonly lateMs?: number;
  /** ESTABLISHED at the server's end, accepted or not. */
  readonly established?: Seen;
  /** Of these, with a process that holds them: accepted. */
  readonly owned?: Seen;
  /** Of these, with data that nobody has read yet. */
  readonly unread?: Seen;
  /** The most connections that one process holds, where owners are told. */
  readonly perProcess?: number;
  /** Of these, held by nobody: in the accept queue. */
  readonly ownerless?: Seen;
  /** Accepted and closed by the client, not yet by the server. */
  readonly closeWait?: Seen;
  readonly synRecv?: Seen;
  /** Clients whose handshake does not come through. */
  readonly synSent?: Seen;
  /** ESTABLISHED at the client's end. */
  readonly clientEstablished?: Seen;
  /** Recv-Q of the listening sockets: waiting to be accepted. */
  readonly queued?: Seen;
  /** The backlog in force, of all listening sockets of the port. */
  readonly limit?: number;
  /** Some listening socket holds more than its backlog: full. */
  readonly full: boolean;
  /** Waiting at listening sockets behind the port: a router's or proxy's inner queue. */
  readonly inner?: Inner;
}

/** The listening sockets behind the port. */
export interface Inner extends Seen {
  readonly port: number;
  readonly limit?: number;
  readonly full: boolean;
  /** Connections there that were accepted, where a command lists them. */
  readonly accepted?: Seen & { readonly owned: boolean; readonly perProcess?: number };
}

/** Looks at the server's port, in time order, those without time last. Sections of one moment are one look. */
export function looksAt(timeline: Timeline): readonly Look[] {
  const port = timeline.port?.value;
  if (port === undefined) return [];
  const inner = innerPorts(timeline, port);
  const looks = moments(timeline.sockets).map((sections) => lookOf(sections, port, inner));
  const timed = looks.flatMap(({ at }) => (at === undefined ? [] : [at]));
  return isOfSeconds(timed) ? looks.map((look) => ({ ...look, lateMs: SECOND_MS })) : looks;
}

const SECOND_MS = 1000;
/** So many stamps with one fraction of a second are no chance. */
const ENOUGH_STAMPS = 3;
/** Fractions are the same within this, since a drift of the clocks was taken out, ms. */
const SAME_MS = 2;

/** `date` without a fraction: whatever shift put the stamps on the client's clock, their fractions are the same. */
function isOfSeconds(times: readonly number[]): boolean {
  const first = times[0] ?? 0;
  const off = (at: number) => Math.abs(at - first - SECOND_MS * Math.round((at - first) / SECOND_MS));
  return times.length >= ENOUGH_STAMPS && times.every((at) => off(at) <= SAME_MS);
}

function moments(sockets: readonly SocketSnapshot[]): readonly (readonly SocketSnapshot[])[] {
  const groups: SocketSnapshot[][] = [];
  let last: SocketSnapshot | undefined;
  for (const snapshot of sockets) {
    // Without a time, sections that follow each other in one file and show different things are one look.
    const same =
      last && last.time === snapshot.time && (snapshot.time !== undefined || joins(groups.at(-1)!, snapshot));
    if (same) groups.at(-1)!.push(snapshot);
    else groups.push([snapshot]);
    last = snapshot;
  }
  return groups;
}

function joins(group: readonly SocketSnapshot[], next: SocketSnapshot): boolean {
  return group.every(
    ({ source, shows }) =>
      source === next.source &&
      !(shows.connections && next.shows.connections) &&
      !(shows.listeners && next.shows.listeners),
  );
}

function lookOf(sections: readonly SocketSnapshot[], port: number, inner: ReadonlySet<number>): Look {
  const withRows = sections.filter(({ shows }) => shows.connections);
  // A section that names owners tells more; of equals the first.
  const table = withRows.find(({ shows }) => shows.owners) ?? withRows[0];
  const queues = queueTable(sections, port);
  const { source, line, time } = sections[0]!;
  return {
    source,
    line,
    ...(time === undefined ? {} : { at: time }),
    ...(table ? connectionsOf(table, port) : {}),
    ...(queues ? queueOf(queues, port) : { full: false }),
    ...(queues ? innerOf(sections, table, inner) : {}),
  };
}

/** The section that tells the queue of the port, the one with a limit first. */
function queueTable(sections: readonly SocketSnapshot[], port: number): SocketSnapshot | undefined {
  const telling = sections.filter(({ listeners }) => listeners.some((l) => l.port === port && l.queued !== undefined));
  return telling.find(({ listeners }) => listeners.some((l) => l.port === port && l.limit !== undefined)) ?? telling[0];
}

type Connections = Omit<Look, 'queued' | 'limit' | 'full' | 'inner' | 'source' | 'line' | 'at' | 'lateMs'>;

function connectionsOf(table: SocketSnapshot, port: number): Connections {
  const ports = new Set([port]);
  const at = (side: 'server' | 'client', state: string, owner?: string) => rowsOf(table, ports, side, state, owner);
  const owners = namesOwners(table, ports);
  return {
    established: at('server', 'ESTABLISHED'),
    closeWait: at('server', 'CLOSE_WAIT'),
    synRecv: at('server', 'SYN_RECV'),
    synSent: at('client', 'SYN_SENT'),
    clientEstablished: at('client', 'ESTABLISHED'),
    ...(owners
      ? {
          owned: at('server', 'ESTABLISHED', 'some'),
          unread: rowsOf(table, ports, 'server', 'ESTABLISHED', 'some', 'withData'),
          ownerless: at('server', 'ESTABLISHED', 'none'),
          perProcess: mostPerProcess(table.connections, ports),
        }
      : {}),
  };
}

/** How many rows of a kind there are, at the first of them. */
function rowsOf(
  { connections, source, line }: SocketSnapshot,
  ports: ReadonlySet<number>,
  side: 'server' | 'client',
  state: string,
  owner?: string,
  counted: 'count' | 'withData' = 'count',
): Seen {
  let value = 0;
  let first: number | undefined;
  for (const tally of connections) {
    if (!ports.has(tally.port) || tally.side !== side || tally.state !== state) continue;
    if (owner !== undefined && tally.owner !== owner) continue;
    value += tally[counted];
    first = Math.min(first ?? tally.line, tally.line);
  }
  return { value, source, line: first ?? line };
}

const namesOwners = ({ shows, connections }: SocketSnapshot, ports: ReadonlySet<number>): boolean =>
  shows.owners && connections.some((tally) => ports.has(tally.port) && tally.owner === 'some');

function mostPerProcess(connections: readonly ConnectionTally[], ports: ReadonlySet<number>): number {
  const held = new Map<string, number>();
  for (const { port: at, side, state, pids } of connections) {
    if (!ports.has(at) || side !== 'server' || state !== 'ESTABLISHED') continue;
    for (const [pid, n] of Object.entries(pids ?? {})) held.set(pid, (held.get(pid) ?? 0) + n);
  }
  return Math.max(0, ...held.values());
}

function queueOf({ source, listeners }: SocketSnapshot, port: number): Pick<Look, 'queued' | 'limit' | 'full'> {
  const own = listeners.filter((one) => one.port === port && one.queued !== undefined);
  return { queued: seen(own, source), ...limitOf(own), full: own.some(isFull) };
}

function seen(listeners: readonly Listener[], source: number): Seen {
  const value = listeners.reduce((sum, { queued }) => sum + (queued ?? 0), 0);
  // The line of the fullest one is what shows the sum best.
  const fullest = listeners.reduce((a, b) => ((b.queued ?? 0) > (a.queued ?? 0) ? b : a));
  return { value, source, line: fullest.line };
}

function limitOf(listeners: readonly Listener[]): { limit?: number } {
  if (listeners.some(({ limit }) => limit === undefined)) return {};
  return { limit: listeners.reduce((sum, { limit }) => sum + limit!, 0) };
}

/** Linux lets one more in than the backlog says. */
const isFull = ({ queued, limit }: Listener): boolean =>
  queued !== undefined && limit !== undefined && limit > 0 && queued > limit;

function innerOf(
  sections: readonly SocketSnapshot[],
  table: SocketSnapshot | undefined,
  inner: ReadonlySet<number>,
): Pick<Look, 'inner'> {
  for (const { listeners, source } of sections) {
    const own = listeners.filter(({ port, queued }) => inner.has(port) && queued !== undefined);
    if (own.length === 0) continue;
    const port = own[0]!.port;
    const queue = { ...seen(own, source), port, ...limitOf(own), full: own.some(isFull) };
    return { inner: table ? { ...queue, accepted: acceptedBehind(table, inner, queue.value) } : queue };
  }
  return {};
}

/** Connections from the server in front to those behind it: held by a process, or all less those that wait there. */
function acceptedBehind(
  table: SocketSnapshot,
  inner: ReadonlySet<number>,
  queued: number,
): NonNullable<Inner['accepted']> {
  if (namesOwners(table, inner)) {
    const perProcess = mostPerProcess(table.connections, inner);
    return { ...rowsOf(table, inner, 'server', 'ESTABLISHED', 'some'), owned: true, perProcess };
  }
  const all = rowsOf(table, inner, 'server', 'ESTABLISHED');
  return { ...all, value: Math.max(0, all.value - queued), owned: false };
}
