import { NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import { END_KIND, type ServedRequests, type Timeline } from '../../model/timeline.js';
import { nearestRank } from '../stats/quantile.js';
import { busierThanTime } from './busy.js';

/** What complete requests teach about incomplete ones. */
export interface Typical {
  /** Requests whose begin and end the log shows. */
  readonly complete: number;
  /** Time in service, ms. */
  readonly service: Spread;
  /** From the end in the log to the end at the client, ms. */
  readonly lag: Spread;
  /** No worker had two of the complete requests in service at once. */
  readonly sequential: boolean;
}

export interface Spread {
  readonly count: number;
  readonly min: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
  readonly max: number;
}

/** Overlaps on one worker up to this are the order of two prints, not two requests at once, ms. */
export const PRINT_RACE_MS = 20;
/** Workers that may overlap (lines of theirs mixed up) and the rest still counts as one after another. */
const SEQUENTIAL_SHARE = 0.98;
/** The same where clients alone tell the ends: an answer now and then is read late. */
const BY_ANSWERS_SHARE = 0.9;

/** Learns from the requests that are complete; `undefined` if none is. */
export function typicalOf({ served, samples }: Timeline): Typical | undefined {
  if (!served) return undefined;
  const service: number[] = [];
  const lag: number[] = [];
  for (let i = 0; i < served.count; i++) {
    if (served.endKind[i] === END_KIND.open) continue;
    service.push(served.end[i]! - served.begin[i]!);
    const sample = served.sample[i]!;
    if (!samples || sample === NONE_U32 || samples.outcome[sample] !== OUTCOME_CODE.succeeded) continue;
    const answered = samples.start[sample]! + samples.elapsed[sample]!;
    if (!Number.isNaN(answered)) lag.push(answered - served.end[i]!);
  }
  return {
    complete: service.length,
    service: spreadOf(service),
    lag: spreadOf(lag),
    sequential:
      service.length > 0
        ? isSequential(served, served, SEQUENTIAL_SHARE)
        : isSequential(served, answeredEnds(served, samples), BY_ANSWERS_SHARE),
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return { count: 0, min: 0, low: 0, median: 0, high: 0, max: 0 };
  return {
    count: sorted.length,
    min: sorted[0]!,
    low: nearestRank(sorted, 0.1),
    median: nearestRank(sorted, 0.5),
    high: nearestRank(sorted, 0.9),
    max: sorted.at(-1)!,
  };
}

type Ends = Pick<ServedRequests, 'end' | 'endKind'>;

/** Where the log ends nothing, the client's answers tell when a request was over at the latest. */
function answeredEnds({ count, end, endKind, sample }: ServedRequests, samples: Timeline['samples']): Ends {
  const ends = { end: end.slice(), endKind: endKind.slice() };
  for (let i = 0; samples && i < count; i++) {
    const k = sample[i]!;
    if (k === NONE_U32 || samples.outcome[k] !== OUTCOME_CODE.succeeded) continue;
    ends.end[i] = samples.start[k]! + samples.elapsed[k]!;
    ends.endKind[i] = END_KIND.logged;
  }
  return ends;
}

/** Whether workers serve one request after another: then a worker's next begin ends the one before. */
function isSequential(served: ServedRequests, { end, endKind }: Ends, share: number): boolean {
  const { count, begin, worker, identity, resolutionMs } = served;
  if (identity === undefined || identity === 'shared-name' || identity === 'recycled-ident') return false;
  const busier = busierThanTime(served);
  const busyUntil = new Map<number, number>();
  const order = Uint32Array.from(begin, (_, i) => i).sort((a, b) => begin[a]! - begin[b]! || a - b);
  const open = new Set<number>();
  let known = 0;
  let alone = 0;
  // A process that begins again and again, and ends none of it, may well have several in it.
  let begunOver = 0;
  for (const i of order) {
    const code = worker[i]!;
    if (code === NONE_U32) continue;
    if (identity === 'process' && open.delete(code)) begunOver++;
    if (endKind[i] === END_KIND.open) {
      open.add(code);
      continue;
    }
    known++;
    if (busier.has(code)) continue;
    if ((busyUntil.get(code) ?? Number.NEGATIVE_INFINITY) <= begin[i]! + PRINT_RACE_MS + resolutionMs) alone++;
    busyUntil.set(code, Math.max(end[i]!, busyUntil.get(code) ?? Number.NEGATIVE_INFINITY));
  }
  return count > 0 && known > 0 && alone >= share * known && begunOver <= known;
}
