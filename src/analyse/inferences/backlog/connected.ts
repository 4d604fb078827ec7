import type { MaxConcurrency } from '../../../model/finding.js';
import { peak, type Steps, valuesAt } from '../../stats/steps.js';
import type { View } from '../../view.js';
import { ClientWaits } from './client-waits.js';

/** Clients that were connected and whose request nobody had begun, as client and log tell it. */
export interface Connected {
  readonly steps: Steps;
  /** With those of whom the client does not say whether a connection came about, and those whose begin a log that was cut off does not show. */
  readonly atMost: Steps;
  readonly value: number;
  readonly at: number;
  /** With those whose wait was too short to be told from a hiccup, but for those that were turned away. */
  readonly withShort: Steps;
  /** Some of them may not have been connected yet: the number is an upper bound. */
  readonly mayBeUnconnected: boolean;
  /** Of all who wait the client tells when they had their connection, or the begin does. */
  readonly tellsConnect: boolean;
  /** Index of the sample that waited longest. */
  readonly longest: number;
  readonly longestMs: number;
}

/** Counts connected clients that wait, from the moment of connection (or of sending, where the client did not record it) to the begin. */
export function connectedOf(view: View): Connected | undefined {
  const { samples } = view.timeline;
  if (!samples || !view.begunAt) return undefined;
  const waits = new ClientWaits(view, samples, view.begunAt);
  for (let i = 0; i < samples.count; i++) waits.take(i);
  return waits.counted();
}

/**
 * The same where begins are placed by the client's answers: one that came late puts a begin too late, and its wait too long. While others wait all of
 * the limit is in service, so that no more wait than are under way beyond it.
 *
 *     under way    14 ───────────────        limit 5, so that 9 wait, however many of the begins were placed too late
 */
export function beyondLimit(connected: Connected, view: View, max: MaxConcurrency | undefined): Connected {
  const { inFlight, timeline, clientPartial } = view;
  if (!timeline.served?.steps || !inFlight || clientPartial || max?.value === undefined || max.bound === 'at-least')
    return connected;
  const limit = max.value;
  const capped = ({ t, v }: Steps): Steps => {
    const underWay = valuesAt(inFlight, t);
    return { t, v: v.map((n, i) => Math.min(n, Math.max(0, underWay[i]! - limit))) };
  };
  const steps = capped(connected.steps);
  return { ...connected, ...peak(steps), steps, withShort: capped(connected.withShort) };
}
