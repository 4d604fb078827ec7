import type { EpochMs } from './time.js';

/** TCP states in the spelling of Linux net-tools. */
export const TCP_STATES = [
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT1',
  'FIN_WAIT2',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'CLOSING',
] as const;
export type TcpState = (typeof TCP_STATES)[number];

/** A listening socket as one snapshot shows it. */
export interface Listener {
  readonly address: string;
  readonly port: number;
  /** Connections waiting to be accepted; absent where the command does not tell. */
  readonly queued?: number;
  /** The backlog in force; absent where the command does not tell (`netstat`). */
  readonly limit?: number;
  /** Owners, where the command tells. */
  readonly pids?: readonly number[];
  readonly program?: string;
  readonly line: number;
}

/** Connections of one kind in one snapshot, counted. */
export interface ConnectionTally {
  /** The port that is shared: the local one of a server-side row, the foreign one of a client-side row. */
  readonly port: number;
  /** Which end of the connection the rows show. */
  readonly side: 'server' | 'client';
  readonly state: TcpState;
  /** Whether the rows name a process that holds the socket; `unknown` where the command does not tell owners. */
  readonly owner: 'some' | 'none' | 'unknown';
  /** Rows with bytes in Recv-Q: a request that nobody has read yet. */
  readonly withData: number;
  readonly count: number;
  /** Owning process ids with their rows, at most 4,096. */
  readonly pids?: Readonly<Record<number, number>>;
  /** The first row that was counted. */
  readonly line: number;
}

/** One look at the sockets of a machine. */
export interface SocketSnapshot {
  readonly source: number;
  /** First line of the section. */
  readonly line: number;
  /** EpochMs on the clock of the machine that took it; absent if nothing tells. */
  readonly time?: EpochMs;
  /** The stamp stated its zone. */
  readonly zoned?: boolean;
  /** The stamp has a time of day only: `time` is within the first day of the epoch. */
  readonly dateless?: boolean;
  /** Where the time came from. */
  readonly timeFrom?: 'line' | 'file-name';
  /** The command reader's id: `ss`, `netstat-linux`, … */
  readonly command: string;
  /** The command lists connections (not listeners alone), listeners, owners. */
  readonly shows: { readonly connections: boolean; readonly listeners: boolean; readonly owners: boolean };
  readonly listeners: readonly Listener[];
  readonly connections: readonly ConnectionTally[];
  /** A total without rows: `ss -s`, `sockstat`, `… | wc -l`. */
  readonly total?: { readonly what: string; readonly value: number };
  /** All totals of the section where it has several, by what they count: `ESTABLISHED`, `TIME_WAIT`, … */
  readonly totals?: Readonly<Record<string, number>>;
}

/** One process of a process list. */
export interface Process {
  readonly pid: number;
  readonly ppid?: number;
  /** Number of threads where the list tells. */
  readonly threads?: number;
  /** Cut at 200 characters. */
  readonly command: string;
  readonly line: number;
}

/** One process list. */
export interface ProcessSnapshot {
  readonly source: number;
  readonly line: number;
  readonly time?: EpochMs;
  readonly zoned?: boolean;
  /** As in `SocketSnapshot`. */
  readonly dateless?: boolean;
  readonly processes: readonly Process[];
}

/** Kernel counters at one moment; they speak by their difference. */
export interface CounterSnapshot {
  readonly source: number;
  readonly line: number;
  readonly time?: EpochMs;
  readonly zoned?: boolean;
  /** As in `SocketSnapshot`. */
  readonly dateless?: boolean;
  /** By the kernel's names: `ListenOverflows`, `ListenDrops`, … */
  readonly counters: Readonly<Record<string, number>>;
  /** The line of each counter; absent for those that the command implies by leaving them out. */
  readonly lines?: Readonly<Record<string, number>>;
}
