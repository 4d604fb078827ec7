import { END_KIND, type ServedRequests } from '../../../model/timeline.js';
import { busierThanTime } from '../../service/busy.js';
import type { View } from '../../view.js';
import { type Life, livesOf, PRINT_RACE_MS } from './lives.js';

/** A worker had several requests at once where so many of its requests overlapped; fewer are lines that changed places. */
export const OVERLAP_SHARE = 0.1;
export const OVERLAP_AT_LEAST = 2;
/** Share of the workers that must overlap where lines were lost. */
const LOOPS_SHARE = 0.5;
/** Share of a request's time for which another must still be in service for both to be at once beyond doubt. */
const DEEP_SHARE = 0.25;
/** Of a worker's two requests at once for so long, ms, no lines have changed places: a print may come late, but not by that. */
const LONG_AT_ONCE_MS = 250;
/** … and of a worker that seems to serve one at a time, from which that is not so, ms. */
const HICCUP_MS = 100;
/** So many times what nine requests in ten take is far longer than the others. */
const FAR_LONGER = 3;

/**
 * Where lines were lost, a request whose end is not known may be long over, and one that took far longer than the others may have the begin
 * of one test and the end of another: at once are only those that the log shows whole.
 */
export function wholeAtOnce({ service }: View, served: ServedRequests, lives: readonly Life[]): readonly Life[] {
  const { count, begin, end, endLine, worker, resolutionMs } = served;
  const longest = longestOf(service);
  const whole = Uint32Array.from({ length: count }, (_, i) => i).filter(
    (i) => endLine[i]! > 0 && end[i]! - begin[i]! <= longest,
  );
  const known = livesOf({
    count: whole.length,
    begin: Float64Array.from(whole, (i) => begin[i]!),
    end: Float64Array.from(whole, (i) => end[i]!),
    worker: whole.map((i) => worker[i]!),
    resolutionMs,
  });
  const byWorker = new Map(known.map((life) => [life.worker, life]));
  return lives.map((life) => {
    const { atOnce, overlapping } = byWorker.get(life.worker) ?? { atOnce: 1, overlapping: 0 };
    return { ...life, atOnce, overlapping };
  });
}

/** What takes longer may be the begin of one request and the end of another. */
const longestOf = (service: View['service']): number =>
  FAR_LONGER * (service?.typical?.service.high ?? Number.POSITIVE_INFINITY);

/** Whose requests took longer together than there was time had several at once, whatever a coarse clock says. */
export function busyLives(served: ServedRequests, lives: readonly Life[]): readonly Life[] {
  const busier = busierThanTime(served);
  return lives.map((life) => {
    const atOnce = busier.get(life.worker);
    return atOnce === undefined || atOnce <= life.atOnce ? life : { ...life, atOnce, overlapping: life.requests - 1 };
  });
}

/**
 * The only worker that there is, where it began a request while another of its own had a good part of its time before it: lines do not
 * change places over so long a time, however seldom that was.
 *
 *     main ▐███▌ ▐███▌ ▐███▌ ▐███▌ ▐███▌                      one after another while few came
 *                                    ▐███▌ two at once
 *                                       ▐███▌
 */
export function loneLoop({ service }: View, served: ServedRequests, lives: readonly Life[]): readonly Life[] {
  const [life] = lives;
  const lossy = service?.lossy === true;
  if (!life || lives.length > 1 || (lossy && served.repeatedIds > 0)) return lives;
  // Where lines were lost, only an id tells which begin and end are of one request, and that of another test may be the same.
  const longest = lossy ? longestOf(service) : Number.POSITIVE_INFINITY;
  const sure = (i: number) =>
    served.worker[i] === life.worker &&
    !(lossy && Number.isNaN(served.id[i]!)) &&
    served.end[i]! - served.begin[i]! <= longest;
  const deep = deepOverlaps(served, sure, (takes) => DEEP_SHARE * takes);
  if (deep < OVERLAP_AT_LEAST) return lives;
  const overlapping = Math.max(life.overlapping, Math.ceil(OVERLAP_SHARE * life.requests));
  return [{ ...life, atOnce: Math.max(life.atOnce, OVERLAP_AT_LEAST), overlapping }];
}

/** Workers that had two requests at once for long, of a log that lost nothing: once is enough to tell that they may. */
export const heldTwo = (view: View, served: ServedRequests, lives: readonly Life[]): readonly Life[] =>
  served.learned ? [] : twoFor(LONG_AT_ONCE_MS, view, served, lives);

/** Whether a worker had a second request beside the first, if only once, for longer than lines change places: it does not serve one at a time. */
export const everHeldTwo = (view: View, served: ServedRequests, lives: readonly Life[]): boolean =>
  twoFor(HICCUP_MS, view, served, lives).length > 0;

function twoFor(ms: number, { service }: View, served: ServedRequests, lives: readonly Life[]): readonly Life[] {
  if (service?.lossy || served.beginsDerived || served.repeatedIds > 0) return [];
  const isSure = (worker: number) => (i: number) => served.worker[i] === worker && !Number.isNaN(served.id[i]!);
  return lives.filter(({ worker }) => deepOverlaps(served, isSure(worker), () => ms) > 0);
}

/** Requests that began while another whose end is logged had so much of its time before it, ms, for one that takes so long. */
function deepOverlaps(
  { begin, end, endKind, resolutionMs }: ServedRequests,
  sure: (request: number) => boolean,
  least: (takes: number) => number,
): number {
  const order = Uint32Array.from(begin, (_, i) => i)
    .filter((i) => endKind[i] === END_KIND.logged && sure(i))
    .sort((a, b) => begin[a]! - begin[b]!);
  let deep = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    const takes = end[i]! - begin[i]!;
    if (until - begin[i]! > Math.max(least(takes), PRINT_RACE_MS + 2 * resolutionMs)) deep++;
    until = Math.max(until, end[i]!);
  }
  return deep;
}

/** The log's requests, and those of which it has the end alone: they count as begun and ended at once. */
export function withOrphans({ count, begin, worker, orphanEnds, resolutionMs }: ServedRequests, ends: Float64Array) {
  const { count: more, time } = orphanEnds;
  if (more === 0) return { count, begin, end: ends, worker, resolutionMs };
  const joined = (a: Float64Array) => Float64Array.from([...a, ...time]);
  return {
    count: count + more,
    begin: joined(begin),
    end: joined(ends),
    worker: Uint32Array.from([...worker, ...orphanEnds.worker]),
    resolutionMs,
  };
}

/** Ends as closed by evidence: an open request of a dead worker must not look like a second one at once. */
export function mendedEnds({ service }: View, served: ServedRequests): Float64Array {
  return service ? service.end.slice(0, served.count) : served.end;
}

/**
 * Where lines were lost, an end may be taken for that of an earlier request of the same id: some workers seem to have two at once. Those
 * of an event loop do so all alike.
 */
export function loopsAmong(lives: readonly Life[], lossy: boolean): readonly Life[] {
  const loops = lives.filter(overlaps);
  const could = lives.filter(({ requests }) => requests >= OVERLAP_AT_LEAST).length;
  return lossy && loops.length < LOOPS_SHARE * could ? [] : loops;
}

/** The worker had several requests at once, more often than lines change places. */
export const overlaps = (life: Life): boolean =>
  life.atOnce >= OVERLAP_AT_LEAST && life.overlapping >= Math.max(OVERLAP_AT_LEAST, OVERLAP_SHARE * life.requests);
