/** Limits that `run.yaml` may state; numbers as the system gives them. */
export interface StatedLimits {
  readonly nofile?: number;
  readonly nproc?: number;
  readonly somaxconn?: number;
  readonly tcpAbortOnOverflow?: number;
  readonly listenBacklog?: number;
  readonly workers?: number;
  readonly threads?: number;
  readonly os?: string;
}

/** A log format of the user's own: a pattern with named groups (`time`, `pid`, `thread`, `id`, `event`, `duration`, `status`). */
export interface StatedLogPattern {
  readonly pattern: string;
  /** What a line that matches means where the pattern has no `event` group. */
  readonly event?: 'begin' | 'end';
  /** Unit of the `duration` group; seconds when left out. */
  readonly durationUnit?: 's' | 'ms' | 'us' | 'ns';
}

/** What `run.yaml` says: the things that no other file can tell. Every key is optional. */
export interface RunFile {
  readonly title?: string;
  readonly server?: string;
  readonly version?: string;
  readonly command?: string;
  readonly port?: number;
  readonly host?: string;
  /** Zone of the server log: an offset (`+05:30`), `UTC`, or an IANA name. */
  readonly timezone?: string;
  /** Pattern with one group that finds the request id in a URL. */
  readonly requestId?: string;
  readonly log?: readonly StatedLogPattern[];
  readonly limits?: StatedLimits;
  readonly notes?: string;
  /** Facts that `report record` adds; shown, not used for inference. */
  readonly recorded?: { readonly [key: string]: unknown };
}
