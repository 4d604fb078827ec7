import type { Steps } from '../../stats/steps.js';
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
