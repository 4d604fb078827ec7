import { NONE_U32, OUTCOME_CODE } from '../model/samples.js';
import type { Timeline } from '../model/timeline.js';
import { countOpen, type Steps } from './stats/steps.js';

/** A wait shorter than this is a scheduling hiccup, ms. */
const MIN_WAIT_MS = 100;
/** In the first moments JMeter's own start-up delays requests: there a wait must be longer than the whole of it, ms. */
const WARM_UP_MS = 500;
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
  readonly timeline: Timeline;
  /** Sent and not yet answered or given up. */
  readonly inFlight?: Steps;
  /** Begun and not finished; ends that are not known are at their best estimate. */
  readonly inService?: Steps;
  /** The same with every end at its latest and ties at their worst. */
  readonly inServiceAtMost?: Steps;
  /** Sent, not begun, and for so long that only a queue explains it. */
  readonly waiting?: Steps;
  /** When the sample's request was begun, on the client's clock; `NaN` if the log does not tell. */
  readonly begunAt?: Float64Array;
}

/** Computes the counts that a timeline allows. */
export function viewOf(timeline: Timeline): View {
  const { samples, served } = timeline;
  const begunAt = samples && served ? begins(timeline) : undefined;
  const until = samples?.start.map((start, i) => start + samples.elapsed[i]!);
  return {
    timeline,
    ...(samples && until ? { inFlight: countOpen(samples.start, until) } : {}),
    ...(served ? { inService: countOpen(served.begin, served.end) } : {}),
    ...(served ? { inServiceAtMost: countOpen(served.begin, served.endLatest, 'begin-first') } : {}),
    ...(begunAt ? { begunAt, waiting: waiting(timeline, begunAt) } : {}),
  };
}

function begins({ samples, served }: Timeline): Float64Array {
  const begunAt = new Float64Array(samples!.count).fill(Number.NaN);
  for (let i = 0; i < served!.count; i++) {
    const sample = served!.sample[i]!;
    if (sample !== NONE_U32) begunAt[sample] = served!.begin[i]!;
  }
  return begunAt;
}

/** Spans of waiting: to the begin, or to the client's end for a request that was never begun and did not succeed. */
function waiting({ samples, clock, from }: Timeline, begunAt: Float64Array): Steps {
  const { start, elapsed, outcome, count } = samples!;
  const least = Math.max(MIN_WAIT_MS, CLOCK_MARGIN * (clock.uncertaintyMs ?? 0));
  const begin = new Float64Array(count).fill(Number.NaN);
  const end = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const never = Number.isNaN(begunAt[i]!);
    // A success without a begin is a lost line of the log: when it was begun is not known.
    if (never && outcome[i] === OUTCOME_CODE.succeeded) continue;
    const until = never ? start[i]! + elapsed[i]! : begunAt[i]!;
    const warmingUp = start[i]! - (from ?? 0) < WARM_UP_MS;
    if (until - start[i]! <= (warmingUp ? Math.max(least, WARM_UP_MS) : least)) continue;
    begin[i] = start[i]!;
    end[i] = until;
  }
  return countOpen(begin, end);
}
