import type { Backlog } from '../../../model/finding.js';
import { say } from '../../../words/ids.js';
import { mostBetween } from '../../stats/within.js';
import type { View } from '../../view.js';
import type { Facts, Inference } from '../inference.js';
import { mostServed } from '../max-concurrency/sureness.js';
import { beyondLimit, connectedOf } from './connected.js';
import { noneWaitsBehind } from './crowd.js';
import { fromLooks } from './from-looks.js';
import { latest, type Queue, queuesOf } from './queues.js';
import { PASSING } from './thresholds.js';
import { fromClient, none, unknown, withoutBegins } from './without-a-source.js';

/** The most requests connected and not yet in service at one instant. */
export const backlog = {
  id: 'backlog',
  infer: (facts) => {
    const { view } = facts;
    const waiting = connectedOf(view);
    const connected = waiting && beyondLimit(waiting, view, facts.found.maxConcurrency);
    const most = facts.capacity && view.service ? mostServed(view, facts.capacity) : undefined;
    const queues = queuesOf(view, connected, most, facts.found.maxConcurrency);
    if (view.front && hidesInside(queues)) return behindFront(facts, queues);
    if (queues.length > 0 && !(connected && areIdle(view, queues))) return fromLooks(facts, queues, connected);
    // What a server in front has begun may wait behind it.
    if (connected && !view.front) return fromClient(facts, connected);
    return unknown(say('backlog.why.noSource', {}), view);
  },
  failed: (reason) => ({ ...unknown(say('note.inferenceFailed', { inference: 'backlog', reason }), undefined) }),
} satisfies Inference<'backlog'>;

/** Nobody waits before a server in front, and no look shows a queue of the one behind. */
const hidesInside = (queues: readonly Queue[]): boolean =>
  queues.every(({ look: { inner }, total }) => (inner?.value ?? 0) === 0 && total <= PASSING);

/** What the front has under way, and the one behind does not serve by the client's times, waits in one of them. */
function behindFront(facts: Facts, queues: readonly Queue[]): Backlog {
  const { view } = facts;
  if (queues.length === 0 || view.byClient()?.kind !== 'limited') return unknown(say('backlog.why.behind', {}), view);
  return noneWaitsBehind(view) ? none(view, queues, undefined) : withoutBegins(facts, queues);
}

/** Every look was taken while no request was on its way: they tell nothing of those that waited. */
const areIdle = ({ inFlight }: View, queues: readonly Queue[]): boolean =>
  inFlight !== undefined &&
  queues.every(
    ({ look, look: { at }, total }) =>
      total === 0 && at !== undefined && mostBetween(inFlight, at - latest(look), at + latest(look)) === 0,
  );
