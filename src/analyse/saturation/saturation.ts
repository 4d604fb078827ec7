import type { Capacity } from '../capacity.js';
import { between, spansAtLeast, spansUntil } from '../stats/spans.js';
import { timeWhile } from '../stats/steps.js';
import type { View } from '../view.js';
import { queueSignal } from './accept-queue.js';
import { insideSignal } from './inside.js';
import { exhaustedSignal, noticeSignal } from './said.js';
import { NEAR, type Signal } from './signal.js';
import { turnedAwaySignal } from './turned-away.js';
import { waitingSignal } from './waiting.js';

/** A queue stood, whatever was in service: at least as many waited as were served, for so long in all, ms … */
const CROWDED_MS = 3000;
/** … and more than one at a time. */
const CROWD = 2;

/** Whether the peak is the server's limit, or only as far as the load went. */
export interface Saturation {
  readonly saturated: boolean;
  readonly signals: readonly Signal[];
  /** First and last instant at the limit, EpochMs. */
  readonly from?: number;
  readonly to?: number;
  /** Cumulative time at the limit with others waiting, ms. */
  readonly waitedMs: number;
  /**
   * For long, as many waited as were in service or more: nobody can say that no limit was reached, though the peak was not held (workers
   * were killed, replaced, or had queues of their own).
   */
  readonly crowded: boolean;
}

/**
 * Decides from the data, not from the height of the peak: a server is saturated where others were waiting or turned away at
 * the very time of its peak.
 *
 *     limit      in service ┌────────────┐      no limit    in service    ┌┐
 *                          ┌┘            └┐                            ┌──┘└──┐
 *                waiting      ████████████                 waiting    (none, or a hiccup)
 */
export function saturationOf(view: View, capacity: Capacity): Saturation {
  const end = view.timeline.to ?? Number.POSITIVE_INFINITY;
  // Behind the end of a log that was cut off nobody knows what is in service.
  const cut = view.coverage?.to ?? Number.POSITIVE_INFINITY;
  const at = spansUntil(spansAtLeast(capacity.steps, capacity.value, end), cut);
  const near = spansUntil(spansAtLeast(capacity.steps, Math.max(1, Math.ceil(NEAR * capacity.value)), end), cut);
  const waits = waitingSignal(view, capacity, at);
  const signals = [
    waits,
    turnedAwaySignal(view, at, near),
    queueSignal(view, capacity, near),
    insideSignal(view, capacity),
    noticeSignal(view, near),
    exhaustedSignal(view, near),
  ].filter((signal) => signal !== undefined);
  return {
    saturated: signals.some(({ holds }) => holds),
    signals,
    ...(at.from.length > 0 ? { from: at.from[0]!, to: at.to.at(-1)! } : {}),
    waitedMs: waits?.value ?? 0,
    crowded: isCrowded(view, capacity),
  };
}

/** Requests wait in a crowd also where nothing holds the count of those in service. */
function isCrowded({ waiting, outage }: View, { steps }: Capacity): boolean {
  if (!waiting) return false;
  const living = outage ? between(waiting, Number.NEGATIVE_INFINITY, outage.at) : waiting;
  return timeWhile(steps, living, (n, w) => w >= Math.max(CROWD, n)) >= CROWDED_MS;
}
