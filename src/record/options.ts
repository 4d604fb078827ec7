import type { Message } from '../model/message.js';
import type { SocketCommand } from './tools.js';

export interface RecordOptions {
  /** The run folder to make: missing or empty. */
  readonly folder: string;
  readonly port: number;
  /** The server's command; empty: attach to a server that runs already. */
  readonly command: readonly string[];
  /** Time between snapshots; a second when left out. */
  readonly everyMs?: number;
  /** With a load: stop it after this long. Without: record this long. Counted from when the server listens. */
  readonly forMs?: number;
  /** The load command as one line; `{jtl}`, `{port}` and `{run}` are filled in. */
  readonly load?: string;
  /** How long to wait, after the load, for requests that are still being served. */
  readonly drainMs?: number;
  readonly gzip?: boolean;
  /** One file per snapshot. */
  readonly separate?: boolean;
  /** Which commands to ask for the sockets; left out: `ss`, or `netstat` where there is no `ss`. */
  readonly sockets?: readonly SocketCommand[];
  /** What the user has to say about the run; goes into `run.yaml` as it is. */
  readonly about?: {
    readonly title?: string;
    readonly server?: string;
    readonly version?: string;
    readonly notes?: string;
  };
  /** Name and version of the program, for `run.yaml`. */
  readonly recorder?: string;
}

export interface RecordHooks {
  /** Ends the recording in order: what has been recorded is kept. */
  readonly signal: AbortSignal;
  onProgress(message: Message): void;
}

export interface RecordResult {
  readonly folder: string;
  /** The files written, separate snapshots by their folder only. */
  readonly files: readonly string[];
  readonly snapshots: number;
  readonly interrupted: boolean;
  /** What was recorded, the first finding, and what to run next: one sentence each. */
  readonly summary: readonly Message[];
  readonly warnings: readonly Message[];
}
