import type { Reading } from '../../model/reading.js';
import { type ClientSamples, OUTCOME_CODE } from '../../model/samples.js';
import { CLIENT_ROUNDING_MS } from './statement.js';

/** One request as the client stamped it, each bound with the room that its stamps need. */
export interface Sent {
  readonly id: number;
  /** It was not on its way before this. */
  readonly from: number;
  /** Its connection stood by this, where the client recorded that. */
  readonly connected: number;
  /** It was answered by this; infinite where the client got no answer. */
  readonly answeredBy: number;
  /** The client waited no longer than this. */
  readonly until: number;
}

/** All requests whose sending is known. */
export function sentBy(readings: readonly Reading[]): readonly Sent[] {
  return readings.flatMap(({ samples, source }) => (samples ? sentIn(samples, source?.variant.stamp === 'end') : []));
}

function sentIn(samples: ClientSamples, stampIsEnd: boolean): readonly Sent[] {
  const { earlierMs, laterMs } = roomOf(samples.loose, stampIsEnd);
  const list: Sent[] = [];
  for (let i = 0; i < samples.count; i++) {
    const start = samples.start[i]!;
    if (Number.isNaN(start)) continue;
    const until = start + (samples.elapsed[i]! || 0) + laterMs;
    list.push({
      id: samples.id[i]!,
      from: start - earlierMs,
      connected: start - earlierMs + connectOf(samples, i),
      answeredBy: samples.outcome[i] === OUTCOME_CODE.succeeded ? until : Number.POSITIVE_INFINITY,
      until,
    });
  }
  return list;
}

/** A stamp taken before the request is early, one taken after it late; whole seconds are early by up to one. */
function roomOf(loose: ClientSamples['loose'], stampIsEnd: boolean): { earlierMs: number; laterMs: number } {
  const { stepMs, lagMs } = loose ?? { stepMs: 0, lagMs: 0 };
  return stampIsEnd ? { earlierMs: lagMs, laterMs: stepMs } : { earlierMs: 0, laterMs: stepMs + lagMs };
}

/** Time to the established connection, less its rounding; a request is sent after it. */
function connectOf({ connect, elapsed }: ClientSamples, i: number): number {
  const ms = connect[i]! - CLIENT_ROUNDING_MS;
  return ms > 0 && connect[i]! <= elapsed[i]! ? ms : 0;
}

/** The quickest answer, from the connection on, ms: hardly any request was served for a shorter time. */
export function quickestMs(sent: readonly Sent[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const { connected, answeredBy } of sent) least = Math.min(least, answeredBy - connected);
  return Number.isFinite(least) ? Math.max(least - CLIENT_ROUNDING_MS, 0) : 0;
}

/** The longest that a request was under way, ms. */
export const longestMs = (sent: readonly Sent[]): number =>
  sent.reduce((most, { from, until }) => Math.max(most, until - from), 0);
