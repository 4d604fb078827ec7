import { type ConnectionTally, TCP_STATES, type TcpState } from '../../../model/snapshot.js';
import type { CommandRow } from '../../commands/command-output.js';

type Connection = Extract<CommandRow, { readonly kind: 'connection' }>;

/** Rows of one section that are kept apart; those beyond are counted by state only. 20 bytes each. */
export const MAX_SECTION_ROWS = 4_000_000;
/** Tallies of one snapshot, those of service ports first, then the largest. */
const MAX_TALLIES = 4096;
/** Rows of one section that no port explains yet and that a listener found later may explain. */
const MAX_PENDING = 256;
const MAX_PIDS = 4096;
const NO_PID = -1;
const OWNERS = ['unknown', 'none', 'some'] as const;

/** A row of a section whose ports are those of no listener that is known yet. */
export interface PendingRow {
  readonly local: number;
  readonly foreign: number;
  readonly flags: number;
  readonly line: number;
  readonly pids: readonly number[];
}

/** A tally that is still counted on. */
interface Tally {
  readonly port: number;
  readonly side: 'server' | 'client';
  readonly state: TcpState;
  readonly owner: ConnectionTally['owner'];
  withData: number;
  count: number;
  pids: Map<number, number> | undefined;
  line: number;
}

/**
 * The connections of one section, in columns, until its end; then tallies of them. A row belongs to the server's side if its
 * local port is a service's, to the client's side if the foreign one is. Which ports are a service's is known
 * from the listeners and the run; failing that, a port that repeats with distinct other ends is taken for one.
 */
export class SocketRows {
  count = 0;
  /** Rows beyond `MAX_SECTION_ROWS`. */
  dropped = 0;
  #capacity = 1024;
  #local = new Uint16Array(this.#capacity);
  #foreign = new Uint16Array(this.#capacity);
  #flags = new Uint8Array(this.#capacity);
  #line = new Uint32Array(this.#capacity);
  #peer = new Uint32Array(this.#capacity);
  #pid = new Int32Array(this.#capacity);
  /** Rows with several owners; their `#pid` is the first. */
  readonly #shared = new Map<number, readonly number[]>();
  #anyOwner = false;

  get namesOwners(): boolean {
    return this.#anyOwner;
  }

  add(row: Connection, line: number): void {
    const local = row.local.port ?? 0;
    const foreign = row.peer.port ?? 0;
    if (row.repeated || (local === 0 && foreign === 0)) return;
    if (this.count >= MAX_SECTION_ROWS) {
      this.dropped++;
      return;
    }
    if (this.count === this.#capacity) this.#grow();
    const at = this.count++;
    const owned = row.pids === undefined ? 0 : row.pids.length === 0 ? 1 : 2;
    if (owned === 2) this.#anyOwner = true;
    this.#local[at] = local;
    this.#foreign[at] = foreign;
    this.#flags[at] = (TCP_STATES.indexOf(row.state) << 3) | (owned << 1) | ((row.recvQ ?? 0) > 0 ? 1 : 0);
    this.#line[at] = line;
    this.#peer[at] = hash(row.peer.address, foreign);
    this.#pid[at] = row.pids?.[0] ?? NO_PID;
    if (row.pids && row.pids.length > 1) this.#shared.set(at, row.pids);
  }

  /** Counts the rows, empties the table, and hands back the few that no port explains. */
  finish(services: ReadonlySet<number>): { readonly tallies: Tallies; readonly pending: readonly PendingRow[] } {
    const tallies = new Tallies(this.#anyOwner);
    const open: number[] = [];
    for (let i = 0; i < this.count; i++) {
      if (!this.#count(tallies, i, services.has(this.#local[i] as number), services.has(this.#foreign[i] as number)))
        open.push(i);
    }
    const pending = this.#presume(tallies, open);
    this.count = 0;
    this.dropped = 0;
    this.#anyOwner = false;
    this.#shared.clear();
    return { tallies, pending };
  }

  #count(tallies: Tallies, i: number, byLocal: boolean, byForeign: boolean): boolean {
    if (byLocal || byForeign) tallies.add(this.#row(i), byLocal ? 'server' : 'client');
    return byLocal || byForeign;
  }

  /** Rows whose port repeats with distinct other ends are counted under it, the one that repeats more often if both do. */
  #presume(tallies: Tallies, open: readonly number[]): readonly PendingRow[] {
    const local = new Repeats();
    const foreign = new Repeats();
    for (const i of open) {
      local.see(this.#local[i] as number, this.#peer[i] as number);
      foreign.see(this.#foreign[i] as number, this.#local[i] as number);
    }
    const pending: PendingRow[] = [];
    for (const i of open) {
      const ours = local.count(this.#local[i] as number);
      const theirs = foreign.count(this.#foreign[i] as number);
      if (ours > 0 || theirs > 0) this.#count(tallies, i, ours >= theirs, ours < theirs);
      else if (pending.length < MAX_PENDING) pending.push(this.#row(i));
    }
    return pending;
  }

  #row(i: number): PendingRow {
    const pid = this.#pid[i] as number;
    return {
      local: this.#local[i] as number,
      foreign: this.#foreign[i] as number,
      flags: this.#flags[i] as number,
      line: this.#line[i] as number,
      pids: this.#shared.get(i) ?? (pid === NO_PID ? [] : [pid]),
    };
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#local = grown(this.#local, new Uint16Array(this.#capacity));
    this.#foreign = grown(this.#foreign, new Uint16Array(this.#capacity));
    this.#flags = grown(this.#flags, new Uint8Array(this.#capacity));
    this.#line = grown(this.#line, new Uint32Array(this.#capacity));
    this.#peer = grown(this.#peer, new Uint32Array(this.#capacity));
    this.#pid = grown(this.#pid, new Int32Array(this.#capacity));
  }
}

/** Connections by port, side, state and owner. */
export class Tallies {
  readonly #byKey = new Map<number, Tally>();
  readonly #namesOwners: boolean;

  /** @param namesOwners some row of the section has an owner: then a row without one has none. */
  constructor(namesOwners: boolean) {
    this.#namesOwners = namesOwners;
  }

  add(row: PendingRow, side: 'server' | 'client'): void {
    const port = side === 'server' ? row.local : row.foreign;
    const owned = this.#namesOwners ? (row.flags >> 1) & 3 : 0;
    const key = (port * 2 + (side === 'server' ? 0 : 1)) * 64 + ((row.flags >> 3) << 2) + owned;
    let tally = this.#byKey.get(key);
    if (tally === undefined) {
      const state = TCP_STATES[row.flags >> 3] as TcpState;
      tally = {
        port,
        side,
        state,
        owner: OWNERS[owned] ?? 'unknown',
        withData: 0,
        count: 0,
        pids: undefined,
        line: row.line,
      };
      this.#byKey.set(key, tally);
    }
    tally.count++;
    tally.withData += row.flags & 1;
    if (row.line < tally.line) tally.line = row.line;
    for (const pid of row.pids) countPid(tally, pid);
  }

  get size(): number {
    return this.#byKey.size;
  }

  /** By port, side, state, owner; at most `limit`, those of `services` and then the largest before others. */
  list(services: ReadonlySet<number>, limit = MAX_TALLIES): readonly ConnectionTally[] {
    let keys = [...this.#byKey.keys()];
    if (keys.length > limit) {
      const weight = (key: number) => {
        const tally = this.#byKey.get(key) as Tally;
        return tally.count + (services.has(tally.port) ? MAX_SECTION_ROWS : 0);
      };
      keys = keys.sort((a, b) => weight(b) - weight(a) || a - b).slice(0, limit);
    }
    return keys.sort((a, b) => a - b).map((key) => finished(this.#byKey.get(key) as Tally));
  }
}

function countPid(tally: Tally, pid: number): void {
  tally.pids ??= new Map();
  const known = tally.pids.get(pid);
  if (known !== undefined || tally.pids.size < MAX_PIDS) tally.pids.set(pid, (known ?? 0) + 1);
}

function finished(tally: Tally): ConnectionTally {
  const { port, side, state, owner, withData, count, line } = tally;
  return {
    port,
    side,
    state,
    owner,
    withData,
    count,
    line,
    ...(tally.pids ? { pids: Object.fromEntries(tally.pids) } : {}),
  };
}

/** Which values occur with more than one other end, and how often. */
class Repeats {
  readonly #first = new Map<number, number>();
  readonly #counts = new Map<number, number>();
  readonly #distinct = new Set<number>();

  see(port: number, other: number): void {
    if (port === 0) return;
    const first = this.#first.get(port);
    if (first === undefined) this.#first.set(port, other);
    else if (first !== other) this.#distinct.add(port);
    this.#counts.set(port, (this.#counts.get(port) ?? 0) + 1);
  }

  /** 0 for a port that does not repeat. */
  count(port: number): number {
    return this.#distinct.has(port) ? (this.#counts.get(port) ?? 0) : 0;
  }
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** FNV-1a: two peers with the same hash only make a port look less shared than it is. */
function hash(text: string, port: number): number {
  let h = 0x811c9dc5 ^ port;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return Math.imul(h ^ (port >>> 8), 0x01000193) >>> 0;
}
