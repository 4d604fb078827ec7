import { OUTCOME_CODE } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';
import { firstAtLeast } from '../stats/order.js';
import { countOpen, type Steps, valueAt } from '../stats/steps.js';
import type { View } from '../view.js';
import type { Service } from './service.js';

/** A request cut so long before or after a worker's exit died with the worker, ms. */
const DIED_WITH_WORKER_MS = 2000;
/** All connections of a process end when it does: those cut within this of one that it served were its own, too, ms. */
const SAME_INSTANT_MS = 50;

type Seen = Pick<View, 'timeline' | 'begunAt' | 'service'>;

/**
 * Indices of samples that were cut because a worker died: what it served, and what it had accepted and not begun.
 *
 *     served by it          ▐███████ cut
 *     accepted and waiting       ···· cut      at the same instant
 */
export function cutWithWorker(view: Seen): ReadonlySet<number> {
  const { samples } = view.timeline;
  const cut = new Set<number>();
  if (!samples || !view.begunAt) return cut;
  const { start, elapsed, outcome, count } = samples;
  const unended = unendedSamples(view);
  const endOf = (i: number) => start[i]! + elapsed[i]!;
  for (let i = 0; i < count; i++) if (isCut(outcome[i]!) && wasServed(view, i, endOf(i), unended)) cut.add(i);
  if (cut.size === 0) return cut;
  // Where nothing outlived it, and no line speaks of a worker, the server may have died as a whole.
  const others = servedOn(view.service!);
  const instants = Float64Array.from(cut, endOf)
    .filter((at) => valueAt(others, at) > 0 || exitedAt(view.timeline, at))
    .sort();
  for (let i = 0; i < count && instants.length > 0; i++) {
    if (outcome[i] !== OUTCOME_CODE.reset || !Number.isNaN(view.begunAt[i]!)) continue;
    const next = instants[firstAtLeast(instants, endOf(i) - SAME_INSTANT_MS)];
    if (next !== undefined && next <= endOf(i) + SAME_INSTANT_MS) cut.add(i);
  }
  return cut;
}

const isCut = (outcome: number): boolean => outcome === OUTCOME_CODE.reset || outcome === OUTCOME_CODE['server-error'];

/** The request was in service, no line ended it, and the client's connection was cut: the worker died under it. */
function wasServed({ timeline, begunAt }: Seen, i: number, at: number, unended: ReadonlySet<number>): boolean {
  if (Number.isNaN(begunAt![i]!)) return false;
  return (timeline.samples!.outcome[i] === OUTCOME_CODE.reset && unended.has(i)) || exitedAt(timeline, at);
}

/** The log says that a worker ended then. */
const exitedAt = ({ notices }: Timeline, at: number): boolean =>
  notices.some(
    ({ notice, time }) =>
      notice.kind === 'worker-exit' && time !== undefined && Math.abs(time - at) <= DIED_WITH_WORKER_MS,
  );

/** How many in service at a time were served to their end some time later. */
function servedOn(service: Service): Steps {
  const until = service.end.map((end) => end - SAME_INSTANT_MS);
  const outlives = (k: number) => service.endLine[k]! > 0 && until[k]! > service.begin[k]!;
  return countOpen(
    service.begin.map((begin, k) => (outlives(k) ? begin : Number.NaN)),
    until,
  );
}

/** Samples whose request the log begins and never ends. */
function unendedSamples({ service }: Seen): ReadonlySet<number> {
  const unended = new Set<number>();
  for (let k = 0; service && k < service.count; k++) if (service.endLine[k] === 0) unended.add(service.sample[k]!);
  return unended;
}
