import { OUTCOME_CODE } from '../../../model/samples.js';
import type { Look } from '../../looks.js';
import type { View } from '../../view.js';
import { ASKED_AGAIN_MS } from './place.js';
import type { Queue } from './queues.js';

/** Clients without a connection at the time of a look. */
export interface Outside {
  readonly count: number;
  /** The first of them in the client's record, where that tells of them and no look does. */
  readonly sample?: number;
}

/**
 * Clients whose handshake hangs, or waits for the moment to be asked again, at each look: by its rows, or, where the clients run elsewhere and no look
 * lists them, by how long the client's record says that they were without a connection.
 *
 *     sent |── asks ── asks again ───── asks again ──| connected
 *                 look      look      look
 */
export function outsideOf(view: View, queues: readonly Queue[]): ReadonlyMap<Queue, Outside> {
  const byRows = new Map(queues.map((queue) => [queue, { count: hangingAt(queue.look) }]));
  if ([...byRows.values()].some(({ count }) => count > 0)) return byRows;
  const longest = longWaits(view);
  return new Map(queues.map((queue) => [queue, waitingAt(longest, queue.look.at)]));
}

/** Handshakes that hang, as a look lists them. */
export const hangingAt = ({ synSent, synRecv }: Look): number => (synSent?.value ?? 0) + (synRecv?.value ?? 0);

interface LongWait {
  readonly sample: number;
  readonly from: number;
  readonly to: number;
}

/** Whoever had to ask again, or asked in vain until the client gave up. */
function longWaits({ timeline: { samples } }: View): readonly LongWait[] {
  if (!samples) return [];
  const waits: LongWait[] = [];
  for (let sample = 0; sample < samples.count; sample++) {
    const from = samples.start[sample]!;
    const inVain = samples.outcome[sample] === OUTCOME_CODE['connect-timeout'];
    const took = inVain ? samples.elapsed[sample]! : samples.connect[sample]!;
    if (took >= ASKED_AGAIN_MS) waits.push({ sample, from, to: from + took });
  }
  return waits;
}

function waitingAt(waits: readonly LongWait[], at: number | undefined): Outside {
  const there = waits.filter(({ from, to }) => at !== undefined && from <= at && at < to);
  return there.length === 0 ? { count: 0 } : { count: there.length, sample: there[0]!.sample };
}
