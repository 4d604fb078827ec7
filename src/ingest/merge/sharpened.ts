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

/** Overlaps of a worker's requests by more than this share of the second one … */
const DEEP_SHARE = 0.5;
/** … are no late answers if they are more than so few of its turns; */
const DEEP = 0.05;
/** nor are those that are far longer than answers are late. */
const FAR = 0.2;
/** Turns that follow each other at once, of all, where only processes are told. */
const BACK_TO_BACK = 0.3;
/** Two processes may write their lines in another order than they end, ms. */
const PRINTED_MS = 2;
/** Of the lines, so many may contradict a bound by their own seconds. */
const CONTRADICTED = 0.02;
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
  const ends = boundedEnds(linesOf(events, time, Math.max(0, wayMs), uncertaintyMs), paired);
  const stepMs = latest(paired, Math.max(0, wayMs)) + ROUNDING_MS;
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

/** What bounds the ends of requests besides their answers. */
interface Bounds {
  /** The next line of the file is written after this one's request is over. */
  readonly byLines: boolean;
  /** A worker begins the next request after it has ended the last. */
  readonly byTurns: boolean;
}

/**
 * When each request ended at the latest: before its answer, before the stamp's second was over, not after the next line of the file and not after its
 * worker's next begin. An answer that came late is so told by one behind it that did not. Bounds that the lines' own seconds contradict are none.
 *
 *     line 7   ▐███████ … ▌···········| answered         worker 8   ▐███████ … ▌·····| answered
 *     line 8     ▐███████ … ▌| answered                                         ▐███████ … ▌| answered
 */
function boundedEnds(lines: Lines, paired: readonly Paired[]): Float64Array {
  const byLines = boundedBy({ byLines: true, byTurns: false }, lines, paired);
  const ends = byLines ?? Float64Array.from(paired, (one) => lines.latestEnd(one));
  if (!servesInTurn(lines, paired, ends)) return ends;
  return boundedBy({ byLines: byLines !== undefined, byTurns: true }, lines, paired) ?? ends;
}

/** A log's lines as far as they bound when requests ended. */
interface Lines {
  /** By its answer and its stamp alone. */
  readonly latestEnd: (one: Paired) => number;
  /** By its stamp. */
  readonly earliestEnd: (one: Paired) => number;
  readonly sourceOf: (one: Paired) => number;
  /** Its worker is one thread of a process. */
  readonly isThread: (one: Paired) => boolean;
}

/** `undefined` where too many lines contradict it. */
function boundedBy({ byLines, byTurns }: Bounds, lines: Lines, paired: readonly Paired[]): Float64Array | undefined {
  const ends = new Float64Array(paired.length);
  const begun = new Map<number, number>();
  let contradicted = 0;
  for (let k = paired.length - 1; k >= 0; k--) {
    const one = paired[k]!;
    const next = paired[k + 1];
    const latest = lines.latestEnd(one);
    const written =
      byLines && next && lines.sourceOf(one) === lines.sourceOf(next) ? ends[k + 1]! + PRINTED_MS : latest;
    const turn = byTurns && one.worker !== NONE_U32 ? (begun.get(one.worker) ?? latest) : latest;
    const bound = Math.min(latest, written, turn);
    const holds = bound >= lines.earliestEnd(one);
    if (!holds) contradicted++;
    ends[k] = holds ? bound : latest;
    begun.set(one.worker, ends[k]! - one.duration);
  }
  return contradicted > CONTRADICTED * paired.length ? undefined : ends;
}

/**
 * Whether each worker serves one request after another: what it seems to have had at once is no more than answers are late. Of processes, whose threads
 * may be many, it must also have begun the next one when the last was over, again and again.
 */
function servesInTurn(lines: Lines, paired: readonly Paired[], ends: Float64Array): boolean {
  const last = new Map<number, number>();
  let turns = 0;
  let far = 0;
  let deep = 0;
  let backToBack = 0;
  let threads = true;
  const order = [...paired.keys()].sort((a, b) => ends[a]! - ends[b]!);
  for (const k of order) {
    const one = paired[k]!;
    if (one.worker === NONE_U32) continue;
    threads &&= lines.isThread(one);
    const before = last.get(one.worker);
    last.set(one.worker, ends[k]!);
    if (before === undefined) continue;
    const overlap = before - (ends[k]! - one.duration);
    turns++;
    if (overlap > NEAR_MS) far++;
    if (overlap > DEEP_SHARE * one.duration) deep++;
    if (Math.abs(overlap) <= NEAR_MS) backToBack++;
  }
  if (turns === 0 || far > FAR * turns || deep > DEEP * turns) return false;
  return threads || backToBack >= BACK_TO_BACK * turns;
}

const linesOf = (
  { resolution, source, worker, workers }: ServerEvents,
  time: Float64Array,
  wayMs: number,
  uncertaintyMs: number,
): Lines => ({
  latestEnd: ({ row, answered }) => Math.min(answered, time[row]! + resolution[row]! + uncertaintyMs) - wayMs,
  earliestEnd: ({ row }) => time[row]! - uncertaintyMs,
  sourceOf: ({ row }) => source[row]!,
  isThread: ({ row }) => workers[worker[row]!]?.thread !== undefined,
});

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
