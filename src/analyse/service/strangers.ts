import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import type { ServedRequests, Timeline } from '../../model/timeline.js';
import { logBegin } from './coverage.js';
import { typicalOf } from './typical.js';

/** Stamps of client and server are rounded, ms. */
const ROUNDING_MS = 1;

/**
 * Requests that nothing but the duration at their end tells of, in a log that has lines of begins: theirs are lost.
 *
 *     10:00:01.000 incoming  /job/7 req-7        10:00:02.000 completed req-7 in 1000 ms
 *                                                10:00:02.100 completed req-8 in 1000 ms      begun at 10:00:01.100
 */
export const hasLostBegin = ({ beginsDerived, beginLine, endLine }: ServedRequests, i: number): boolean =>
  !beginsDerived && beginLine[i]! > 0 && beginLine[i] === endLine[i];

/** How many there are of requests begun since the first line: what was begun before it is not lost but not told. */
export function countLostBegins(served: ServedRequests): number {
  const first = logBegin(served);
  return served.begin.reduce((n, begin, i) => n + (hasLostBegin(served, i) && begin > first ? 1 : 0), 0);
}

/** A request that lines tell of, and none says whose it is. */
interface Stranger {
  readonly begin: number;
  readonly end: number;
  readonly place: (sample: number) => void;
}

/**
 * Where the line with the client's id is lost, an end of another id is left over, and a success of the client that no line tells of. They are one
 * request where the end is followed by the answer as soon as ends are.
 */
export function placeStrangers(timeline: Timeline): Timeline {
  const { served, samples } = timeline;
  if (!served || !samples) return timeline;
  const sample = served.sample.slice();
  const orphanSample = served.orphanEnds.sample.slice();
  const strangers = strangersOf(served, sample, orphanSample);
  const lag = typicalOf(timeline)!.lag;
  if (strangers.length === 0 || lag.count === 0) return timeline;
  const slack = (timeline.clock.uncertaintyMs ?? 0) + served.resolutionMs + ROUNDING_MS;
  const unseen = unseenAnswers(samples, served);
  for (const { begin, end, place } of strangers) {
    const at = unseen.findIndex(
      ({ start, answered }) =>
        answered >= end + lag.min - slack && answered <= end + lag.max + slack && start <= begin + slack,
    );
    if (at >= 0) place(unseen.splice(at, 1)[0]!.index);
  }
  return { ...timeline, served: { ...served, sample, orphanEnds: { ...served.orphanEnds, sample: orphanSample } } };
}

function strangersOf(served: ServedRequests, sample: Uint32Array, orphanSample: Uint32Array): readonly Stranger[] {
  const list: Stranger[] = [];
  for (let i = 0; i < served.count; i++) {
    if (!hasLostBegin(served, i) || sample[i] !== NONE_U32) continue;
    list.push({ begin: served.begin[i]!, end: served.end[i]!, place: (index) => (sample[i] = index) });
  }
  const { orphanEnds } = served;
  for (let i = 0; i < orphanEnds.count; i++) {
    if (orphanSample[i] !== NONE_U32 || Number.isNaN(orphanEnds.id[i]!)) continue;
    const end = orphanEnds.time[i]!;
    list.push({ begin: end, end, place: (index) => (orphanSample[i] = index) });
  }
  return list.sort((a, b) => a.end - b.end);
}

/** Successes that no line tells of, by when they were answered. */
function unseenAnswers({ count, start, elapsed, outcome, id }: ClientSamples, served: ServedRequests) {
  const seen = new Set([...served.sample, ...served.orphanEnds.sample]);
  const list: { index: number; start: number; answered: number }[] = [];
  for (let i = 0; i < count; i++) {
    if (seen.has(i) || outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(id[i]!)) continue;
    list.push({ index: i, start: start[i]!, answered: start[i]! + elapsed[i]! });
  }
  return list.filter(({ answered }) => !Number.isNaN(answered)).sort((a, b) => a.answered - b.answered);
}
