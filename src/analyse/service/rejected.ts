import { NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import { END_KIND, type ServedRequests, type Timeline } from '../../model/timeline.js';
import { nearestRank } from '../stats/quantile.js';

/** By these a server says that it takes no more: HTTP's "too many requests" and "service unavailable". */
const NO_ROOM: ReadonlySet<number> = new Set([429, 503]);
const SAYS_SO: ReadonlySet<number> = new Set([OUTCOME_CODE['http-429'], OUTCOME_CODE['http-503']]);
/** Whoever is served at all takes more than so much of what the quick among the others take. */
const AT_ONCE_SHARE = 0.1;
/** The quick: so many of a hundred are quicker. */
const QUICK = 0.1;

/**
 * Requests of which the log tells, as of all others, when they came in and when they were answered, though the server turned them away at
 * once: they were never in service.
 *
 *     8 in service   ──────────────────────────
 *     503 in 3 ms          |   |     |
 */
function isRejected({ samples }: Timeline, served: ServedRequests): (i: number) => boolean {
  const { count, begin, end, endKind, status, sample } = served;
  // Where the line has no status the client has it.
  const noRoom = (i: number) =>
    status[i]! > 0
      ? NO_ROOM.has(status[i]!)
      : sample[i] !== NONE_U32 && SAYS_SO.has(samples?.outcome[sample[i]!] ?? -1);
  const took = (i: number) => (endKind[i] === END_KIND.logged ? end[i]! - begin[i]! : Number.NaN);
  const others: number[] = [];
  let some = false;
  for (let i = 0; i < count; i++) {
    if (noRoom(i)) some = true;
    else if (!Number.isNaN(took(i))) others.push(took(i));
  }
  if (!some || others.length === 0) return () => false;
  const quick = nearestRank(
    others.sort((a, b) => a - b),
    QUICK,
  );
  // Within one step of the clock begin and end say nothing; a duration does.
  if (!served.beginsDerived && served.resolutionMs > quick) return () => false;
  return (i) => noRoom(i) && took(i) <= AT_ONCE_SHARE * quick;
}

/** The run as its server served it, and how many it turned away with each status; 0 where no line has one. */
export function withoutRejected(timeline: Timeline): { timeline: Timeline; rejected: ReadonlyMap<number, number> } {
  const rejected = new Map<number, number>();
  const { served } = timeline;
  if (!served) return { timeline, rejected };
  const isOut = isRejected(timeline, served);
  const keep: number[] = [];
  for (let i = 0; i < served.count; i++) {
    if (isOut(i)) rejected.set(served.status[i]!, (rejected.get(served.status[i]!) ?? 0) + 1);
    else keep.push(i);
  }
  return keep.length === served.count
    ? { timeline, rejected }
    : { timeline: { ...timeline, served: chosen(served, keep) }, rejected };
}

function chosen(served: ServedRequests, keep: readonly number[]): ServedRequests {
  const float = (column: Float64Array) => Float64Array.from(keep, (i) => column[i]!);
  const whole = (column: Uint32Array) => Uint32Array.from(keep, (i) => column[i]!);
  const short = (column: Uint16Array) => Uint16Array.from(keep, (i) => column[i]!);
  return {
    ...served,
    count: keep.length,
    begin: float(served.begin),
    end: float(served.end),
    endLatest: float(served.endLatest),
    endKind: Uint8Array.from(keep, (i) => served.endKind[i]!),
    source: short(served.source),
    beginLine: whole(served.beginLine),
    endLine: whole(served.endLine),
    id: float(served.id),
    worker: whole(served.worker),
    sample: whole(served.sample),
    status: short(served.status),
    serial: whole(served.serial),
    ...(served.steps ? { steps: Float32Array.from(keep, (i) => served.steps![i]!) } : {}),
  };
}
