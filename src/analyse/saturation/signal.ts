import type { Evidence } from '../../model/finding.js';
import type { Message } from '../../model/message.js';

/** So much of the peak is near it: short requests leave a worker idle for a moment between two. */
export const NEAR = 0.8;
/** A look counts as taken at the limit within this time of it, ms: commands run after the time they are stamped with. */
export const LOOK_SLACK_MS = 1000;

/** One sign that the server was at its limit. */
export interface Signal {
  readonly id: 'waiting' | 'turned-away' | 'accept-queue' | 'inside' | 'notice' | 'exhausted';
  readonly name: Message;
  readonly value: number;
  readonly holds: boolean;
  readonly evidence: readonly Evidence[];
}
