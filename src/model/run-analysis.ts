import type { Findings } from './finding.js';
import type { Message } from './message.js';
import type { RunFile } from './run-file.js';
import type { FailureKind, Outcome } from './samples.js';
import type { Source } from './source.js';
import type { EpochMs } from './time.js';
import type { Clock } from './timeline.js';

/** Version of `RunAnalysis` as saved in `run.json`; no promise of stability. */
export const RUN_ANALYSIS_VERSION = 1;

/** Requests counted, each once (contract: `requests`). */
export interface RequestCounts {
  readonly sent?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  readonly abandoned?: number;
  /** Begun and finished according to the server log. */
  readonly started?: number;
  readonly finished?: number;
  readonly failuresByKind?: Readonly<Partial<Record<FailureKind, number>>>;
}

/** Elapsed of the succeeded requests, ms; quantiles by nearest rank over the whole run. */
export interface LatencySummary {
  readonly count: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
  /** 95 % intervals by order statistics; a quantile whose interval the sample is too small for is left out. */
  readonly ci: Readonly<Partial<Record<'p50' | 'p90' | 'p95' | 'p99', readonly [number, number]>>>;
}

export type SeriesId =
  /** Client: sent and not yet answered. */
  | 'in-flight'
  /** Server log: begun and not finished. */
  | 'in-service'
  /** Waiting in the kernel's accept queue (snapshots). */
  | 'waiting-kernel'
  /** Accepted by the server and not begun. */
  | 'waiting-server'
  /** Sent and not begun, connected or not yet; place unknown. */
  | 'waiting'
  /** ESTABLISHED on the server's port (snapshots). */
  | 'established'
  /** Handshakes not complete: SYN_RECV at the server, SYN_SENT at the client. */
  | 'not-connected'
  /** Requests that failed, cumulative by kind (client). */
  | 'turned-away'
  /** Cumulative: sent, begun, finished. */
  | 'arrivals'
  | 'starts'
  | 'completions';

/** A count over time, reduced for drawing with every maximum kept. */
export interface Series {
  readonly id: SeriesId;
  /** `steps`: holds from `t[i]` to `t[i + 1]`. `points`: seen at `t[i]`, nothing is known in between. */
  readonly kind: 'steps' | 'points';
  /** Milliseconds since `RunAnalysis.from`. */
  readonly t: readonly number[];
  readonly v: readonly number[];
}

/** Requests on the lanes of the workers that served them. */
export interface Lanes {
  /**
   * Distinct workers; more than `lanes.length` where some, at equal distances in the order of their first requests, stand for
   * all. The first and the last are always among them.
   */
  readonly workers: number;
  readonly lanes: readonly {
    /** Worker as the log names it: pid and thread. */
    readonly label: string;
    /** Alternating begin and end, ms since `from`; an open request ends at the end of the recording. */
    readonly spans: readonly number[];
  }[];
}

/** Response time of requests by send time, reduced: at most a few thousand points, extremes kept. */
export interface ResponseTimes {
  /** ms since `from`. */
  readonly sentAt: readonly number[];
  /** ms. */
  readonly elapsed: readonly number[];
  readonly outcome: readonly Outcome[];
  /** How many requests these points stand for. */
  readonly of: number;
}

/** What the client sent and what came of it, counted in equal bins of time from the run's first instant on. */
export interface Activity {
  readonly binMs: number;
  /** Requests sent, by bin. */
  readonly sent: readonly number[];
  /** Requests that ended, by outcome and bin of their end; outcomes that did not occur are left out. */
  readonly ended: Readonly<Partial<Record<Outcome, readonly number[]>>>;
}

/** Elapsed of succeeded requests in bins. */
export interface Distribution {
  /** Bin edges, ms; one more than counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** An instant or a span worth a labelled rule in the charts; ms since `from`. */
export interface Mark {
  readonly id: 'saturated' | 'overload-onset' | 'server-died' | 'log-ends';
  readonly at: number;
  readonly until?: number;
}

/** How the load was made, for comparing like with like. */
export interface LoadShape {
  readonly requests?: number;
  /** Median rate of sending while sending, per second. */
  readonly perSecond?: number;
  /** Median time in service, ms. */
  readonly serviceMs?: number;
  readonly durationMs?: number;
}

/** Everything that is known of one run: plain JSON, the seam between analysis and report. */
export interface RunAnalysis {
  readonly version: typeof RUN_ANALYSIS_VERSION;
  readonly id: string;
  readonly title: string;
  readonly setup: RunFile;
  readonly sources: readonly Source[];
  readonly clock: Clock;
  /** First and last instant, EpochMs on the client's clock. */
  readonly from?: EpochMs;
  readonly to?: EpochMs;
  readonly port?: { readonly value: number; readonly from: string };
  readonly requests: RequestCounts;
  readonly latency?: LatencySummary;
  readonly findings: Findings;
  readonly load: LoadShape;
  readonly series: readonly Series[];
  readonly marks: readonly Mark[];
  readonly lanes?: Lanes;
  readonly activity?: Activity;
  readonly responses?: ResponseTimes;
  readonly distribution?: Distribution;
  /** The run in one sentence. */
  readonly summary: Message;
  /** What the reader should know of the run as a whole. */
  readonly notes: readonly Message[];
}
