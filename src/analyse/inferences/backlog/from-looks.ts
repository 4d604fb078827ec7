import type { Backlog } from '../../../model/finding.js';
import { say } from '../../../words/ids.js';
import type { Facts } from '../inference.js';
import type { Connected } from './connected.js';
import { beyondService } from './crowd.js';
import { caveatsOf, lookEvidence, methodsOf, waitEvidence } from './evidence.js';
import { fullness } from './full.js';
import { endsUnlined } from './hidden-waits.js';
import { nobodySeen } from './nobody-seen.js';
import { overflown } from './overflown.js';
import { besidesFull, filledKernel, type Parts, partsOf } from './place.js';
import type { Queue } from './queues.js';
import { type Fullest, fullestOf, hasRouter, isHeldUp, type Sure, surenessOf } from './sureness.js';
import { PASSING } from './thresholds.js';
import { atLimit, nobodyWaited, onceOnly, standsAtLimit, waitedAtPeak } from './who-waits.js';
import { fromClient, perhapsIdle, unknown, withoutBegins } from './without-a-source.js';

/** Lines that are cited. */
const MAX_EVIDENCE = 6;

/** The backlog by looks at the sockets, with what client and log say beside them. */
export function fromLooks(facts: Facts, all: readonly Queue[], connected: Connected | undefined): Backlog {
  const queues = atLimit(facts, all);
  const longest = queues.reduce((a, b) => (b.total > a.total ? b : a));
  const other = withoutQueue(facts, queues, longest, connected);
  if (other) return other;
  const fullest = fullestOf(facts, queues, longest, connected, fullness(facts, queues, longest, connected));
  const { top, full, open, unseen } = fullest;
  const seen = partsOf(facts, queues, top, connected, full !== undefined && !open && unseen === 0);
  const filled = filledUnseen(facts, fullest, seen);
  const parts: Parts =
    filled === undefined
      ? besidesFull(facts, queues, seen)
      : { kernel: filled, server: 0, where: 'kernel', value: filled };
  const sure = surenessOf(facts, fullest, parts, filled !== undefined);
  const crowd =
    sure.exact || isHeldUp(facts) || hasRouter(queues)
      ? undefined
      : beyondService(facts, queues, { top, connected, seen: parts });
  return crowd ?? told(facts, fullest, parts, sure);
}

/** The answer where no look shows a queue, or nothing tells whether it does. */
function withoutQueue(
  facts: Facts,
  queues: readonly Queue[],
  longest: Queue,
  connected: Connected | undefined,
): Backlog | undefined {
  const { view } = facts;
  if (!view.service && longest.server === undefined && longest.kernel <= PASSING) return withoutBegins(facts, queues);
  if (endsUnlined(view)) return unknown(say('backlog.why.noBegins', {}), view);
  if (nobodyWaited(facts, queues, longest, connected)) return nobodySeen(facts, queues, connected);
  // No client says whether that moment's connections had a request on its way, or were kept for the next one.
  const noClient = !view.timeline.samples || view.clientPartial;
  const idle =
    (!view.timeline.samples && onceOnly(queues)) || (noClient && (longest.server ?? 0) > 0 && !standsAtLimit(facts));
  if (idle && longest.kernel <= PASSING) return perhapsIdle(facts, queues, longest);
  // No look was taken while those waited of whom client and log tell.
  const perhapsBegun = isHeldUp(facts) && waitedAtPeak(view, connected);
  return longest.total === 0 && connected && (connected.mayBeUnconnected || perhapsBegun)
    ? fromClient(facts, connected)
    : undefined;
}

/** How many the kernel's queue held when it was full and no look was taken. */
function filledUnseen({ view }: Facts, { top, full, connected }: Fullest, { where }: Parts): number | undefined {
  if (full || where === 'server' || where === 'both') return undefined;
  return filledKernel(view, connected) ?? (where === 'kernel' ? overflown(view, top, connected) : undefined);
}

function told({ view }: Facts, { queues, top, full, connected }: Fullest, parts: Parts, sure: Sure): Backlog {
  const { value, where, kernel, server } = parts;
  const told = { n: value, where, kernel, server };
  return {
    bound: sure.exact ? 'exact' : 'at-least',
    confidence: sure.confidence,
    value,
    where,
    ...(kernel === undefined ? {} : { kernel }),
    ...(server === undefined ? {} : { server }),
    statement: sure.exact
      ? say('backlog.exact', told)
      : say('backlog.atLeast', { ...told, ...(isSeenFull(queues) ? { full: true } : {}) }),
    evidence: [...lookEvidence(view, top), ...(full?.evidence ?? []), ...waitEvidence(view, connected)].slice(
      0,
      MAX_EVIDENCE,
    ),
    methods: methodsOf(queues, top, connected, value),
    caveats: caveatsOf(queues, top, server === undefined, hasRouter(queues)),
    recordNext: sure.exact ? [] : [say('backlog.next.more', {})],
  };
}

/** A look shows that the kernel's part had no room for more. */
const isSeenFull = (queues: readonly Queue[]): boolean => queues.some(({ look, kernel }) => look.full && kernel > 0);
