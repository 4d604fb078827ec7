import { append } from '../../model/append.js';
import type { ServerEvents } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';

/** One contradiction may be any line's fault; so many, of which the other reading has hardly any, are the reading's. */
export const FAULTS = 2;
/** The other reading must leave so small a part of the contradictions. */
export const CLEARLY_FEWER = 0.25;

/**
 * Whether lines of which nothing else tells it stamp the begin or the end: by the one reading a worker serves one request after another, by the
 * other it would have begun the next before the last was over, whenever the next takes longer.
 *
 *     stamps        36.300            37.312                   durations 1003 and 1018 ms
 *     as begins     ▐██████████████▌  ▐███████████████▌
 *     as ends    ██████▌▐███████████████▌                      both at once for 6 ms
 */
export function stampedByTurns(events: ServerEvents, rows: Iterable<number>): 'begin' | 'end' | undefined {
  let asBegins = 0;
  let asEnds = 0;
  for (const ofOne of byWorker(events, rows)) {
    for (let k = 1; k < ofOne.length; k++) {
      const [a, b] = [ofOne[k - 1]!, ofOne[k]!];
      const step = events.time[b]! - events.time[a]!;
      const slack = Math.max(events.resolution[a]!, events.resolution[b]!);
      if (events.duration[a]! > step + slack) asBegins++;
      if (events.duration[b]! > step + slack) asEnds++;
    }
  }
  if (asEnds >= FAULTS && asBegins <= CLEARLY_FEWER * asEnds) return 'begin';
  return asBegins >= FAULTS && asEnds <= CLEARLY_FEWER * asBegins ? 'end' : undefined;
}

/** The rows of each worker by their stamps. */
function byWorker({ worker, time }: ServerEvents, rows: Iterable<number>): readonly (readonly number[])[] {
  const found = new Map<number, number[]>();
  for (const i of rows) {
    if (worker[i] !== NONE_U32) append(found, worker[i]!, i);
  }
  return [...found.values()].map((ofOne) => ofOne.sort((a, b) => time[a]! - time[b]! || a - b));
}
