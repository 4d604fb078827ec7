import type { Backlog } from '../../../model/finding.js';
import { OUTCOME_CODE } from '../../../model/samples.js';
import { say } from '../../../words/ids.js';
import { valueAt } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import { answeredWhenFull, underWayWhenFull } from '../max-concurrency/at-the-door.js';
import type { Connected } from './connected.js';
import { caveatsOf, lookEvidence, methodsOf, waitEvidence } from './evidence.js';
import type { Parts } from './place.js';
import type { Queue } from './queues.js';
import { PASSING } from './thresholds.js';

/** Looks, or clients and log, count the same queue; one more may be on its way in, only to be turned away. */
const ON_ITS_WAY = 1;

interface Seen {
  readonly top: Queue;
  readonly connected: Connected | undefined;
  readonly seen: Parts;
}

/**
 * Whenever one was turned away as many others were under way, and never more: less those in service, that is all that the queue holds.
 *
 *     under way   12  ┌────────┐┌─────┐           in service 4, so 8 wait
 *                  ───┘ x xx  x 11 x x└───
 */
export function beyondService(
  { view, found: { maxConcurrency: max } }: Facts,
  queues: readonly Queue[],
  { top, connected, seen }: Seen,
): Backlog | undefined {
  if (max?.bound !== 'exact' || max.value === undefined || !view.service || view.service.lossy) return undefined;
  const n = (underWayWhenFull(view) ?? 0) - max.value;
  if (n < 1 || Math.abs(n - seen.value) > ON_ITS_WAY) return undefined;
  const inside = queues.every(({ kernel }) => kernel <= PASSING);
  if (!inside && (seen.value !== n || seen.where === 'unknown')) return undefined;
  const under = view.inFlight;
  const most = max.value + n - ON_ITS_WAY;
  // Where they stand a look tells that was taken while they stood there, or the answers of those who came after them.
  const looked =
    (under && queues.some(({ look: { at } }) => at !== undefined && valueAt(under, at) >= most)) ||
    answeredWhenFull(view);
  const there = looked ? { where: 'server' as const, kernel: 0, server: n } : { where: 'unknown' as const };
  const parts: Parts = inside ? { value: n, kernel: undefined, server: undefined, ...there } : seen;
  const { where, kernel, server } = parts;
  return {
    bound: 'exact',
    confidence: connected?.value === n && where !== 'unknown' ? 'high' : 'medium',
    value: n,
    where,
    ...(kernel === undefined ? {} : { kernel }),
    ...(server === undefined ? {} : { server }),
    statement: say('backlog.exact', { n, where, kernel, server }),
    evidence: [...lookEvidence(view, top), ...waitEvidence(view, connected)].slice(0, 6),
    methods: [
      ...methodsOf(queues, top, connected, n),
      { name: say('backlog.method.underWay', {}), value: n, agrees: true },
    ],
    caveats: caveatsOf(queues, top, server === undefined, false),
    recordNext: [],
  };
}

/** Those who were sent first found the server idle … */
const FIRST = 3;
/** … and who takes no longer than so many times as long as they did has waited for nobody. */
const AS_LONG = 1.15;

/** Nobody is let in whom the server has no room for: beside a crowd that never grows, all took as long as those who were sent first. */
export function noneWaitsBehind(view: View): boolean {
  if (underWayWhenFull(view) === undefined) return false;
  const { start, elapsed, outcome } = view.timeline.samples!;
  const served = [...outcome.keys()].filter((i) => outcome[i] === OUTCOME_CODE.succeeded);
  const first = served.sort((a, b) => start[a]! - start[b]!).slice(0, FIRST);
  const quick = Math.min(...first.map((i) => elapsed[i]!));
  return first.length === FIRST && served.every((i) => elapsed[i]! <= AS_LONG * quick);
}
