import { NONE_U32 } from '../model/samples.js';
import type { ServedRequests } from '../model/timeline.js';
import { acceptedOf } from './inferences/max-concurrency/from-sockets.js';
import { livesOf, slotsOf } from './inferences/reuse/lives.js';
import { lostShare, withHidden } from './service/hidden.js';
import { shuffledFiles } from './service/line-order.js';
import type { Service } from './service/service.js';
import { timeAtEach } from './stats/spans.js';
import { peak, type Steps } from './stats/steps.js';
import type { View } from './view.js';

/** Share of the time of waiting that one count must hold to be the plateau. */
const PLATEAU_SHARE = 0.5;
/** Others must have waited for so long in all before a moment at one more counts for nothing, ms … */
const LONG_WAITED_MS = 5000;
/** … which is less than this share of it … */
const MOMENT = 0.05;
/** … while one less held for this. */
const HELD = 0.8;
/** A mean this near to a count is that count and not the next. */
const NEXT_TO = 0.5;
/** Requests per worker, on the median, from which a worker is a slot of a pool. */
const POOL_REQUESTS = 2;
/** So many workers of whom every line is lost, by expectation, are none. */
const HARDLY_ANY = 0.05;
/** Workers that seem to live one after another because lines are lost are few of all. */
const SHORT_LIVES = 0.05;
/** Known workers needed, as a share of the requests, before their number says something of the pool. */
const WORKERS_KNOWN = 0.5;

/** The most requests in service at once as the log tells it. */
export interface Capacity {
  readonly value: number;
  /** What is sure, and what is possible at most. */
  readonly low: number;
  readonly high: number;
  /** First instant at which the value was reached, EpochMs. */
  readonly at: number;
  /** The highest count of the best estimate, whatever the other methods say. */
  readonly sweep: number;
  /** The count that held for most of the time during which others waited. */
  readonly plateau?: number;
  /** Workers of a pool that were alive at once. */
  readonly slots?: number;
  /** The pool's workers have so many lines each that hardly one can have gone unseen, whatever lines a log lost. */
  readonly slotsKnown?: boolean;
  /** The count in which `value` was found: by it, instants "at the limit" are judged. */
  readonly steps: Steps;
}

/**
 * Reads the limit from the count of requests in service.
 *
 *     10     ┌──────────────┐  sweep = plateau = workers alive at once
 *           ┌┘ others wait  └┐
 *          ┌┘                └─┐
 *
 * Where every begin and end was logged, the peak is the answer. Where lines are missing or stamps are coarse the peak of
 * the estimate may overshoot by a pair that overlaps on paper only; then the workers, the plateau or the accepted connections decide,
 * if they lie within what is possible.
 */
export function capacityOf(view: View): Capacity | undefined {
  const { service, inService, surely, possibly } = view;
  if (!service || !inService || !surely || !possibly || service.count === 0 || view.front) return undefined;
  const sweep = peak(inService).value;
  // For how long each count held while others waited, ms.
  const heldFor = view.waiting && timeAtEach(inService, view.waiting, (n) => n > 0);
  const plateau = plateauOf(heldFor);
  const pool = poolSlots(view);
  const slots = pool?.slots;
  const high = Math.max(withHidden(service, view.timeline.samples, peak(possibly).value), sweep);
  const accepted = acceptedOf(view);
  const steady = accepted?.steady ? accepted.value : undefined;
  const pooled = pool?.known === true && service.lossy ? pool.slots : Number.POSITIVE_INFINITY;
  const shown = steady === plateau || isMean(heldFor, plateau) ? plateau : undefined;
  const low = Math.min(surePeak(view, sweep, shown), pooled);
  const sure = !service.lossy && (low === high || exactTimes(view));
  // Where requests were served, none in service is no limit: a look may find the server between two.
  const least = Math.max(1, low);
  const fits = (n: number | undefined): n is number => n !== undefined && n >= least && n <= high;
  // More accepted than the count that held and what a log that lost lines hides of it wait inside.
  const held = lossyPlateau(view, plateau) < (steady ?? 0) ? undefined : steady;
  // What look after look counted is surer than a plateau of coarse stamps.
  const agreed = slots === held && slots === plateau ? slots : undefined;
  // Lines that changed places make one more on paper than there were workers, accepted connections and places that held.
  const stayed = agreed ?? (isMoment(heldFor, sweep) ? plateau : undefined);
  const exact = stayed !== undefined && sweep - stayed === 1 ? stayed : sweep;
  // Where requests follow one another on a worker, times that are placed to some milliseconds overlap for as long: on paper only.
  const placed = view.timeline.served!.steps !== undefined && low > 0 ? low : sweep;
  const value = sure ? exact : ([slots, held, plateau].find(fits) ?? placed);
  const steps = sweep >= value ? inService : possibly;
  return {
    value,
    low: sure ? value : low,
    high: sure ? value : high,
    at: firstAt(steps, value),
    sweep,
    steps,
    ...(plateau === undefined ? {} : { plateau }),
    ...(pool ? { slots: pool.slots, slotsKnown: pool.known } : {}),
  };
}

/**
 * What is sure to have been in service at once. Where the client's answers place the requests, one that came late makes more on paper than there
 * were: it does not overrule what the places that held and look after look both show, or those alone if they are the mean as well.
 *
 *     in service  1  ▐████████████████████▌          | answered
 *                 6                       ▐███████████████████▌| answered      at once by the answers alone
 */
function surePeak({ surely, timeline }: View, sweep: number, shown: number | undefined): number {
  const most = Math.min(peak(surely!).value, sweep);
  return shown !== undefined && timeline.served!.steps !== undefined ? Math.min(most, shown) : most;
}

/** The time in service that answers which came late move does not get more: where its mean while others waited is the plateau, that is the limit. */
function isMean(times: ReadonlyMap<number, number> | undefined, plateau: number | undefined): boolean {
  if (!times || plateau === undefined) return false;
  let total = 0;
  let served = 0;
  for (const [value, ms] of times) {
    total += ms;
    served += value * ms;
  }
  return total >= LONG_WAITED_MS && Math.abs(served / total - plateau) < NEXT_TO;
}

/** As many as can have been in service where a log that lost lines shows the plateau. */
const lossyPlateau = ({ service }: View, plateau: number | undefined): number =>
  service!.lossy && plateau !== undefined ? Math.round(plateau / (1 - lostShare(service!))) : Number.POSITIVE_INFINITY;

/** Nothing was mended and no begin computed: the order of lines is the order of events. */
function exactTimes({ service, timeline }: View): boolean {
  const { mended } = service!;
  const given = mended.begins === 0 && mended.ends === 0 && !timeline.served!.beginsDerived;
  return given && shuffledFiles(service!).size === 0;
}

/** The count was at its highest for a moment only of all the time in which others waited: a server at its limit stays there. */
function isMoment(times: ReadonlyMap<number, number> | undefined, sweep: number): boolean {
  if (!times) return false;
  const total = [...times.values()].reduce((sum, ms) => sum + ms, 0);
  const below = times.get(sweep - 1) ?? 0;
  return total >= LONG_WAITED_MS && (times.get(sweep) ?? 0) < MOMENT * total && below >= HELD * total;
}

function plateauOf(times: ReadonlyMap<number, number> | undefined): number | undefined {
  if (!times) return undefined;
  let total = 0;
  let best: number | undefined;
  for (const [value, ms] of times) {
    total += ms;
    if (best === undefined || ms > times.get(best)! || (ms === times.get(best) && value > best)) best = value;
  }
  return best !== undefined && best > 0 && times.get(best)! >= PLATEAU_SHARE * total ? best : undefined;
}

/**
 * How many workers of a pool were alive at once; `undefined` unless workers are named and serve again. A pool whose workers are all known,
 * each with one request at a time, had no more in service: where lines are lost a begin is placed a moment too early.
 */
function poolSlots({ timeline, service }: View): { slots: number; known: boolean } | undefined {
  const { served } = timeline;
  if (!served || !service?.typical?.sequential) return undefined;
  // A killed worker and the one in its place must not count as two: lives last as long as is sure.
  const lives = livesOf({ ...served, end: service.surelyTo.slice(0, served.count) });
  const known = served.worker.reduce((n, code) => n + (code === NONE_U32 ? 0 : 1), 0);
  if (lives.length === 0 || known < WORKERS_KNOWN * served.count) return undefined;
  const counts = lives.map(({ requests }) => requests).sort((a, b) => a - b);
  if (counts[counts.length >> 1]! < POOL_REQUESTS) return undefined;
  // Lost lines make lives look shorter: a worker more than were alive at once was there all the same.
  const slots = slotsOf(lives);
  const all = service.lossy && lives.length <= slots + Math.max(1, SHORT_LIVES * slots);
  return { slots: all ? lives.length : slots, known: unseenWorkers(served, service) <= HARDLY_ANY };
}

/** How many workers of whom every line is lost there are about: as many as there are of each number of lines, by the share that is lost. */
function unseenWorkers({ worker, endLine, orphanEnds }: ServedRequests, service: Service): number {
  const lines = new Map<number, number>();
  const add = (code: number, n: number) => lines.set(code, (lines.get(code) ?? 0) + n);
  for (const [i, code] of worker.entries()) add(code, endLine[i]! > 0 ? 2 : 1);
  for (const code of orphanEnds.worker) add(code, 1);
  lines.delete(NONE_U32);
  const lost = service.lossy ? lostShare(service) : 0;
  return [...lines.values()].reduce((sum, n) => sum + lost ** n, 0);
}

function firstAt({ t, v }: Steps, value: number): number {
  const i = v.findIndex((n) => n >= value);
  return i < 0 ? Number.NaN : t[i]!;
}
