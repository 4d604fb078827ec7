import { append } from '../../model/append.js';
import { NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import { END_KIND, type ServedRequests, type Timeline } from '../../model/timeline.js';
import { firstAtLeast } from '../stats/order.js';
import type { Deaths } from './deaths.js';
import type { Typical } from './typical.js';

/** Beyond this many of the longest service seen, a request whose end is missing in a log that loses lines is over. */
const OVER_AFTER_LONGEST = 1.5;
/** So much of the shortest service seen is taken for sure of one that was not. */
const SURELY_SHARE = 0.8;
/** Complete requests needed before their times stand for the others'. */
export const ENOUGH_COMPLETE = 10;

/** What bounds the begin and the end of a request that a line is missing of: its client, its worker, deaths, and how long others take. */
export class Bounds {
  readonly #beginsOf = new Map<number, number[]>();
  readonly #endsOf = new Map<number, number[]>();

  constructor(
    readonly timeline: Timeline,
    readonly served: ServedRequests,
    readonly deaths: Deaths,
    readonly typical: Typical,
  ) {
    const { orphanEnds } = served;
    for (let i = 0; i < served.count; i++) {
      put(this.#beginsOf, served.worker[i]!, served.begin[i]!);
      if (served.endKind[i] !== END_KIND.open) put(this.#endsOf, served.worker[i]!, served.end[i]!);
    }
    for (let i = 0; i < orphanEnds.count; i++) put(this.#endsOf, orphanEnds.worker[i]!, orphanEnds.time[i]!);
    for (const list of [...this.#beginsOf.values(), ...this.#endsOf.values()]) list.sort((a, b) => a - b);
  }

  /** When the client sent the request and when it was answered; open bounds where that is not known. */
  client(sample: number): { start: number; answered: number; over: number } {
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

  /** From a request's end in the log to its end at the client, at most: the longest seen, and what the stamps leave open. */
  longestLag(): number {
    return this.typical.lag.max + 2 * (this.timeline.clock.uncertaintyMs ?? 0) + this.served.resolutionMs;
  }

  /** What a request takes at least: less than the shortest seen, and a step of the log's clock may be lost too. */
  shortest(): number {
    return Math.max(0, SURELY_SHARE * this.typical.service.min - this.served.resolutionMs);
  }

  nextBegin(i: number): number {
    const { served, typical } = this;
    const worker = served.worker[i]!;
    if (!typical.sequential || worker === NONE_U32) return Number.POSITIVE_INFINITY;
    return after(this.#beginsOf.get(worker), served.begin[i]!);
  }

  death(i: number): number {
    const { served, deaths } = this;
    const pid = served.workers[served.worker[i]!]?.pid;
    const own = pid === undefined ? Number.POSITIVE_INFINITY : after(deaths.byPid.get(pid), served.begin[i]!);
    const all =
      deaths.server !== undefined && deaths.server >= served.begin[i]! ? deaths.server : Number.POSITIVE_INFINITY;
    const anew = served.starts?.find(({ at, sources }) => at > served.begin[i]! && sources.includes(served.source[i]!));
    return Math.min(own, all, anew?.at ?? Number.POSITIVE_INFINITY);
  }

  /** A request far older than any that was seen to end is over, its end lost or never printed. */
  longOver(begin: number): number {
    const { typical, timeline } = this;
    if (typical.complete < ENOUGH_COMPLETE) return Number.POSITIVE_INFINITY;
    const longest = begin + typical.service.max;
    const certain = begin + OVER_AFTER_LONGEST * typical.service.max;
    return certain < (timeline.logEnd ?? Number.NEGATIVE_INFINITY) ? longest : Number.POSITIVE_INFINITY;
  }

  /** One worker serves one request after another: so many of them cannot have done so by chance. */
  oneByOne(): boolean {
    return this.typical.sequential && this.typical.complete >= ENOUGH_COMPLETE;
  }

  /** When the worker of a request that ended then had ended the one before, where it serves one after another. */
  freeSince(worker: number, end: number): number | undefined {
    return this.oneByOne() && worker !== NONE_U32 ? before(this.#endsOf.get(worker), end) : undefined;
  }
}

function put(map: Map<number, number[]>, key: number, value: number): void {
  if (key !== NONE_U32) append(map, key, value);
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
