import { NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import { END_KIND, type ServedRequests, type Timeline } from '../../model/timeline.js';
import { firstAtLeast } from '../stats/order.js';
import { type Typical, typicalOf } from './typical.js';

/**
 * Requests in service, each with what is sure of it and what is possible, on the client's clock (EpochMs). Where the log shows
 * begin and end the three are one; where a line is missing they stand apart:
 *
 *     possibly      |··········────────────········|
 *     best              |──────────────────|
 *     surely                 |───────|
 *
 * All arrays have `count` entries.
 */
export interface Service {
  readonly count: number;
  readonly begin: Float64Array;
  /** `Infinity`: in service to the end of what was recorded. */
  readonly end: Float64Array;
  /** `surelyFrom > surelyTo` where no instant is sure. */
  readonly surelyFrom: Float64Array;
  readonly surelyTo: Float64Array;
  readonly possiblyFrom: Float64Array;
  readonly possiblyTo: Float64Array;
  /** Before this it was surely not begun: the logged begin, or what rules an earlier one out. */
  readonly notBefore: Float64Array;
  readonly worker: Uint32Array;
  readonly sample: Uint32Array;
  readonly source: Uint16Array;
  /** 0 where no line tells. */
  readonly beginLine: Uint32Array;
  readonly endLine: Uint32Array;
  /** How many begins and ends come from other evidence than a line that tells them. */
  readonly mended: { readonly begins: number; readonly ends: number };
  /** The log demonstrably lost lines. */
  readonly lossy: boolean;
  readonly typical?: Typical;
}

/** Share of the client's successes that the log must show before the others count as lost lines. */
const LOG_COVERS = 0.5;
/** Beyond this many of the longest service seen, a request whose end is missing in a log that loses lines is over. */
const OVER_AFTER_LONGEST = 1.5;
/** So much of the shortest service seen is taken for sure of one that was not. */
const SURELY_SHARE = 0.8;
/** Complete requests needed before their times stand for the others'. */
const ENOUGH_COMPLETE = 10;

/** Requests that wait, while others sent so much later are begun, stand in no queue, ms; so many of them are no chance. */
const OVERTAKEN_BY_MS = 1000;
const OVERTAKEN = 2;

/** Who is gone, and since when: what ends a request that no line ends. */
export interface Deaths {
  /** When a process was gone, by process id (EpochMs, ascending). */
  readonly byPid: ReadonlyMap<number, readonly number[]>;
  /** When the server as a whole died. */
  readonly server?: number;
}

/** Puts together what the log tells, closing and completing by other evidence what it leaves open. */
export function serviceOf(timeline: Timeline, deaths: Deaths): Service | undefined {
  const { served } = timeline;
  if (!served) return undefined;
  const typical = typicalOf(timeline);
  const lost = lostRequests(timeline, served);
  const lossy =
    served.orphanEnds.count > 0 || lost.length > 0 || overtaken(timeline, served, deaths.server) >= OVERTAKEN;
  const mender = new Mender(timeline, served, deaths, typical!, lossy);
  mender.takeLogged();
  mender.takeOrphans();
  for (const sample of lost) mender.takeLost(sample);
  return mender.finish();
}

/** Successes of the client that the log does not show at all, though it shows most others of their time. */
function lostRequests({ samples }: Timeline, served: ServedRequests): readonly number[] {
  if (!samples || served.count === 0) return [];
  const shown = new Uint8Array(samples.count);
  for (const list of [served.sample, served.orphanEnds.sample]) {
    for (const sample of list) if (sample !== NONE_U32) shown[sample] = 1;
  }
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < served.count; i++) {
    first = Math.min(first, served.begin[i]!);
    last = Math.max(last, served.begin[i]!, Number.isFinite(served.end[i]!) ? served.end[i]! : 0);
  }
  const missing: number[] = [];
  let covered = 0;
  for (let i = 0; i < samples.count; i++) {
    if (samples.outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(samples.id[i]!)) continue;
    if (shown[i] === 1) covered++;
    else if (samples.start[i]! >= first && samples.start[i]! + samples.elapsed[i]! <= last) missing.push(i);
  }
  const breaks = served.orphanEnds.count > 0 || served.open > 0 || served.beginsDerived;
  return breaks && covered >= LOG_COVERS * (covered + missing.length) ? missing : [];
}

/**
 * How many were cut in the end, never begun, though others that were sent well after them were begun: their begins are lost. A server that
 * died may have ended so few that who gave up before must count as well.
 */
function overtaken({ samples }: Timeline, served: ServedRequests, died: number | undefined): number {
  if (!samples) return 0;
  const isBegun = new Uint8Array(samples.count);
  let last = -1;
  let lastSent = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < served.count; k++) {
    const sample = served.sample[k]!;
    if (sample === NONE_U32) continue;
    isBegun[sample] = 1;
    if (!(samples.start[sample]! >= lastSent)) continue;
    last = k;
    lastSent = samples.start[sample]!;
  }
  if (last < 0) return 0;
  let n = 0;
  for (let i = 0; i < samples.count; i++) {
    const outcome = samples.outcome[i]!;
    const gaveUp = died !== undefined && outcome === OUTCOME_CODE['read-timeout'];
    if (isBegun[i] === 1 || (outcome !== OUTCOME_CODE.reset && !gaveUp)) continue;
    const waited = samples.start[i]! + OVERTAKEN_BY_MS < lastSent;
    if (waited && samples.start[i]! + samples.elapsed[i]! > served.begin[last]!) n++;
  }
  return n;
}

class Mender {
  readonly #rows: Row[] = [];
  #begins = 0;
  #ends = 0;
  readonly #beginsOf = new Map<number, number[]>();
  readonly #endsOf = new Map<number, number[]>();

  constructor(
    readonly timeline: Timeline,
    readonly served: ServedRequests,
    readonly deaths: Deaths,
    readonly typical: Typical,
    readonly lossy: boolean,
  ) {
    const { orphanEnds } = served;
    for (let i = 0; i < served.count; i++) {
      put(this.#beginsOf, served.worker[i]!, served.begin[i]!);
      if (served.endKind[i] !== END_KIND.open) put(this.#endsOf, served.worker[i]!, served.end[i]!);
    }
    for (let i = 0; i < orphanEnds.count; i++) put(this.#endsOf, orphanEnds.worker[i]!, orphanEnds.time[i]!);
    for (const list of [...this.#beginsOf.values(), ...this.#endsOf.values()]) list.sort((a, b) => a - b);
  }

  takeLogged(): void {
    const { served } = this;
    for (let i = 0; i < served.count; i++) {
      const span = this.#spanOf(i);
      this.#rows.push({ ...this.#shared(i), ...span, notBefore: this.#notBefore(i, span) });
    }
  }

  #shared(i: number) {
    const { served } = this;
    return {
      worker: served.worker[i]!,
      sample: served.sample[i]!,
      source: served.source[i]!,
      beginLine: served.beginLine[i]!,
      endLine: served.endLine[i]!,
    };
  }

  /** Of a request that the client does not place among others that it does, no wait is told that the clocks may make up. */
  #notBefore(i: number, { begin }: Span): number {
    const { steps, resolutionMs } = this.served;
    return steps && steps[i]! > resolutionMs ? begin - (this.timeline.clock.uncertaintyMs ?? 0) : begin;
  }

  #spanOf(i: number): Span {
    const { served } = this;
    const begin = served.begin[i]!;
    if (served.endKind[i] === END_KIND.open) return this.#close(i, begin);
    const end = served.end[i]!;
    const coarse = served.beginsDerived ? (served.steps?.[i] ?? served.resolutionMs) : 0;
    const { start, answered } = this.#client(served.sample[i]!);
    // Cause comes before effect: a coarse stamp cannot put a begin before the sending, nor an end after the answer.
    const from = coarse > 0 ? Math.max(begin - coarse, Math.min(start, begin)) : begin;
    const to = coarse > 0 ? Math.min(end + coarse, Math.max(answered, end)) : served.endLatest[i]!;
    return {
      begin,
      end,
      surelyFrom: coarse > 0 ? Math.min(begin + coarse, end) : begin,
      surelyTo: coarse > 0 ? Math.max(end - coarse, begin) : end,
      possiblyFrom: from,
      possiblyTo: to,
    };
  }

  /** When the client sent the request and when it was answered; open bounds where that is not known. */
  #client(sample: number): { start: number; answered: number; over: number } {
    const { samples, clock } = this.timeline;
    const none = {
      start: Number.NEGATIVE_INFINITY,
      answered: Number.POSITIVE_INFINITY,
      over: Number.POSITIVE_INFINITY,
    };
    if (!samples || sample === NONE_U32 || Number.isNaN(samples.start[sample]!)) return none;
    const slack = clock.uncertaintyMs ?? 0;
    const until = samples.start[sample]! + samples.elapsed[sample]! + slack;
    const outcome = samples.outcome[sample]!;
    // A client that gave up says nothing of the server, which may go on.
    const gaveUp = outcome === OUTCOME_CODE['read-timeout'] || outcome === OUTCOME_CODE.abandoned;
    const known = !gaveUp && outcome !== OUTCOME_CODE.other && !Number.isNaN(until);
    return {
      start: samples.start[sample]! - slack,
      answered: outcome === OUTCOME_CODE.succeeded && !Number.isNaN(until) ? until : Number.POSITIVE_INFINITY,
      over: known ? until : Number.POSITIVE_INFINITY,
    };
  }

  /** Ends a request that no line ends, by the earliest evidence that it was over. */
  #close(i: number, begin: number): Span {
    const { served, typical } = this;
    const { over } = this.#client(served.sample[i]!);
    const event = Math.min(over, this.#nextBegin(i), this.#death(i));
    // Some take longer than any that was seen to end: where the client tells when it was over, nothing else is asked.
    const long = over < Number.POSITIVE_INFINITY ? over : this.#longOver(begin);
    const latest = Math.max(begin, Math.min(event, long));
    if (latest === Number.POSITIVE_INFINITY) {
      // In a log that lost lines its end may be one of them.
      const surelyTo = this.lossy ? begin + this.#shortest() : latest;
      return { begin, end: latest, surelyFrom: begin, surelyTo, possiblyFrom: begin, possiblyTo: latest };
    }
    this.#ends++;
    const enough = typical.complete >= ENOUGH_COMPLETE;
    const byClient = over === latest;
    // Where no line is lost, whoever has no end when the worker or the server dies was in service until then.
    const died = !this.lossy && this.#death(i) === latest;
    const usual = enough && !died ? Math.min(begin + typical.service.median, latest) : latest;
    const end = Math.max(begin, Math.min(latest, byClient ? latest - typical.lag.median : usual));
    // Where no line is lost, a request without an end was in service until something ended it.
    const known = byClient || (!this.lossy && event === latest);
    // Where no line is lost it was killed, and may have been so at once.
    const least = enough && this.lossy ? begin + this.#shortest() : begin;
    const surely = known ? latest - this.#longestLag() : least;
    return {
      begin,
      end,
      surelyFrom: begin,
      surelyTo: Math.max(begin, Math.min(end, surely)),
      possiblyFrom: begin,
      possiblyTo: event < Number.POSITIVE_INFINITY || this.lossy ? latest : event,
    };
  }

  /** From a request's end in the log to its end at the client, at most: the longest seen, and what the stamps leave open. */
  #longestLag(): number {
    return this.typical.lag.max + 2 * (this.timeline.clock.uncertaintyMs ?? 0) + this.served.resolutionMs;
  }

  /** What a request takes at least: less than the shortest seen, and a step of the log's clock may be lost too. */
  #shortest(): number {
    return Math.max(0, SURELY_SHARE * this.typical.service.min - this.served.resolutionMs);
  }

  #nextBegin(i: number): number {
    const { served, typical } = this;
    const worker = served.worker[i]!;
    if (!typical.sequential || worker === NONE_U32) return Number.POSITIVE_INFINITY;
    return after(this.#beginsOf.get(worker), served.begin[i]!);
  }

  #death(i: number): number {
    const { served, deaths } = this;
    const pid = served.workers[served.worker[i]!]?.pid;
    const own = pid === undefined ? Number.POSITIVE_INFINITY : after(deaths.byPid.get(pid), served.begin[i]!);
    const all =
      deaths.server !== undefined && deaths.server >= served.begin[i]! ? deaths.server : Number.POSITIVE_INFINITY;
    const anew = served.starts?.find(({ at, sources }) => at > served.begin[i]! && sources.includes(served.source[i]!));
    return Math.min(own, all, anew?.at ?? Number.POSITIVE_INFINITY);
  }

  /** A request far older than any that was seen to end is over, its end lost or never printed. */
  #longOver(begin: number): number {
    const { typical, timeline } = this;
    if (typical.complete < ENOUGH_COMPLETE) return Number.POSITIVE_INFINITY;
    const longest = begin + typical.service.max;
    const certain = begin + OVER_AFTER_LONGEST * typical.service.max;
    return certain < (timeline.logEnd ?? Number.NEGATIVE_INFINITY) ? longest : Number.POSITIVE_INFINITY;
  }

  /** Ends whose begin line is missing: begun one usual service earlier, though not before what rules that out. */
  takeOrphans(): void {
    const { orphanEnds } = this.served;
    for (let i = 0; i < orphanEnds.count; i++) {
      const end = orphanEnds.time[i]!;
      const worker = orphanEnds.worker[i]!;
      const free = this.#oneByOne() && worker !== NONE_U32 ? before(this.#endsOf.get(worker), end) : undefined;
      this.#addEstimated(end, end, end, worker, orphanEnds.sample[i]!, {
        source: orphanEnds.source[i]!,
        endLine: orphanEnds.line[i]!,
        ...(free === undefined ? {} : { free }),
      });
    }
  }

  /** One worker serves one request after another: so many of them cannot have done so by chance. */
  #oneByOne(): boolean {
    return this.typical.sequential && this.typical.complete >= ENOUGH_COMPLETE;
  }

  /** A success of the client without any line. */
  takeLost(sample: number): void {
    const { samples } = this.timeline;
    const { lag } = this.typical;
    const answered = samples!.start[sample]! + samples!.elapsed[sample]!;
    this.#ends++;
    this.#addEstimated(answered - lag.median, answered - this.#longestLag(), answered, NONE_U32, sample, {
      source: 0,
      endLine: 0,
    });
  }

  #addEstimated(
    end: number,
    surelyTo: number,
    possiblyTo: number,
    worker: number,
    sample: number,
    more: { source: number; endLine: number; free?: number },
  ): void {
    const { service, complete } = this.typical;
    const { start } = this.#client(sample);
    const earliest = Math.max(start, more.free ?? Number.NEGATIVE_INFINITY);
    const enough = complete >= ENOUGH_COMPLETE;
    const begin = enough ? Math.max(end - service.median, earliest) : Math.max(earliest, Number.NEGATIVE_INFINITY);
    const usable = Number.isFinite(begin) ? Math.min(begin, end) : end;
    this.#begins++;
    this.#rows.push({
      begin: usable,
      end,
      surelyFrom: enough ? Math.min(Math.max(end - this.#shortest(), earliest), end) : end,
      surelyTo,
      possiblyFrom: enough ? Math.min(Math.max(end - service.max, earliest), usable) : usable,
      possiblyTo,
      notBefore: Math.min(Number.isFinite(earliest) ? earliest : usable, end),
      worker,
      sample,
      source: more.source,
      beginLine: 0,
      endLine: more.endLine,
    });
  }

  finish(): Service {
    const rows = this.#rows;
    const floats = (key: keyof Span) => Float64Array.from(rows, (row) => row[key]);
    return {
      count: rows.length,
      begin: floats('begin'),
      end: floats('end'),
      surelyFrom: floats('surelyFrom'),
      surelyTo: floats('surelyTo'),
      possiblyFrom: floats('possiblyFrom'),
      possiblyTo: floats('possiblyTo'),
      notBefore: Float64Array.from(rows, ({ notBefore }) => notBefore),
      worker: Uint32Array.from(rows, ({ worker }) => worker),
      sample: Uint32Array.from(rows, ({ sample }) => sample),
      source: Uint16Array.from(rows, ({ source }) => source),
      beginLine: Uint32Array.from(rows, ({ beginLine }) => beginLine),
      endLine: Uint32Array.from(rows, ({ endLine }) => endLine),
      mended: { begins: this.#begins, ends: this.#ends },
      lossy: this.lossy,
      typical: this.typical,
    };
  }
}

interface Span {
  readonly begin: number;
  readonly end: number;
  readonly surelyFrom: number;
  readonly surelyTo: number;
  readonly possiblyFrom: number;
  readonly possiblyTo: number;
}

interface Row extends Span {
  readonly notBefore: number;
  readonly worker: number;
  readonly sample: number;
  readonly source: number;
  readonly beginLine: number;
  readonly endLine: number;
}

function put(map: Map<number, number[]>, key: number, value: number): void {
  if (key === NONE_U32) return;
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The first of an ascending list that is later. */
function after(list: readonly number[] | undefined, time: number): number {
  if (!list) return Number.POSITIVE_INFINITY;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return list[low] ?? Number.POSITIVE_INFINITY;
}

/** The last of an ascending list that is earlier. */
function before(list: readonly number[] | undefined, time: number): number | undefined {
  return list?.[firstAtLeast(list, time) - 1];
}
