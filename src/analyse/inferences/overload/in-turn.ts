import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import { sortNumbers } from '../../stats/order.js';
import { nearestRank } from '../../stats/quantile.js';
import { countOpen, peak } from '../../stats/steps.js';

/** Answers from which anything is told. */
const ENOUGH = 8;
/** Requests that are looked at, the first ones sent: who was sent later delays none of them. */
const MOST = 5000;
/** Each limit that is tried is so many times the one before, and one more at least. */
const STEP = 1.04;
/** What one request takes is not known more exactly than this, ms. */
const FINEST_MS = 2;
/** An answer to a request that, in its turn, was not begun yet is as unlikely as this, in powers of e: servers may not serve in turn. */
const OUT_OF_TURN = 5;
/** So many powers of e likelier (150 to 1) is a limit with those who wait for it than none, if it explains so much of the time under way. */
const LIKELIER = 5;
const SOME_WAITING = 0.005;
/** No limit that would have kept all waiting for so much of their time may come nearer than this, in powers of e … */
const MUCH_WAITING = 0.1;
const LESS_LIKELY = 2;
/** … and times differ by no more than such a share from what is usual: who is served out of turn waits for very different times. */
const ALIKE = 0.25;

/** No pattern looks like turns if by the limit times differ by so small a part of what they differ without. */
const ONE_AND_THE_SAME = 0.25;

/**
 * `plainly-waited`: a limit makes what requests took one and the same; `waited`: some limit explains the answers much better than none;
 * `at-once`: none that matters explains them as well.
 */
export type InTurn = 'plainly-waited' | 'waited' | 'at-once' | 'open';

/** Answered or given up when the test was stopped, in the order of their sending. */
interface Requests {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly answered: readonly boolean[];
  /** Places by their ends. */
  readonly byEnd: readonly number[];
}

interface Explained {
  /** Logarithm of the likelihood. */
  readonly likelihood: number;
  /** By how much what was seen differs from the usual time in service, ms. */
  readonly off: number;
  /** Share of the time under way that was spent waiting. */
  readonly waiting: number;
  /** By how much the times in service differ from the usual, as a share of it. */
  readonly spread: number;
}

/**
 * The client alone: which limit, if any, makes the times in service most alike? If a server with room for n serves in turn, the answers
 * tell when each request was begun, and so what each took.
 *
 *     limit 2    |███████|              limit 3    |███████|
 *                |██████|                          |██████|
 *                  ·····|███████|                    |████████████|      of very different length: less likely
 */
export function inTurn(samples: ClientSamples): InTurn {
  const requests = requestsOf(samples);
  const top = peak(countOpen(requests.start, requests.end)).value;
  if (top <= 1) return top === 1 ? 'at-once' : 'open';
  if (requests.answered.reduce((n, one) => n + (one ? 1 : 0), 0) < ENOUGH) return 'open';
  const none = explain(requests, top);
  let best: Explained | undefined;
  let material = Number.NEGATIVE_INFINITY;
  for (let limit = 1; limit < top; limit = Math.max(limit + 1, Math.floor(limit * STEP))) {
    const one = explain(requests, limit);
    if (one.waiting > SOME_WAITING && !(one.likelihood <= (best?.likelihood ?? Number.NEGATIVE_INFINITY))) best = one;
    if (one.waiting > MUCH_WAITING) material = Math.max(material, one.likelihood);
  }
  if (best && best.likelihood - none.likelihood >= LIKELIER) {
    return best.off <= ONE_AND_THE_SAME * none.off ? 'plainly-waited' : 'waited';
  }
  return none.likelihood - material >= LESS_LIKELY && none.spread <= ALIKE ? 'at-once' : 'open';
}

function requestsOf({ count, start, elapsed, outcome, status }: ClientSamples): Requests {
  const isAnswered = (i: number) => outcome[i] === OUTCOME_CODE.succeeded || status[i]! > 0;
  const places: number[] = [];
  for (let i = 0; i < count; i++) {
    const known = !Number.isNaN(start[i]! + elapsed[i]!);
    if (known && (isAnswered(i) || outcome[i] === OUTCOME_CODE.abandoned)) places.push(i);
  }
  places.sort((a, b) => start[a]! - start[b]! || a - b);
  places.length = Math.min(places.length, MOST);
  const end = Float64Array.from(places, (i) => start[i]! + elapsed[i]!);
  return {
    start: Float64Array.from(places, (i) => start[i]!),
    end,
    answered: places.map(isAnswered),
    byEnd: [...places.keys()].sort((a, b) => end[a]! - end[b]! || a - b),
  };
}

function explain(requests: Requests, limit: number): Explained {
  const { start, end, answered } = requests;
  const { begin, outOfTurn } = begins(requests, limit);
  const served = [...start.keys()].filter((i) => answered[i]);
  const { usual, off } = usualTime(served, begin, end);
  let likelihood = -served.length * (Math.log(2 * off) + 1) - OUT_OF_TURN * outOfTurn;
  let waiting = 0;
  let underWay = 0;
  for (const i of start.keys()) {
    waiting += begin[i]! - start[i]!;
    underWay += end[i]! - start[i]!;
    // Who was given up while in service took longer than that.
    if (!answered[i] && begin[i]! < end[i]!) likelihood += longerThan((end[i]! - begin[i]! - usual(begin[i]!)) / off);
  }
  const middle = begin[served[served.length >> 1]!]!;
  return { likelihood, off, waiting: waiting / underWay, spread: off / usual(middle) };
}

/** When each was begun if they are served in turn, so many at once; whoever was answered before its turn came was begun at its end. */
function begins({ start, end, answered, byEnd }: Requests, limit: number) {
  const begin = new Float64Array(start.length).fill(Number.NaN);
  let next = 0;
  let busy = 0;
  let outOfTurn = 0;
  for (const i of byEnd) {
    const at = end[i]!;
    // Those sent since the last answer, while there was room.
    for (; next < start.length && busy < limit && start[next]! < at; next++) {
      if (!Number.isNaN(begin[next]!)) continue;
      begin[next] = start[next]!;
      busy++;
    }
    if (Number.isNaN(begin[i]!)) {
      begin[i] = at;
      if (answered[i]) outOfTurn++;
    } else busy--;
    // Whoever waited longest takes the place.
    for (; next < start.length && busy < limit && start[next]! <= at; next++) {
      if (!Number.isNaN(begin[next]!)) continue;
      begin[next] = at;
      busy++;
    }
  }
  return { begin, outOfTurn };
}

/** What a request begun at a time takes, on a straight line since servers grow slower or quicker, and by how much they differ from it, ms. */
function usualTime(served: readonly number[], begin: Float64Array, end: Float64Array) {
  const n = served.length;
  const x = served.map((i) => begin[i]!);
  const y = served.map((i) => end[i]! - begin[i]!);
  const [meanX, meanY] = [x, y].map((list) => list.reduce((sum, v) => sum + v, 0) / n) as [number, number];
  const over = x.reduce((sum, v, k) => sum + (v - meanX) * (y[k]! - meanY), 0);
  const under = x.reduce((sum, v) => sum + (v - meanX) ** 2, 0);
  const slope = under > 0 ? over / under : 0;
  const level = nearestRank(sortNumbers(Float32Array.from(y, (v, k) => v - slope * (x[k]! - meanX))), 0.5);
  const usual = (at: number) => level + slope * (at - meanX);
  const off = y.reduce((sum, v, k) => sum + Math.abs(v - usual(x[k]!)), 0) / n;
  return { usual, off: Math.max(FINEST_MS, off) };
}

/** Logarithm of the probability to lie so many mean deviations above the middle of Laplace's distribution, or more. */
const longerThan = (x: number): number => (x > 0 ? Math.log(0.5) - x : Math.log(1 - 0.5 * Math.exp(x)));
