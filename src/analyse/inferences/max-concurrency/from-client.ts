import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import { WARM_UP_MS } from '../../fine.js';
import { ascending, pick, sortNumbers } from '../../stats/order.js';
import { nearestRank } from '../../stats/quantile.js';
import { countOpen, peak, type Steps, valuesAt } from '../../stats/steps.js';
import { type Answered, effectOfCrowd } from './crowd.js';

/** Successes needed before the client's samples say anything of a limit. */
const ENOUGH_SUCCESSES = 20;
/** Waiting shows where requests sent into a crowd take so many times as long as others. */
const SLOWED_BY = 1.5;
/** So many requests sent while few were under way show what one takes that does not wait. */
const ENOUGH_ALONE = 5;
/** … and others must take so many times as long, if all of them take longer than any of these. */
const CLEARLY_SLOWER = 1.15;
/** Where more gave up than were served, in all so many times as many, the quick ones that were served do not stand for them. */
const MOSTLY_LEFT = 2;
/** So few under way at most can hardly wait for each other. */
const HARDLY_ANY = 2;
/** Requests sent within such a share of what one takes come at once: threads and connections start in any order. */
const MOMENT = 0.01;
/** What happens so seldom is hardly chance. */
const HARDLY_BY_CHANCE = 0.1;
/** Rounds in which the time in service is found from requests that did not wait. */
const ROUNDS = 4;

/** How many requests were in service, seen from the client alone. */
export interface ClientEstimate {
  /** `open`: requests were sent into about the same crowd at all times, so that nothing shows what one takes that does not wait. */
  readonly kind: 'limited' | 'unlimited' | 'open';
  /** Requests that were sent into a crowd took as long as others, however much the times of all differ. */
  readonly alike: boolean;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Time in service of a request that did not wait, ms. */
  readonly serviceMs: number;
}

/**
 * Little's law, request by request: who waited was in service only for the last part of its time, as long as a request takes
 * that did not wait.
 *
 *     sent |·········waiting·········|── service ──| answered        service ≈ elapsed of those that did not wait
 *
 * Counting these last parts gives the number in service; the plateau of that count is the limit. It errs where times in service
 * differ much, and the interval says so.
 *
 * @param ended when the client had the answer of each sample or gave up.
 */
export function estimateFromClient(
  samples: ClientSamples,
  ended: Float64Array,
  inFlight: Steps,
): ClientEstimate | undefined {
  const served = successes(samples);
  if (served.length < ENOUGH_SUCCESSES) return undefined;
  const { start, elapsed } = samples;
  const top = peak(inFlight).value;
  const sorted = sortNumbers(pick(elapsed, served));
  const failed = samples.outcome.some((code) => code !== OUTCOME_CODE.succeeded && code !== OUTCOME_CODE.abandoned);
  const others = valuesAt(inFlight, start);
  const withLeft = (served.length + leftBehind(samples)) / served.length;
  const requests = { served, start, ended, elapsed, outcome: samples.outcome, sorted, others, inFlight, withLeft };
  const alone = sentAlone(requests, top);
  const effect = effectOfCrowd(requests, top);
  if (effect === 'slower' || slowedByOthers(requests) || isSlower(requests, alone, top)) return limited(requests, top);
  // Nobody waited: all that succeeded were in service while they were under way.
  const value = served.length === samples.count ? top : peak(countOpen(begins(requests, NEVER), ended)).value;
  const alike = effect === 'alike' && (isEven(sorted) || staysAlike(requests, top));
  const kind = failed ? 'limited' : alike || top <= HARDLY_ANY ? 'unlimited' : 'open';
  const high = Math.max(top, mostAtOnce(requests, sorted.at(-1)!));
  return { kind, alike, value, low: 1, high, serviceMs: nearestRank(sorted, 0.5) };
}

const NEVER = Number.POSITIVE_INFINITY;

/** Whether nearly all took about as long as the quick. */
const isEven = (sorted: Float32Array): boolean => nearestRank(sorted, 0.9) <= CLEARLY_SLOWER * nearestRank(sorted, 0.1);

/**
 * Of requests that come within a moment nobody knows which came first, and so had to wait for no other: each counts as sent into all of them.
 *
 *     20 at once, room for 12   ▐███▌ ▐███▌ ···▐███▌ ▐███▌ ···▐███▌ ▐███▌ …      who waits is not who is sent last
 */
function staysAlike(requests: Requests, top: number): boolean {
  const moment = MOMENT * nearestRank(requests.sorted, 0.5);
  const others = valuesAt(
    requests.inFlight,
    requests.start.map((at) => at + moment),
  );
  const all = { ...requests, others };
  return effectOfCrowd(all, top) === 'alike' && !hasLonger(all, sentAlone(all, top));
}

/** So many of the crowd took longer than any of those sent into few that these would hardly lack them all by chance. */
function hasLonger({ served, elapsed }: Requests, alone: Float32Array): boolean {
  const longest = CLEARLY_SLOWER * (alone.at(-1) ?? NEVER);
  const crowd = served.length - alone.length;
  const longer = served.reduce((n, i) => n + (elapsed[i]! > longest ? 1 : 0), 0);
  return (1 - longer / crowd) ** alone.length <= HARDLY_BY_CHANCE;
}

/** Elapsed of the requests that were sent while at most half as many were under way as ever, ascending. */
const sentAlone = ({ served, elapsed, others }: Requests, top: number): Float32Array =>
  sortNumbers(
    pick(
      elapsed,
      served.filter((i) => others[i]! <= top / 2),
    ),
  );

/** Most of the others took longer than any of those that were sent while few were under way. */
function isSlower({ served, elapsed, others }: Requests, alone: Float32Array, top: number): boolean {
  const crowd = served.filter((i) => others[i]! > top / 2);
  if (alone.length < ENOUGH_ALONE || crowd.length < ENOUGH_ALONE) return false;
  const median = nearestRank(sortNumbers(pick(elapsed, crowd)), 0.5);
  return median > alone.at(-1)! && median > CLEARLY_SLOWER * nearestRank(alone, 0.5);
}

/** Requests sent while many were under way took longer than those sent while few were: they waited for each other. */
function slowedByOthers({ served, elapsed, others }: Requests): boolean {
  const crowd = ascending(pick(others, served));
  const part = Math.max(1, Math.floor(crowd.length / 3));
  const median = (list: Uint32Array) =>
    nearestRank(
      sortNumbers(
        pick(
          elapsed,
          list.map((k) => served[k]!),
        ),
      ),
      0.5,
    );
  return median(crowd.subarray(-part)) > SLOWED_BY * median(crowd.subarray(0, part));
}

function successes({ count, outcome, start, elapsed }: ClientSamples): Uint32Array {
  const list = new Uint32Array(count);
  let n = 0;
  for (let i = 0; i < count; i++) {
    if (outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(start[i]! + elapsed[i]!)) list[n++] = i;
  }
  return list.subarray(0, n);
}

/** With the counts in flight over time. */
interface Requests extends Answered {
  /** `elapsed` of those that succeeded, in ascending order. */
  readonly sorted: Float32Array;
  readonly inFlight: Steps;
  readonly outcome: ClientSamples['outcome'];
  /** So many times as many as succeeded may have been served. */
  readonly withLeft: number;
}

/** Requests that the client gave up: the server may go on with them, and nobody sees when it is done. */
const leftBehind = ({ outcome }: ClientSamples): number =>
  outcome.reduce((n, code) => n + (code === OUTCOME_CODE['read-timeout'] ? 1 : 0), 0);

/** When each request that succeeded was begun at the earliest, if it was in service for so long; `NaN` for the rest. */
function begins({ served, start, ended }: Requests, serviceMs: number): Float64Array {
  const begin = new Float64Array(start.length).fill(Number.NaN);
  for (let k = 0; k < served.length; k++) {
    const i = served[k]!;
    const latest = ended[i]! - serviceMs;
    begin[i] = latest > start[i]! ? latest : start[i]!;
  }
  return begin;
}

/** The most that can have been in service: all under way, and those given up, with whom the server may go on for as long as one takes. */
function mostAtOnce({ start, ended, outcome }: Requests, serviceMs: number): number {
  const gone = ended.map((at, i) => (outcome[i] === OUTCOME_CODE['read-timeout'] ? at + serviceMs : at));
  return peak(countOpen(start, gone)).value;
}

function limited(requests: Requests, top: number): ClientEstimate {
  const { sorted, withLeft } = requests;
  let spread = unhindered(requests, top);
  let best = plateau(requests, spread.median);
  for (let round = 1; round < ROUNDS; round++) {
    const { median } = spread;
    spread = unhindered(requests, Math.max(1, best.value));
    if (spread.median === median) break;
    best = plateau(requests, spread.median);
  }
  // Who was sent first may have waited for the client's own start: the quickest of all bounds the time in service from below.
  const short = plateau(requests, Math.min(spread.low, sorted[0]!));
  const long = plateau(requests, spread.high);
  return {
    kind: 'limited',
    alike: false,
    value: Math.max(1, best.value),
    low: spread.unhindered ? Math.max(1, Math.min(short.low, best.low)) : 1,
    high:
      withLeft > MOSTLY_LEFT
        ? mostAtOnce(requests, spread.high)
        : Math.min(mostAtOnce(requests, spread.high), Math.ceil(withLeft * Math.max(long.high, best.high))),
    serviceMs: spread.median,
  };
}

/** Elapsed of the requests that were sent while few others were in flight; at least the quickest twentieth. */
function unhindered({ served, start, elapsed, sorted, others }: Requests, guess: number) {
  const alone = served.filter((i) => others[i]! <= Math.max(1, guess / 2));
  const few = Math.max(1, Math.ceil(sorted.length / 20));
  const enough = alone.length >= Math.min(5, few);
  const times = enough ? sortNumbers(pick(elapsed, alone)) : sorted.subarray(0, few);
  const median = nearestRank(times, 0.5);
  // While it loads its code the client delays what it sends: short requests look longer then.
  const warm = start.reduce((first, t) => Math.min(first, t), Number.POSITIVE_INFINITY) + WARM_UP_MS;
  const delayed = median < WARM_UP_MS && alone.every((i) => start[i]! < warm);
  return {
    low: nearestRank(times, 0.1),
    median,
    high: nearestRank(times, 0.9),
    /** They were sent while few others were under way; else they are only the quickest of those that waited. */
    unhindered: enough && !delayed,
  };
}

/** The count in service that held longest while more were in flight, with the counts that hold around it. */
function plateau(requests: Requests, serviceMs: number) {
  const { ended, inFlight } = requests;
  const service = countOpen(begins(requests, serviceMs), ended);
  const top = peak(service).value;
  /** For how long each count held, ms. */
  const held = new Float64Array(top + 1);
  let total = 0;
  let k = -1;
  for (let i = 0; i + 1 < service.t.length; i++) {
    const value = service.v[i]!;
    while (k + 1 < inFlight.t.length && inFlight.t[k + 1]! <= service.t[i]!) k++;
    if (value === 0 || k < 0 || inFlight.v[k]! <= value) continue;
    const ms = service.t[i + 1]! - service.t[i]!;
    held[value]! += ms;
    total += ms;
  }
  const quantile = (p: number): number => {
    let sum = 0;
    for (let value = 1; value <= top && total > 0; value++) {
      sum += held[value]!;
      if (held[value]! > 0 && sum >= p * total) return value;
    }
    return total > 0 ? held.findLastIndex((ms) => ms > 0) : top;
  };
  return { value: quantile(0.5), low: quantile(0.05), high: quantile(0.95) };
}
