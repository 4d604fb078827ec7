import { NONE_U32, OUTCOME_CODE } from '../model/samples.js';
import type { Timeline } from '../model/timeline.js';
import { MIN_WAIT_MS, WARM_UP_MS } from './fine.js';
import { isFront } from './front.js';
import { type ClientEstimate, estimateFromClient } from './inferences/max-concurrency/from-client.js';
import { type InTurn, inTurn } from './inferences/overload/in-turn.js';
import { type Look, looksAt } from './looks.js';
import { countInService } from './service/count.js';
import { type Coverage, coverageOf, isClientPartial } from './service/coverage.js';
import { cutWithWorker } from './service/cut-with-worker.js';
import { deathsOf } from './service/deaths.js';
import { MAY_HAVE_COME_IN } from './service/hidden.js';
import { ofOtherTests } from './service/other-tests.js';
import { type Outage, outageOf } from './service/outage/outage.js';
import { withoutRejected } from './service/rejected.js';
import { type Service, serviceOf } from './service/service.js';
import { placeStrangers } from './service/strangers.js';
import { countOpen, cumulative, type Steps } from './stats/steps.js';
import { warmingUp } from './warm-up.js';

/** So many times as many samples without a begin as begins without a sample are more than spoilt ids explain. */
const MANY_MORE = 2;
/** How far beyond the clocks' uncertainty a wait must be. */
const CLOCK_MARGIN = 3;

/**
 * A run as the inferences look at it: counts over time that several of them need, computed once.
 *
 *     in flight (client)   |---------------------------|
 *     waiting              |----------|                        only if longer than warm-up and clock error explain
 *     in service (server)             |------------|
 */
export interface View {
  /** Without those whom the server turned away at once. */
  readonly timeline: Timeline;
  /** How many these are in the log, by HTTP status. */
  readonly rejected: ReadonlyMap<number, number>;
  /** When the client had the answer of each sample or gave up, `NaN` where not recorded. */
  readonly ended?: Float64Array;
  /** What the client's samples alone tell of the limit. */
  readonly byClient: () => ClientEstimate | undefined;
  /** Whether requests waited for their turn, as far as the client's samples alone tell. */
  readonly inTurn: () => InTurn;
  /** What the log tells, with what it leaves open closed by other evidence. */
  readonly service?: Service;
  /** Requests sent up to each time. */
  readonly arrivals?: Steps;
  /** Sent and not yet answered or given up. */
  readonly inFlight?: Steps;
  /** Begun and not finished; what is not known is at its best estimate. */
  readonly inService?: Steps;
  /** The same by what is sure, and by what is possible at most. */
  readonly surely?: Steps;
  readonly possibly?: Steps;
  /** Sent, not begun, and for so long that only a queue explains it. */
  readonly waiting?: Steps;
  /** When the sample's request was begun, on the client's clock, at the earliest where its begin is missing; `NaN` if nothing tells. */
  readonly begunAt?: Float64Array;
  /** Whoever has no begin was never begun: the log's begins are not so many more than those that belong to a sample. */
  readonly showsAllBegins: boolean;
  /** The snapshots at the server's port. */
  readonly looks: readonly Look[];
  /**
   * The log is that of a server in front: its durations hold the wait for those behind it, so what it has under way is not what is
   * in service.
   */
  readonly front: boolean;
  /** The stretch of the run that the log tells of, where that is a part of it. */
  readonly coverage?: Coverage;
  /** The client's record is a part of what was sent. */
  readonly clientPartial: boolean;
  /** The server died. */
  readonly outage?: Outage;
  /** Indices of samples that were cut because a worker died. */
  readonly cutWithWorker: () => ReadonlySet<number>;
}

/** Computes the counts that a timeline allows. */
export function viewOf(told: Timeline): View {
  const { timeline, rejected } = withoutRejected(placeStrangers(told));
  const { samples } = timeline;
  const outage = outageOf(timeline);
  const service = serviceOf(timeline, deathsOf(timeline, outage));
  const begunAt = samples && service ? (begins(samples.count, service) ?? beginsByOrder(timeline)) : undefined;
  const showsAll = service === undefined || begunAt === undefined || showsAllBegins(timeline, service, begunAt);
  const looks = looksAt(timeline);
  const coverage = coverageOf(timeline, looks);
  const ended = samples && sums(samples.start, samples.elapsed);
  const inFlight = samples && ended && countOpen(samples.start, ended);
  const byClient = once(() => (inFlight ? estimateFromClient(samples, ended, inFlight) : undefined));
  return {
    timeline,
    rejected,
    ...(samples && ended ? { ended, arrivals: cumulative(samples.start) } : {}),
    ...(inFlight ? { inFlight } : {}),
    byClient,
    inTurn: once(() => (samples ? inTurn(samples) : 'open')),
    ...(service ? counts(service) : {}),
    ...(begunAt && samples
      ? { begunAt, waiting: waiting(timeline, begunAt, showsAll && service?.lossy !== true, outage) }
      : {}),
    showsAllBegins: showsAll,
    looks,
    front: isFront(timeline, looks, byClient),
    ...(coverage ? { coverage } : {}),
    clientPartial: isClientPartial(timeline, looks),
    ...(outage ? { outage } : {}),
    cutWithWorker: once(() =>
      cutWithWorker({ timeline, ...(begunAt ? { begunAt } : {}), ...(service ? { service } : {}) }),
    ),
  };
}

function sums(a: Float64Array, b: Float32Array): Float64Array {
  const sum = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) sum[i] = a[i]! + b[i]!;
  return sum;
}

/** Asked for late or never, and answered by one computation. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function counts(service: Service): Pick<View, 'service' | 'inService' | 'surely' | 'possibly'> {
  const { surelyFrom, surelyTo, possiblyFrom, possiblyTo } = service;
  const sure = surelyFrom.map((from, i) => (from < surelyTo[i]! ? from : Number.NaN));
  return {
    service,
    inService: countInService(service),
    surely: countOpen(sure, surelyTo),
    possibly: countOpen(possiblyFrom, possiblyTo),
  };
}

/** `undefined` where no request of the log is one of the client's. */
function begins(count: number, { sample, notBefore }: Service): Float64Array | undefined {
  const begunAt = new Float64Array(count).fill(Number.NaN);
  let paired = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === NONE_U32) continue;
    begunAt[sample[i]!] = notBefore[i]!;
    paired++;
  }
  return paired > 0 ? begunAt : undefined;
}

/**
 * Without ids, where the log has as many requests of the client's test as it sent, or as were answered, or as were answered and broken off: the nth that
 * had its connection counts as the nth begun. Who was who may be mixed up by that, but not how many waited.
 */
function beginsByOrder(timeline: Timeline): Float64Array | undefined {
  const { samples, served, clock } = timeline;
  if (!samples || !served || clock.method !== 'order') return undefined;
  const others = new Set(ofOtherTests(timeline));
  const own = Array.from(served.begin.keys()).filter((k) => !others.has(k));
  const all = Uint32Array.from({ length: samples.count }, (_, i) => i).sort(
    (a, b) => connectedAt(samples, a) - connectedAt(samples, b),
  );
  const unended = own.filter((k) => served.endLine[k] === 0).length;
  const sent = own.length === all.length ? all : begunOf(all, samples, own.length, unended);
  if (!sent) return undefined;
  const begunAt = new Float64Array(samples.count).fill(Number.NaN);
  const begun = Float64Array.from(own, (k) => served.begin[k]!).sort();
  for (const [k, i] of sent.entries()) begunAt[i] = begun[k]!;
  return begunAt;
}

/** When a request had its connection; where the client does not tell, when it was sent. */
const connectedAt = ({ start, connect }: NonNullable<Timeline['samples']>, i: number): number =>
  start[i]! + (connect[i]! || 0);

/** Those that were answered and, for each request that the log does not end, the earliest of the others; in the order of their connections. */
function begunOf(
  sent: Uint32Array,
  { outcome }: NonNullable<Timeline['samples']>,
  begun: number,
  unended: number,
): Uint32Array | undefined {
  const answered = sent.reduce((n, i) => n + (outcome[i] === OUTCOME_CODE.succeeded ? 1 : 0), 0);
  const brokenOff = begun - answered;
  if (brokenOff !== 0 && brokenOff !== unended) return undefined;
  let others = 0;
  return sent.filter((i) => outcome[i] === OUTCOME_CODE.succeeded || ++others <= brokenOff);
}

/**
 * Begins without a sample may be those of the samples without a begin: their ids were spoilt, by two records on one line for instance.
 */
function showsAllBegins({ samples }: Timeline, { sample }: Service, begunAt: Float64Array): boolean {
  const spoilt = sample.reduce((n, i) => n + (i === NONE_U32 ? 1 : 0), 0);
  if (spoilt === 0) return true;
  const { outcome } = samples!;
  const never = begunAt.reduce(
    (n, at, i) => n + (Number.isNaN(at) && outcome[i] !== OUTCOME_CODE.succeeded ? 1 : 0),
    0,
  );
  return never > MANY_MORE * spoilt;
}

/** Spans of waiting: to the begin, or to the client's end for a request that was never begun and did not succeed. */
function waiting(timeline: Timeline, begunAt: Float64Array, showsAll: boolean, outage: Outage | undefined): Steps {
  const { samples, clock, served } = timeline;
  const { start, elapsed, outcome, count } = samples!;
  const isWarmingUp = warmingUp(samples!);
  // A server that dies takes its last lines with it: who came after those that are left may have been begun.
  const told = outage ? Math.min(outage.at, timeline.logEnd ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
  const coarse = served?.beginsDerived ? served.resolutionMs : 0;
  const apart = served?.steps ? 0 : (clock.uncertaintyMs ?? 0);
  const least = Math.max(MIN_WAIT_MS, CLOCK_MARGIN * apart, coarse);
  const begin = new Float64Array(count).fill(Number.NaN);
  const end = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const never = Number.isNaN(begunAt[i]!);
    // A success without a begin is a lost line of the log: when it was begun is not known.
    if (never && (outcome[i] === OUTCOME_CODE.succeeded || !showsAll)) continue;
    // A line that is written at the end tells nothing of who was in service when the server stopped or the line was lost.
    const untold = served?.beginsDerived || start[i]! + (clock.uncertaintyMs ?? 0) >= told;
    if (never && untold && MAY_HAVE_COME_IN.has(outcome[i]!)) continue;
    const until = never ? start[i]! + elapsed[i]! : begunAt[i]!;
    if (until - start[i]! <= (isWarmingUp(i) ? Math.max(least, WARM_UP_MS) : least)) continue;
    begin[i] = start[i]!;
    end[i] = until;
  }
  return countOpen(begin, end);
}
