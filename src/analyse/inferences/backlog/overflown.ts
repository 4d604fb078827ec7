import { OUTCOME_CODE } from '../../../model/samples.js';
import type { View } from '../../view.js';
import type { Connected } from './connected.js';
import { overflowsOf } from './overflows.js';
import { ASKED_AGAIN_MS } from './place.js';
import type { Queue } from './queues.js';
import { PLACED_SHARE } from './thresholds.js';

/** So many looks that show the server holding the very same number, while others wait to be accepted, are no chance. */
const LOOKS_STEADY = 3;

/**
 * A look showed the kernel's queue full while the server held as many as in every other look with a queue: it takes no more, and clients beyond
 * that only take themselves for connected.
 */
export function stoodFull(queues: readonly Queue[], { look }: Queue): boolean {
  if (!look.full) return false;
  const held = queues.flatMap((queue) =>
    queue.kernel > 0 && queue.look.established ? [queue.look.established.value - queue.kernel] : [],
  );
  return held.length >= LOOKS_STEADY && held.every((n) => n === held[0]);
}

/**
 * How many the kernel's queue held when it overflowed, though no look was taken then: its limit is known, at least as many clients waited, some were
 * long in getting a connection or got none, and the kernel counted overflows. `undefined` where one of these is missing.
 */
export function overflown(view: View, { kernel }: Queue, connected: Connected | undefined): number | undefined {
  const { looks, timeline } = view;
  const limits = new Set(looks.flatMap(({ limit }) => (limit === undefined ? [] : [limit])));
  const listeners = timeline.sockets.map(
    ({ listeners }) => listeners.filter(({ port }) => port === timeline.port?.value).length,
  );
  // Of several listening sockets one may overflow while others have room.
  if (limits.size !== 1 || Math.max(...listeners) > 1 || !connected || !overflowsOf(view)) return undefined;
  // Linux lets one more in than the backlog says.
  const holds = [...limits][0]! + 1;
  // Nor does a burst that a server takes at once stand in a queue: looks must show much of it.
  return kernel >= PLACED_SHARE * holds && connected.value >= holds && leftOut(view) ? holds : undefined;
}

const leftOut = ({ looks, timeline: { samples } }: View): boolean =>
  looks.some(({ synSent, synRecv }) => (synSent?.value ?? 0) + (synRecv?.value ?? 0) > 0) ||
  samples!.outcome.some(
    (code, i) => code === OUTCOME_CODE['connect-timeout'] || samples!.connect[i]! >= ASKED_AGAIN_MS,
  );
