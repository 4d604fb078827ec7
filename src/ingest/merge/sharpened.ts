import { EVENT, type ServerEvents } from '../../model/events.js';
import { type ClientSamples, OUTCOME_CODE } from '../../model/samples.js';
import { boundedEnds, linesOf, NEAR_MS, type Paired } from './bounded-ends.js';

/** Stamps of larger steps are coarse, ms. */
const COARSE_MS = 100;
/** Durations of finer steps lead back from an end to a begin, ms. */
const FINE_MS = 50;
/** Stamps of both sides are rounded, ms. */
const ROUNDING_MS = 2;
/** Of so many requests the client must tell the end for the log to count as sharp; the others keep their stamps' step. */
const MOST = 0.8;

/** Access lines with times as exact as the client's. */
export interface Sharpened {
  /** On the client's clock. */
  readonly time: Float64Array;
  readonly resolution: Float32Array;
  /** The step of those that the client tells, ms. */
  readonly stepMs: number;
}

/** An answer may be late for so much of what its request took, beside one that came at once. */
const LATE_SHARE = 0.1;

/**
 * Places requests whose line has a whole second and a fine duration by the client's own stamps: the answer is there as soon as the request
 * is over, so that it ended just before it, and began its duration earlier. What is left of the client's wait is the wait to be begun.
 *
 *     client   sent |·······wait·······▐██████ duration ██████▌| answered
 *     stamp                    |─────────────── 1 s ───────────────|
 *
 * Told where some request did not wait: what is left of it is what the way there and back takes; or where the workers' turns fit.
 */
export function sharpened(
  events: ServerEvents,
  time: Float64Array,
  samples: ClientSamples | undefined,
  uncertaintyMs: number,
): Sharpened | undefined {
  if (!samples) return undefined;
  const { paired, spans } = pairedSpans(events, samples);
  const wayMs = paired.reduce((least, { rest }) => Math.min(least, rest), Number.POSITIVE_INFINITY);
  if (!(wayMs >= -ROUNDING_MS - FINE_MS && wayMs < Number.POSITIVE_INFINITY)) return undefined;
  // Where all waited, or the first while their client still got ready, only the workers' turns show that answers are there at once.
  const allWaited = wayMs > NEAR_MS;
  const { ends, backToBack } = boundedEnds(
    linesOf(events, time, allWaited ? 0 : Math.max(0, wayMs), uncertaintyMs),
    paired,
  );
  if (allWaited && !backToBack) return undefined;
  const stepMs = (allWaited ? wayMs : latest(paired, Math.max(0, wayMs))) + ROUNDING_MS;
  const sharp = { time: time.slice(), resolution: events.resolution.slice(), stepMs };
  let placed = 0;
  for (const [k, { row, answered }] of paired.entries()) {
    // An answer before the line's second is another request's.
    if (answered < time[row]! - uncertaintyMs - stepMs) continue;
    sharp.time[row] = ends[k]!;
    sharp.resolution[row] = stepMs;
    placed++;
  }
  return placed >= MOST * spans ? sharp : undefined;
}

/**
 * How late answers come at most, ms: a client that still loads its code, or clears its memory, sees them tens of ms after their end. What is
 * left of the waits of requests that hardly waited bounds it.
 */
function latest(paired: readonly Paired[], wayMs: number): number {
  const near = paired.filter(({ rest, duration }) => rest <= Math.min(NEAR_MS, LATE_SHARE * duration));
  return near.reduce((most, { rest }) => Math.max(most, rest), wayMs);
}

/** Coarse lines with a fine duration of requests that the client had an answer to, each id once. */
function pairedSpans(events: ServerEvents, samples: ClientSamples): { paired: readonly Paired[]; spans: number } {
  const sampleOf = onlyOnes(samples.id);
  const rowOf = onlyOnes(events.id);
  const paired: Paired[] = [];
  let spans = 0;
  for (let row = 0; row < events.count; row++) {
    const duration = events.duration[row]!;
    if (events.kind[row] !== EVENT.span || Number.isNaN(duration)) continue;
    spans++;
    const i = sampleOf.get(events.id[row]!) ?? -1;
    const coarse = events.resolution[row]! >= COARSE_MS && events.durationResolution[row]! <= FINE_MS;
    if (!coarse || i < 0 || rowOf.get(events.id[row]!) !== row) continue;
    const waited = samples.elapsed[i]! - (samples.connect[i]! || 0);
    if (samples.outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(waited)) continue;
    const answered = samples.start[i]! + samples.elapsed[i]!;
    paired.push({ row, worker: events.worker[row]!, duration, answered, rest: waited - duration });
  }
  return { paired, spans };
}

/** Where each id that occurs once occurs; -1 for those that occur again. */
function onlyOnes(ids: Float64Array): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  for (const [i, id] of ids.entries()) if (!Number.isNaN(id)) places.set(id, places.has(id) ? -1 : i);
  return places;
}
