import { OUTCOME_CODE } from '../../../model/samples.js';
import type { Look } from '../../looks.js';
import { valueAt } from '../../stats/steps.js';
import type { View } from '../../view.js';
import { noneOverflowed, overflowsOf } from './overflows.js';
import { isSparse } from './place.js';
import { PASSING, SAME } from './thresholds.js';

/**
 * Whether clients of whom nobody says when they had their connection may have been without one: handshakes did not come through, or
 * nothing shows that they did.
 */
export function leftOutside(view: View, waited: number, atMost: number): boolean {
  const { looks, timeline } = view;
  if (looks.some(({ synSent, synRecv }) => (synSent?.value ?? 0) + (synRecv?.value ?? 0) > 0)) return true;
  if (timeline.samples!.outcome.some((code) => code === OUTCOME_CODE['connect-timeout'])) return true;
  if (overflowsOf(view) !== undefined) return true;
  if (noneOverflowed(view)) return false;
  // The kernel's queue had room for all who waited, wherever they did.
  const limits = looks.flatMap(({ limit }) => (limit === undefined ? [] : [limit]));
  if (limits.length > 0 && atMost <= Math.min(...limits)) return false;
  // Where no look lists connections, nothing shows the handshakes that did not come through …
  if (looks.every(({ established }) => established === undefined)) return true;
  // … nor does anything where no look saw so many connected and not in service.
  const seen = Math.max(0, ...looks.map((look) => notInService(view, look)));
  // Those for whom a queue that was seen full had no room take themselves for senders all the same.
  if (looks.some(({ full }) => full) && seen + SAME < waited) return true;
  // A queue of which no limit is known, and that was seen, may have been full when more waited than were ever connected.
  const queued = looks.some((look) => (look.queued?.value ?? 0) > PASSING);
  return seen < waited && (isSparse(looks) || (queued && seen + SAME < waited));
}

/** Connections of one look, less the requests that were in service then. */
const notInService = ({ inService }: View, { established, at }: Look): number =>
  (established?.value ?? 0) - (inService && at !== undefined ? valueAt(inService, at) : 0);
