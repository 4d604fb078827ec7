import type { IdentityKind, ServerNotice, Worker } from './events.js';
import type { Message } from './message.js';
import type { RunFile } from './run-file.js';
import type { ClientSamples } from './samples.js';
import type { CounterSnapshot, ProcessSnapshot, SocketSnapshot } from './snapshot.js';
import type { Source } from './source.js';
import type { EpochMs } from './time.js';

/** How the server's clock was put on the client's. */
export type ClockMethod =
  /** Bounds from both sides: begins after client starts, ends before client ends. */
  | 'causality'
  /** Only one side bounds it. */
  | 'causality-one-sided'
  /** Aligned by order and shape, no ids. */
  | 'order'
  /** Nothing pairs; the zone is stated, or taken from the nearest hour. */
  | 'stated-zone'
  | 'none';

/** The relation of the server's clock to the client's (contract: `clock`). */
export interface Clock {
  /** Minutes east of UTC in which the server log was written. */
  readonly timezoneOffsetMinutes?: number;
  /** Server clock minus client clock, ms, after the zone. */
  readonly offsetMs?: number;
  readonly uncertaintyMs?: number;
  /**
   * By so much the server's clock may be further ahead (or behind, if negative), ms, where nothing tells whether lines are stamped at the begin
   * or at the end, or of which of two tests they are. When requests begin and end by the client's clock is told by `offsetMs`.
   */
  readonly orAheadMs?: number;
  readonly driftPpm?: number;
  readonly method: ClockMethod;
  /** Pairs of the same request id that were used. */
  readonly matched: number;
  readonly caveats: readonly Message[];
}

/** How the end of a request in service is known. */
export const END_KIND = {
  /** A line of the log. */
  logged: 0,
  /** No end line: in service to the end of what was recorded. */
  open: 1,
  /** Closed by other evidence: worker gone, client's error, server's exit; `end` is then the latest possible time. */
  inferred: 2,
} as const;

/**
 * Requests in service as the server log tells them, one entry per begun request, by begin time. Times are on the client's
 * clock. All arrays have `count` entries.
 */
export interface ServedRequests {
  readonly count: number;
  readonly begin: Float64Array;
  /** `Infinity` while open; the best estimate where it is inferred. */
  readonly end: Float64Array;
  /** The latest that the end can have been; equal to `end` where it is logged. */
  readonly endLatest: Float64Array;
  /** A value of `END_KIND`. */
  readonly endKind: Uint8Array;
  readonly source: Uint16Array;
  readonly beginLine: Uint32Array;
  /** 0 where no line tells the end. */
  readonly endLine: Uint32Array;
  readonly id: Float64Array;
  /** Index into `workers`, `NONE_U32` if unknown. */
  readonly worker: Uint32Array;
  /** Index into `ClientSamples` of the request with the same id, `NONE_U32` if none. */
  readonly sample: Uint32Array;
  readonly status: Uint16Array;
  /** The process' own count of requests at the begin, 0 where the log gives none. */
  readonly serial: Uint32Array;
  readonly workers: readonly Worker[];
  readonly starts?: readonly ServerStart[];
  /** Resolution of the begin and end stamps, ms: the coarser of the two. */
  readonly resolutionMs: number;
  /**
   * How exactly each request's begin and end are known on the client's clock, ms, where the client's own times tell more than the stamps:
   * `resolutionMs` is then that of most, and the clocks' difference plays no part.
   */
  readonly steps?: Float32Array;
  /** The begins were computed from an end and a duration. */
  readonly beginsDerived: boolean;
  /** Weakest identity among the workers that are named. */
  readonly identity?: IdentityKind;
  /** The lines were found by structure, not by a known pattern. */
  readonly learned: boolean;
  /** Ends whose begin the log does not show. */
  readonly orphanEnds: OrphanEnds;
  /** Begins without an end, ids seen more than once. */
  readonly open: number;
  readonly repeatedIds: number;
}

/** A server was started anew: whatever was in service before was over by then. */
export interface ServerStart {
  /** At the latest. */
  readonly at: EpochMs;
  /** Whose log it is. */
  readonly sources: readonly number[];
}

/** Lines that end a request which no line began, in time order, on the client's clock. All arrays have `count` entries. */
export interface OrphanEnds {
  readonly count: number;
  readonly time: Float64Array;
  readonly id: Float64Array;
  /** As in `ServedRequests`. */
  readonly worker: Uint32Array;
  readonly sample: Uint32Array;
  readonly source: Uint16Array;
  readonly line: Uint32Array;
}

/** All of a run on one clock: the client's. What could not be put on it is left out and said. */
export interface Timeline {
  readonly id: string;
  readonly runFile: RunFile;
  readonly sources: readonly Source[];
  readonly clock: Clock;
  readonly samples?: ClientSamples;
  readonly served?: ServedRequests;
  /** Ends only (access lines without duration): how many the log tells, and with which status, where nothing tells begins. */
  readonly endsOnly?: { readonly count: number; readonly times: Float64Array; readonly status: Uint16Array };
  readonly notices: readonly ServerNotice[];
  /** By time; those without one at the end. */
  readonly sockets: readonly SocketSnapshot[];
  readonly processes: readonly ProcessSnapshot[];
  readonly counters: readonly CounterSnapshot[];
  /** The port that clients connect to, and which source said so. */
  readonly port?: {
    readonly value: number;
    readonly from: 'option' | 'run-file' | 'client-samples' | 'listening' | 'connections';
  };
  /** First and last instant of the run on the client's clock. */
  readonly from?: EpochMs;
  readonly to?: EpochMs;
  /** Last instant that the server log covers. */
  readonly logEnd?: EpochMs;
  readonly caveats: readonly Message[];
}
