import { NONE_U32, OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { MIN_WAIT_MS, WARM_UP_MS } from '../../fine.js';
import type { Look } from '../../looks.js';
import { MAY_HAVE_COME_IN } from '../../service/hidden.js';
import { countOpen, peak, type Steps, valueAt } from '../../stats/steps.js';
import { AT_ONCE_MS, TURNED_AWAY_AT_ONCE } from '../../turned-away.js';
import type { View } from '../../view.js';
import { warmingUp } from '../../warm-up.js';
import { ASKED_AGAIN_MS, isSparse } from './place.js';
import { PASSING, SAME } from './thresholds.js';

/** The client's stamps are of whole milliseconds. */
const CLIENT_ROUNDING_MS = 1;

/** A wait that begins when as many are in service as ever were is a wait for one of them, and no hiccup, from this on, ms. */
const BUSY_WAIT_MS = 20;
/** … and from so many of them on: a machine that was busy for a moment delays one or two. */
const MANY_BUSY_WAITS = 3;

/** Clients that were connected and whose request nobody had begun, as client and log tell it. */
export interface Connected {
  readonly steps: Steps;
  /** With those of whom the client does not say whether a connection came about, and those whose begin a log that was cut off does not show. */
  readonly atMost: Steps;
  readonly value: number;
  readonly at: number;
  /** With those whose wait was too short to be told from a hiccup, but for those that were turned away. */
  readonly withShort: Steps;
  /** Some of them may not have been connected yet: the number is an upper bound. */
  readonly mayBeUnconnected: boolean;
  /** Index of the sample that waited longest. */
  readonly longest: number;
  readonly longestMs: number;
}

/** Answers so long after the last line of the log say that it was cut off: a log is written with some delay, ms. */
const WRITTEN_LATE_MS = 2000;

/** When the log was cut off while the server went on to answer; `undefined` where it was not. */
export function logCut({ logEnd, samples, clock, served }: Timeline): number | undefined {
  if (logEnd === undefined || !samples || !served) return undefined;
  const late = logEnd + WRITTEN_LATE_MS + (clock.uncertaintyMs ?? 0) + served.resolutionMs;
  const went = samples.start.some(
    (start, i) => samples.outcome[i] === OUTCOME_CODE.succeeded && start + samples.elapsed[i]! > late,
  );
  return went ? logEnd : undefined;
}

/** Samples sent before the log begins, of whose begin it has no line: when that was is an estimate, and no sign of a wait. */
function beforeTheLog({ service, timeline: { samples, served } }: View): ReadonlySet<number> {
  const list = new Set<number>();
  if (!service || !served || !samples) return list;
  let first = Number.POSITIVE_INFINITY;
  for (const times of [served.begin, served.orphanEnds.time]) for (const t of times) first = Math.min(first, t);
  for (let k = 0; k < service.count; k++) {
    const sample = service.sample[k]!;
    if (service.beginLine[k] === 0 && sample !== NONE_U32 && samples.start[sample]! < first) list.add(sample);
  }
  return list;
}

/** Ends of a request that never came into the server. */
const NEVER_IN = new Set<number>([OUTCOME_CODE['connect-timeout'], OUTCOME_CODE.refused]);

/** Ends that come after a connection, whatever the client writes of it: who got none is refused, and not cut. */
const WAS_IN = new Set<number>(
  (['reset', 'read-timeout', 'http-429', 'http-503', 'server-error'] as const).map((kind) => OUTCOME_CODE[kind]),
);

/** Answers of a server that has no room; a connection that is cut may have waited for the server's end. */
const ANSWERED_NO = new Set<number>((['http-429', 'http-503'] as const).map((kind) => OUTCOME_CODE[kind]));

/** Counts connected clients that wait, from the moment of connection (or of sending, where the client did not record it) to the begin. */
export function connectedOf(view: View): Connected | undefined {
  const { timeline, begunAt } = view;
  const { samples, clock, served } = timeline;
  if (!samples || !begunAt) return undefined;
  // Begins that the client's own times tell have nothing to do with how far the clocks are apart.
  const apart = served?.steps ? served.resolutionMs : (clock.uncertaintyMs ?? 0);
  const told = Math.max(3 * apart, served?.resolutionMs ?? 0);
  const least = Math.max(MIN_WAIT_MS, told);
  const shortest = Math.max(BUSY_WAIT_MS, told);
  const from = new Float64Array(samples.count).fill(Number.NaN);
  const to = new Float64Array(samples.count);
  const sureTo = new Float64Array(samples.count);
  const perhaps = new Float64Array(samples.count).fill(Number.NaN);
  const short = new Float64Array(samples.count).fill(Number.NaN);
  const slack = apart + CLIENT_ROUNDING_MS;
  const cut = logCut(timeline) ?? view.coverage?.to ?? Number.POSITIVE_INFINITY;
  const before = beforeTheLog(view);
  const isWarmingUp = warmingUp(samples);
  const most = view.inService ? peak(view.inService).value : Number.POSITIVE_INFINITY;
  const isFull = (at: number) => view.inService !== undefined && valueAt(view.inService, at) >= most;
  let longest = -1;
  let longestMs = 0;
  let unknownConnect = false;
  const brief: number[] = [];
  for (let i = 0; i < samples.count; i++) {
    const outcome = samples.outcome[i]!;
    const never = Number.isNaN(begunAt[i]!);
    if (NEVER_IN.has(outcome) || before.has(i)) continue;
    const connect = samples.connect[i]!;
    if (never && outcome === OUTCOME_CODE.succeeded) {
      to[i] = samples.start[i]! + samples.elapsed[i]!;
      if (!(to[i]! > cut)) continue;
      perhaps[i] = samples.start[i]! + (connect || 0);
      // Whoever was served behind the end of a log that tells of all begins before it waited there.
      if (served?.beginsDerived || samples.start[i]! < (view.coverage?.from ?? Number.NEGATIVE_INFINITY)) continue;
    }
    const start = samples.start[i]! + (Number.isNaN(connect) ? 0 : connect);
    // Behind the end of a log that was cut off, nobody knows who was begun.
    const until = never ? Math.min(cut, samples.start[i]! + samples.elapsed[i]!) : begunAt[i]!;
    if (outcome !== OUTCOME_CODE.succeeded || !never) to[i] = until;
    if (until - start > slack && !(never && TURNED_AWAY_AT_ONCE.has(outcome))) short[i] = start;
    // Who had its connection when as many were in service as ever were was not held up by the client's own start.
    const full = isFull(start);
    const delayed = isWarmingUp(i) && (Number.isNaN(connect) || !full);
    const enough = Math.max(full ? shortest : least, never && ANSWERED_NO.has(outcome) ? AT_ONCE_MS : 0);
    if (!(until - start > (delayed ? Math.max(enough, WARM_UP_MS) : enough))) continue;
    perhaps[i] = start;
    // As much as the clocks leave open it may have been begun earlier.
    sureTo[i] = until - slack;
    // A log that loses lines may have lost those of a request that was begun.
    if (never && (view.service?.lossy || !view.showsAllBegins)) continue;
    // One whose lines are written at the end shows none either of a request that was never ended.
    if (never && served?.beginsDerived && MAY_HAVE_COME_IN.has(outcome)) continue;
    // JMeter writes 0 where a connection did not come about, and where that took no time.
    if (connect === 0 && never && !WAS_IN.has(outcome) && outcome !== OUTCOME_CODE.succeeded) continue;
    // Whoever was begun before a client asks again had its connection at once.
    if (Number.isNaN(connect) && (never || until - start >= ASKED_AGAIN_MS)) unknownConnect = true;
    from[i] = start;
    if (until - start <= least) brief.push(i);
    if (until - start > longestMs) {
      longestMs = until - start;
      longest = i;
    }
  }
  if (brief.length < MANY_BUSY_WAITS) for (const i of brief) from[i] = Number.NaN;
  const steps = countOpen(from, sureTo);
  const { value, at } = peak(steps);
  const atMost = countOpen(perhaps, to);
  return {
    steps,
    atMost,
    value,
    at,
    withShort: countOpen(short, to),
    mayBeUnconnected: unknownConnect && leftOutside(view, value, peak(atMost).value),
    longest,
    longestMs,
  };
}

/** Counters of connections that a full listen queue had no room for. */
const OVERFLOWS = ['ListenOverflows', 'TcpExtListenOverflows'] as const;

/**
 * Whether clients of whom nobody says when they had their connection may have been without one: handshakes did not come through, or
 * nothing shows that they did.
 */
function leftOutside(view: View, waited: number, atMost: number): boolean {
  const { looks, timeline } = view;
  if (looks.some(({ synSent, synRecv }) => (synSent?.value ?? 0) + (synRecv?.value ?? 0) > 0)) return true;
  if (timeline.samples!.outcome.some((code) => code === OUTCOME_CODE['connect-timeout'])) return true;
  if (overflowsOf(view) !== undefined) return true;
  if (noneOverflowed(view)) return false;
  // The kernel's queue had room for all who waited, wherever they did.
  const limits = looks.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
  if (limits.length > 0 && atMost <= Math.min(...limits)) return false;
  // Where no look lists connections, nothing shows the handshakes that did not come through …
  if (looks.every(({ established }) => established === undefined)) return true;
  // … nor does anything where no look saw so many connected and not in service.
  const seen = Math.max(0, ...looks.map((look) => notInService(view, look)));
  // Those for whom a queue that was seen full had no room take themselves for senders all the same.
  if (looks.some(({ full }) => full) && seen + SAME < waited) return true;
  // A queue of which no limit is known, and that was seen, may have been full when more waited than were ever connected.
  const queued = looks.some((look) => (look.queued?.value ?? 0) > PASSING);
  return seen < waited && (isSparse(looks) || (queued && seen + SAME < waited));
}

/** Connections of one look, less the requests that were in service then. */
const notInService = ({ inService }: View, { established, at }: Look): number =>
  (established?.value ?? 0) - (inService && at !== undefined ? valueAt(inService, at) : 0);

/** The kernel's word that no listen queue overflowed during the run: whoever asked got a connection. */
const noneOverflowed = (view: View): boolean => growthsOf(view, OVERFLOWS).some(({ by }) => by === 0);

/** The kernel's word that a listen queue overflowed during the run: a counter that grew, and by how much. */
export const overflowsOf = (view: View): Growth | undefined =>
  growthsOf(view, [...OVERFLOWS, 'ListenDrops', 'TcpExtListenDrops']).find(({ by }) => by > 0);

/** By how much a counter grew from the first look at it to the last, and where the last stands. */
interface Growth {
  readonly name: string;
  readonly by: number;
  readonly source: number;
  readonly line: number;
}

function growthsOf({ timeline: { counters } }: View, names: readonly string[]): readonly Growth[] {
  const first = counters[0];
  const last = counters.at(-1);
  if (!first || !last || first === last) return [];
  return names.flatMap((name) => {
    const before = first.counters[name];
    const after = last.counters[name];
    if (before === undefined || after === undefined) return [];
    return [{ name, by: after - before, source: last.source, line: last.lines?.[name] ?? last.line }];
  });
}
