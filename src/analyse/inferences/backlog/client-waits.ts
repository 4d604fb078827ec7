import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../../model/samples.js';
import { MIN_WAIT_MS, WARM_UP_MS } from '../../fine.js';
import { MAY_HAVE_COME_IN } from '../../service/hidden.js';
import { countOpen, peak, valueAt } from '../../stats/steps.js';
import { AT_ONCE_MS, TURNED_AWAY_AT_ONCE } from '../../turned-away.js';
import type { View } from '../../view.js';
import { warmingUp } from '../../warm-up.js';
import type { Connected } from './connected.js';
import { leftOutside } from './left-outside.js';
import { logCut } from './log-cut.js';
import { ASKED_AGAIN_MS } from './place.js';

/** The client's stamps are of whole milliseconds. */
const CLIENT_ROUNDING_MS = 1;

/** A wait that begins when as many are in service as ever were is a wait for one of them, and no hiccup, from this on, ms. */
const BUSY_WAIT_MS = 20;
/** … and from so many of them on: a machine that was busy for a moment delays one or two. */
const MANY_BUSY_WAITS = 3;

/** Ends of a request that never came into the server. */
const NEVER_IN = new Set<number>([OUTCOME_CODE['connect-timeout'], OUTCOME_CODE.refused]);

/** Ends that come after a connection, whatever the client writes of it: who got none is refused, and not cut. */
const WAS_IN = new Set<number>(
  (['reset', 'read-timeout', 'http-429', 'http-503', 'server-error'] as const).map((kind) => OUTCOME_CODE[kind]),
);

/** Answers of a server that has no room; a connection that is cut may have waited for the server's end. */
const ANSWERED_NO = new Set<number>((['http-429', 'http-503'] as const).map((kind) => OUTCOME_CODE[kind]));

/** Who waits, sample by sample; each of the columns tells from when or until when, EpochMs by the client's clock, `NaN` for nobody. */
export class ClientWaits {
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  readonly #sureTo: Float64Array;
  readonly #perhaps: Float64Array;
  readonly #short: Float64Array;
  readonly #least: number;
  readonly #shortest: number;
  readonly #slack: number;
  readonly #cut: number;
  readonly #before: ReadonlySet<number>;
  readonly #isWarmingUp: (i: number) => boolean;
  readonly #isFull: (at: number) => boolean;
  readonly #brief: number[] = [];
  #longest = -1;
  #longestMs = 0;
  #unknownConnect = false;

  constructor(
    readonly view: View,
    readonly samples: ClientSamples,
    readonly begunAt: Float64Array,
  ) {
    const { clock, served } = view.timeline;
    const column = () => new Float64Array(samples.count).fill(Number.NaN);
    [this.#from, this.#perhaps, this.#short] = [column(), column(), column()];
    this.#to = new Float64Array(samples.count);
    this.#sureTo = new Float64Array(samples.count);
    // Begins that the client's own times tell have nothing to do with how far the clocks are apart.
    const apart = served?.steps ? served.resolutionMs : (clock.uncertaintyMs ?? 0);
    const told = Math.max(3 * apart, served?.resolutionMs ?? 0);
    this.#least = Math.max(MIN_WAIT_MS, told);
    this.#shortest = Math.max(BUSY_WAIT_MS, told);
    this.#slack = apart + CLIENT_ROUNDING_MS;
    this.#cut = logCut(view.timeline) ?? view.coverage?.to ?? Number.POSITIVE_INFINITY;
    this.#before = beforeTheLog(view);
    this.#isWarmingUp = warmingUp(samples);
    const { inService } = view;
    const most = inService ? peak(inService).value : Number.POSITIVE_INFINITY;
    this.#isFull = (at) => inService !== undefined && valueAt(inService, at) >= most;
  }

  take(i: number): void {
    const { samples, begunAt } = this;
    const outcome = samples.outcome[i]!;
    const never = Number.isNaN(begunAt[i]!);
    if (NEVER_IN.has(outcome) || this.#before.has(i)) return;
    if (never && outcome === OUTCOME_CODE.succeeded && !this.#isBehindTheCut(i)) return;
    const connect = samples.connect[i]!;
    const start = samples.start[i]! + (Number.isNaN(connect) ? 0 : connect);
    // Behind the end of a log that was cut off, nobody knows who was begun.
    const until = never ? Math.min(this.#cut, samples.start[i]! + samples.elapsed[i]!) : begunAt[i]!;
    if (outcome !== OUTCOME_CODE.succeeded || !never) this.#to[i] = until;
    if (until - start > this.#slack && !(never && TURNED_AWAY_AT_ONCE.has(outcome))) this.#short[i] = start;
    if (!(until - start > this.#enough(i, start, never))) return;
    this.#perhaps[i] = start;
    // As much as the clocks leave open it may have been begun earlier.
    this.#sureTo[i] = until - this.#slack;
    if (!never || this.#isSurelyUnbegun(outcome, connect)) this.#put(i, start, until, never);
  }

  /** Whether a request that was answered and has no line may have waited at the log's end; it is counted as perhaps waiting if so. */
  #isBehindTheCut(i: number): boolean {
    const { samples, view } = this;
    this.#to[i] = samples.start[i]! + samples.elapsed[i]!;
    if (!(this.#to[i]! > this.#cut)) return false;
    this.#perhaps[i] = samples.start[i]! + (samples.connect[i]! || 0);
    // Whoever was served behind the end of a log that tells of all begins before it waited there.
    const { served } = view.timeline;
    return !served?.beginsDerived && !(samples.start[i]! < (view.coverage?.from ?? Number.NEGATIVE_INFINITY));
  }

  /** The shortest wait that counts, ms. */
  #enough(i: number, start: number, never: boolean): number {
    const { outcome, connect } = this.samples;
    // Who had its connection when as many were in service as ever were was not held up by the client's own start.
    const full = this.#isFull(start);
    const delayed = this.#isWarmingUp(i) && (Number.isNaN(connect[i]!) || !full);
    const enough = Math.max(
      full ? this.#shortest : this.#least,
      never && ANSWERED_NO.has(outcome[i]!) ? AT_ONCE_MS : 0,
    );
    return delayed ? Math.max(enough, WARM_UP_MS) : enough;
  }

  /** Whether a request without a begin in the log surely had a connection and none. */
  #isSurelyUnbegun(outcome: number, connect: number): boolean {
    const { service, showsAllBegins, timeline } = this.view;
    // A log that loses lines may have lost those of a request that was begun.
    if (service?.lossy || !showsAllBegins) return false;
    // One whose lines are written at the end shows none either of a request that was never ended.
    if (timeline.served?.beginsDerived && MAY_HAVE_COME_IN.has(outcome)) return false;
    // JMeter writes 0 where a connection did not come about, and where that took no time.
    return connect !== 0 || WAS_IN.has(outcome) || outcome === OUTCOME_CODE.succeeded;
  }

  #put(i: number, start: number, until: number, never: boolean): void {
    const waited = until - start;
    // Whoever was begun before a client asks again had its connection at once.
    if (Number.isNaN(this.samples.connect[i]!) && (never || waited >= ASKED_AGAIN_MS)) this.#unknownConnect = true;
    this.#from[i] = start;
    if (waited <= this.#least) this.#brief.push(i);
    if (waited <= this.#longestMs) return;
    this.#longestMs = waited;
    this.#longest = i;
  }

  /** The counts, once every sample was taken. */
  counted(): Connected {
    if (this.#brief.length < MANY_BUSY_WAITS) for (const i of this.#brief) this.#from[i] = Number.NaN;
    const steps = countOpen(this.#from, this.#sureTo);
    const { value, at } = peak(steps);
    const atMost = countOpen(this.#perhaps, this.#to);
    return {
      steps,
      atMost,
      value,
      at,
      withShort: countOpen(this.#short, this.#to),
      tellsConnect: !this.#unknownConnect,
      mayBeUnconnected: this.#unknownConnect && leftOutside(this.view, value, peak(atMost).value),
      longest: this.#longest,
      longestMs: this.#longestMs,
    };
  }
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
