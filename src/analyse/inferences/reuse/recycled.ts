import { OUTCOME_CODE } from '../../../model/samples.js';
import type { View } from '../../view.js';
import { type Life, slotsOf } from './lives.js';
import { byStart, startOf } from './starts.js';
import { goneAsStated, notKilled, saidReplaced } from './stated.js';

/** Generations of workers needed before their equal counts are a rule. */
export const GENERATIONS = 2;
/** Workers that stopped at the same number, and new ones after them, from which that is no chance … */
const RETIRED = 3;
/** … if they are so many of those that are gone. */
const RETIRED_SHARE = 0.8;
/** … or so many of a crowd of them: the others were idle when the load ended, or their requests' lines are lost. */
const RETIRED_SHARE_MANY = 0.5;
const MANY_RETIRED = 6;
/** A number this low is that of many workers of a pool, too, which served so few by chance. */
const BY_CHANCE = 2;
/** … but not where each place was taken anew so many times: no pool is so wide. */
const MANY_GENERATIONS = 10;
/** So few requests each are no number of their own in a wide pool, unless nearly all have served just as many … */
const FEW_EACH = 4;
/** … and this is nearly all, … */
const USUAL_SHARE = 0.8;
/** … or most, where nobody served more: the others had not come to the end of their number. */
const MOST_SHARE = 0.5;
/** Where the number has a random part: the fewest requests, and as a share of the most. */
const RANDOM_FROM = 4;
const RANDOM_SHARE = 0.6;

/** Workers are replaced. */
export interface Recycled {
  /** After so many requests; absent where a log that lost lines does not say. */
  readonly after?: number;
  /** The fewest and the most that replaced workers served. */
  readonly low: number;
  readonly high: number;
  /** Of so many the log says so itself. */
  readonly said?: number;
}

/**
 * After how many requests workers are replaced: workers that are never seen again once another has taken their place, whose
 * lives together need no more slots than live at once, and that served equally many.
 */
export function recycledAfterOf(view: View, all: readonly Life[]): Recycled | undefined {
  const found = byStart(view.timeline.served!, all).flatMap((lives) => recycledOf(view, lives) ?? []);
  const [first] = found;
  if (!first || found.length === 1) return first;
  const low = Math.min(...found.map((one) => one.low));
  const high = Math.max(...found.map((one) => one.high));
  const after = Math.min(...found.map((one) => one.after ?? Number.NaN));
  const said = found.reduce((n, one) => n + (one.said ?? 0), 0);
  return { low, high, ...(Number.isNaN(after) ? {} : { after }), ...(said > 0 ? { said } : {}) };
}

/** The same of one start of the server. */
function recycledOf(view: View, all: readonly Life[]): Recycled | undefined {
  const { timeline, outage, service } = view;
  // Those that a dead server took with it, and those of the one in its place, were not replaced for what they had served.
  const lives = outage ? all.filter(({ from }) => from < outage.at) : all;
  // On a coarse clock a life may end, and another begin, anywhere within the step that is stamped.
  const step = timeline.served!.resolutionMs;
  const slots = slotsOf(lives.map((life) => ({ ...life, to: life.to + step })));
  const said = saidReplaced(timeline, lives);
  if (said.length > 0) return { ...numberOf(view, complete(view, said, slots), said), said: said.length };
  const stated = goneAsStated(timeline, lives);
  if (stated.length > 0) return numberOf(view, stated, stated);
  if (lives.length < GENERATIONS * Math.max(1, slots) && !hasRecycledNotice(timeline)) {
    return firstRetired(lives, service?.lossy === true);
  }
  const replaced = notKilled(timeline, replacedOf(lives, step));
  if (replaced.length < GENERATIONS) return undefined;
  const whole = complete(view, replaced, slots);
  if (whole.length < GENERATIONS) return undefined;
  const counts = whole.map(({ requests }) => requests).sort((a, b) => a - b);
  const median = counts[counts.length >> 1]!;
  if (median < 2) return undefined;
  // Servers add some jitter to the number, so that workers are not replaced at once.
  const few = median < FEW_EACH && lives.length < MANY_GENERATIONS * Math.max(1, slots);
  const near = counts.filter((n) => Math.abs(n - median) <= (few ? 0 : Math.max(1, 0.75 * median))).length;
  const [low, high] = [counts[0]!, counts.at(-1)!];
  // Two that served very differently are one that was killed, or two of them.
  if (counts.length < RETIRED && low < RANDOM_SHARE * high && !service?.lossy && !hasRecycledNotice(timeline)) {
    return undefined;
  }
  const enough = few && (service?.lossy || median === high) ? MOST_SHARE : USUAL_SHARE;
  if (near < enough * counts.length && !hasRecycledNotice(timeline)) return undefined;
  // The last ones may have had more to serve when the load ended.
  const usual = commonest(counts);
  if (usual === high && counts.filter((n) => n === usual).length >= MOST_SHARE * counts.length) {
    return { after: usual, low: usual, high: usual };
  }
  if (!service?.lossy) return { after: low, low, high };
  // A log that lost lines makes lives look shorter than they were: of the longest, several alike are whole.
  return counts.at(-2) === high ? { after: high, low: high, high } : { low, high };
}

/** What the log says itself needs no rule: the fewest that one served is the number, unless lines are lost or come before the log. */
function numberOf({ service }: View, whole: readonly Life[], said: readonly Life[]): Recycled {
  const counts = (whole.length > 0 ? whole : said).map(({ requests }) => requests).sort((a, b) => a - b);
  const [low, high] = [counts[0]!, counts.at(-1)!];
  if (whole.length === 0) return { low, high };
  if (!service?.lossy) return { after: low, low, high };
  return counts.at(-2) === high ? { after: high, low: high, high } : { low, high };
}

/**
 * Those whose place was taken, in the order of their births: each new worker takes that of the one that has been gone for longest. The
 * last generation was still alive when the load ended, idle ones among it.
 */
function replacedOf(lives: readonly Life[], step: number): readonly Life[] {
  const ordered = [...lives].sort((a, b) => a.from - b.from);
  const gone = ordered.filter(({ to }) => Number.isFinite(to)).sort((a, b) => a.to - b.to);
  const replaced = new Set<Life>();
  let next = 0;
  for (const { from } of ordered) {
    const first = gone[next];
    if (!first || first.to + step > from) continue;
    replaced.add(first);
    next++;
  }
  return ordered.filter((life) => replaced.has(life));
}

/**
 * The first generation is not yet replaced as a whole, but those that are gone stopped at one and the same number, which nobody passed
 * and after which new workers came.
 *
 *     a ▐█▌▐█▌▐█▌
 *     b  ▐█▌▐█▌▐█▌      d and e are new, a and b are not seen again
 *     c    ▐█▌  ▐█▌
 *     d            ▐█▌
 *     e             ▐█▌
 */
function firstRetired(lives: readonly Life[], lossy: boolean): Recycled | undefined {
  const lastBirth = Math.max(...lives.map(({ from }) => from));
  const gone = lives.filter(({ to }) => to < lastBirth);
  const most = Math.max(...lives.map(({ requests }) => requests));
  const least = Math.min(...gone.map(({ requests }) => requests));
  const bornAfter = (some: readonly Life[]) => {
    const first = Math.min(...some.map(({ to }) => to));
    return lives.filter(({ from }) => from > first).length;
  };
  const atMost = gone.filter(({ requests }) => requests === most);
  const stopped = Math.min(atMost.length, bornAfter(atMost));
  const crowd = stopped >= MANY_RETIRED && (lossy || most > BY_CHANCE);
  const enough = crowd || (stopped >= RETIRED && !lossy);
  if (most >= 2 && enough && atMost.length >= (crowd ? RETIRED_SHARE_MANY : RETIRED_SHARE) * gone.length) {
    return { after: most, low: most, high: most };
  }
  // With a random part in the number: of a pool, all workers are known long before each has served so many.
  const random = !lossy && least >= RANDOM_FROM && least >= RANDOM_SHARE * most;
  return random && Math.min(gone.length, bornAfter(gone)) >= MANY_RETIRED
    ? { after: least, low: least, high: most }
    : undefined;
}

/** Some workers served no more after as many requests as any, and others came new: they may have been replaced. */
export function stoppedAtMost(lives: readonly Life[], lossy: boolean): boolean {
  const lastBirth = Math.max(...lives.map(({ from }) => from));
  // Of those whose lines were lost in part nobody knows that they served fewer.
  const most = (lossy ? RETIRED_SHARE_MANY : 1) * Math.max(...lives.map(({ requests }) => requests));
  return lives.filter(({ to, requests }) => to < lastBirth && requests >= most).length >= GENERATIONS;
}

/**
 * Workers that were there when the log begins may have served before. Where the log says how workers are started, those of which it does not
 * say so are left out; those after the first generation count in any case.
 */
function complete(view: View, replaced: readonly Life[], slots: number): readonly Life[] {
  const { notices, served } = view.timeline;
  const { begin, orphanEnds } = served!;
  const begins = startOf(served!, replaced[0]!.worker) === 0 && beginsLate(view);
  const late = begins || orphanEnds.time.some((end) => end < (begin[0] ?? Number.POSITIVE_INFINITY));
  // The workers' own counts include what came before.
  if (late && !replaced.every(({ counted }) => counted)) return replaced.slice(slots);
  const started = new Set(notices.flatMap(({ notice }) => (notice.kind === 'worker-start' ? [notice.pid] : [])));
  if (started.size === 0) return replaced;
  const whole = replaced.filter(({ worker }, k) => k >= slots || started.has(served?.workers[worker]?.pid));
  return whole.length >= GENERATIONS ? whole : replaced;
}

/** The client had answers before the log begins. */
function beginsLate({ timeline: { samples }, ended, coverage }: View): boolean {
  if (!samples || !ended || !coverage) return false;
  return ended.some((end, i) => end < coverage.from && samples.outcome[i] === OUTCOME_CODE.succeeded);
}

/** The number that at least a third share, the least of such. */
function commonest(counts: readonly number[]): number | undefined {
  const times = new Map<number, number>();
  for (const n of counts) times.set(n, (times.get(n) ?? 0) + 1);
  const most = Math.max(...times.values());
  return most >= counts.length / 3 ? counts.find((n) => times.get(n) === most) : undefined;
}

const hasRecycledNotice = ({ notices }: View['timeline']): boolean =>
  notices.filter(({ notice }) => notice.kind === 'worker-exit' && notice.cause === 'recycled').length >= GENERATIONS;
