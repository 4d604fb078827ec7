/** How requests get a worker. */
export type Workers =
  | 'thread-per-request'
  | 'process-per-request'
  | 'thread-pool'
  | 'process-pool'
  | 'single'
  | 'event-loop'
  /** Threads that all bear one name. */
  | 'shared-name'
  /** Threads known by an ident that is given again. */
  | 'recycled-ident';

/** What becomes of a connection that the server can't take. */
export type Beyond = 'http-503' | 'http-429' | 'server-error' | 'reset' | 'wait';

/** Where requests wait that are connected and not in service. */
export type Admission =
  /** A free worker accepts: the queue is the kernel's. */
  | { readonly kind: 'accept-when-free' }
  /** All are accepted, up to a number of connections; a queue inside, up to a length. */
  | { readonly kind: 'accept-all'; readonly connections: number; readonly queue: number; readonly beyond: Beyond }
  /** A router accepts all and hands on through an inner port with its own accept queue. */
  | { readonly kind: 'router'; readonly innerBacklog: number };

export interface ServerSetup {
  readonly workers: Workers;
  /** Requests in service at most, over all processes; `Infinity` for no limit. */
  readonly capacity: number;
  readonly processes: number;
  readonly recycleAfter?: number;
  readonly admission: Admission;
  /** Asked of `listen`; the kernel holds one more. */
  readonly backlog: number;
  /** What the kernel does when the accept queue is full. */
  readonly overflow: 'drop' | 'reset' | 'refuse';
  /** A pool that starts small and grows only when its queue is full. */
  readonly core?: number;
  /** Which of the free workers takes the next request. */
  readonly picks: 'first' | 'last' | 'random' | 'round-robin';
  /** A worker's process is killed; ms after the first request. */
  readonly killAt?: number;
  /** The server dies; ms after the first request. */
  readonly diesAt?: number;
}

export interface LoadSetup {
  readonly requests: number;
  /** ms between two requests. */
  readonly every: number;
  readonly serviceMs: number;
  /** Service times vary by this share, evenly to both sides. */
  readonly spread: number;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** JMeter loads classes at first: the first requests are sent later than they are stamped. */
  readonly warmUpMs: number;
  /** A few requests after all others, ms after the last. */
  readonly late: number;
  readonly lateAfterMs: number;
  /** The client stops the test and closes what is open; ms after the first request. */
  readonly stopAt?: number;
  /** Whole tests one after another, with the same ids. */
  readonly rounds: number;
  /** Connections that each carry one request after another; 0: a connection per request. */
  readonly keepAlive: number;
}

export type LogForm =
  | 'handler'
  | 'handler-pid'
  | 'spring'
  | 'uwsgi'
  | 'access-duration'
  | 'access-ends'
  | 'unknown-form';

export interface RecordingSetup {
  readonly jtl: 'csv' | 'csv-old' | 'xml' | 'none';
  readonly endStamped: boolean;
  readonly log: LogForm | 'none';
  /** The handler's lines and the server's access lines. */
  readonly accessToo: boolean;
  /** Resolution of the log's stamps, ms: 0.001, 1 or 1000. */
  readonly resolution: number;
  readonly dateless: boolean;
  readonly snapshots: 'ss' | 'netstat' | 'ss-listen' | 'none';
  readonly everyMs: number;
  readonly owners: boolean;
  readonly counters: boolean;
  readonly snapshotClock: 'client' | 'server';
  readonly snapshotZoned: boolean;
  readonly runFile: 'none' | 'port' | 'limits';
}

export interface ClockSetup {
  /** EpochMs of the first request, client clock. */
  readonly startsAt: number;
  readonly zoneMinutes: number;
  /** Summer time begins or ends: from so many ms after the first request on the server's wall clock shows more, or less. */
  readonly change?: { readonly at: number; readonly byMinutes: number };
  readonly zoneStated: boolean;
  /** Server clock less client clock, ms. */
  readonly offsetMs: number;
  readonly driftPpm: number;
}

export interface DamageSetup {
  /** Share of the log's lines that are lost. */
  readonly lostLines: number;
  /** Share of the log's lines that run into the next. */
  readonly mergedLines: number;
}

/** Everything that is decided before a run is simulated. */
export interface Setup {
  readonly seed: number;
  readonly server: ServerSetup;
  readonly load: LoadSetup;
  readonly recording: RecordingSetup;
  readonly clock: ClockSetup;
  readonly damage: DamageSetup;
}
