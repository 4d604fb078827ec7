import { EVENT, type ServerEvents } from '../../model/events.js';
import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';

/** Stamps of larger steps are coarse, ms. */
const COARSE_MS = 100;
/** Durations of finer steps lead back from an end to a begin, ms. */
const FINE_MS = 50;
/** From the sending to the begin and from the end to the answer, together: where the quickest takes longer the end is not near the answer, ms. */
const NEAR_MS = 50;
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

interface Paired {
  readonly row: number;
  readonly worker: number;
  /** From begin to end, ms. */
  readonly duration: number;
  readonly answered: number;
  /** What of the client's wait was not service, ms. */
  readonly rest: number;
}

/**
 * Places requests whose line has a whole second and a fine duration by the client's own stamps: the answer is there as soon as the request
 * is over, so that it ended just before it, and began its duration earlier. What is left of the client's wait is the wait to be begun.
 *
 *     client   sent |·······wait·······▐██████ duration ██████▌| answered
 *     stamp                    |─────────────── 1 s ───────────────|
 *
 * Told only where some request did not wait: what is left of it is what the way there and back takes.
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
  if (!(wayMs >= -ROUNDING_MS - FINE_MS && wayMs <= NEAR_MS)) return undefined;
  const stepMs = Math.max(latest(paired, Math.max(0, wayMs)), lateByTurns(paired)) + ROUNDING_MS;
  const sharp = { time: time.slice(), resolution: events.resolution.slice(), stepMs };
  let placed = 0;
  for (const { row, answered } of paired) {
    const end = Math.min(answered, time[row]! + events.resolution[row]! + uncertaintyMs);
    // An answer before the line's second is another request's.
    if (end < time[row]! - uncertaintyMs - stepMs) continue;
    sharp.time[row] = end - Math.max(0, wayMs);
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

/** As a share of a worker's turns, so few of which the answer seems to be later still are hiccups of the client, and not several at once. */
const HICCUPS = 0.05;

/**
 * Likewise by the workers: where one seems to have begun the next request before the last was over, the answer to the last came so late.
 * Whoever has several at once, by more than answers are late but seldom, serves them at once.
 *
 *     worker 8   ▐██████████████████▌···| answered
 *                                   ▐██████████████████▌| answered
 */
function lateByTurns(paired: readonly Paired[]): number {
  const free = new Map<number, number>();
  const overlaps: number[] = [];
  for (const { worker, answered, duration } of [...paired].sort((a, b) => a.answered - b.answered)) {
    if (worker === NONE_U32) continue;
    const before = free.get(worker);
    if (before !== undefined) overlaps.push(before - (answered - duration));
    free.set(worker, answered);
  }
  const hiccups = overlaps.filter((ms) => ms > NEAR_MS).length;
  return hiccups > HICCUPS * overlaps.length ? 0 : overlaps.reduce((most, ms) => Math.max(most, ms), 0);
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
