import { EVENT, type ServerEvents } from '../../model/events.js';
import type { ServedRequests } from '../../model/timeline.js';
import { withFinerWorkers } from './finer-workers.js';
import { Pairing } from './pairing.js';

/**
 * Pairs the begins and ends of requests. Events of one id pair in time order, on the same worker if both name one; without
 * ids a worker's next end closes its begin, and where no worker is named the earliest open begin is closed, which keeps every
 * count right even if it mixes up who was who. At equal times the order of a file's lines holds; between files an end goes first.
 *
 * @param read events with their times on the client's clock
 * @param sampleOf the client's sample of a request with this id that was in service at that time
 * @param answeredBy when the client had the answer, at the latest; infinite where it has none
 * @param stepMs how exactly most are placed, where the client's own times tell it
 * @returns `undefined` if nothing in the log tells a begin.
 */
export function servedRequests(
  read: ServerEvents,
  sampleOf: (id: number, at: number) => number,
  answeredBy: (sample: number) => number = () => Number.POSITIVE_INFINITY,
  stepMs?: number,
): ServedRequests | undefined {
  const begins = beginPatterns(read);
  if (begins.size === 0) return undefined;
  const events = withFinerWorkers(read, begins);
  const pairing = new Pairing(events, sampleOf, answeredBy);
  const order = inTimeOrder(events);
  for (const i of order) pairing.take(i, begins);
  // Other kinds of line tell an end only where the own kind has none, those of the finest clock first: coarse stamps come too early.
  const others = order.filter((i) => !begins.has(events.pattern[i]!));
  for (const i of others.sort((a, b) => events.resolution[a]! - events.resolution[b]!)) pairing.closeOpen(i);
  return pairing.finish(stepMs);
}

/**
 * The kinds of line whose begins count. A line printed at the begin knows best; only where there is none, lines that lead back
 * from the end by a duration are used, and of several the one with the shortest (a proxy's includes the wait).
 */
function beginPatterns(events: ServerEvents): ReadonlySet<number> {
  const begins = new Set<number>();
  const spans = new Map<number, { n: number; sum: number }>();
  for (let i = 0; i < events.count; i++) {
    const pattern = events.pattern[i]!;
    if (events.kind[i] === EVENT.begin) begins.add(pattern);
    if (events.kind[i] === EVENT.span && !Number.isNaN(events.duration[i]!)) {
      const span = spans.get(pattern) ?? { n: 0, sum: 0 };
      span.n++;
      span.sum += events.duration[i]!;
      spans.set(pattern, span);
    }
  }
  if (begins.size > 0) return begins;
  let best: number | undefined;
  for (const [pattern, { n, sum }] of spans) {
    const known = best === undefined ? undefined : spans.get(best)!;
    if (known === undefined || sum / n < known.sum / known.n) best = pattern;
  }
  return new Set(best === undefined ? [] : [best]);
}

function inTimeOrder({ time, source, line, kind }: ServerEvents): Uint32Array {
  const order = Uint32Array.from(time, (_, i) => i).filter((i) => !Number.isNaN(time[i]!));
  return order.sort((a, b) => {
    const apart = time[a]! - time[b]!;
    if (apart !== 0) return apart;
    // Lines that were learnt are rows behind all others.
    if (source[a] === source[b]) return line[a]! - line[b]! || a - b;
    const ends = Number(kind[b] !== EVENT.begin) - Number(kind[a] !== EVENT.begin);
    return ends !== 0 ? ends : a - b;
  });
}
