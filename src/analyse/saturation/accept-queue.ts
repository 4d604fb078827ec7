import { say } from '../../words/ids.js';
import type { Capacity } from '../capacity.js';
import { cite } from '../cite.js';
import { acceptedAt } from '../inferences/max-concurrency/from-sockets.js';
import { type Spans, touches } from '../stats/spans.js';
import type { View } from '../view.js';
import { LOOK_SLACK_MS, type Signal } from './signal.js';

/** So much of the peak a look must show accepted to be taken at the limit; short requests leave some workers idle for a moment. */
const ACCEPTED_SHARE = 0.5;
/** Looks in a row that must show a queue of one; of a longer queue fewer will do. */
export const LOOKS_IN_A_ROW = 3;
export const LOOKS_LONGER_QUEUE = 2;

/** Looks at the peak show an accept queue. */
export function queueSignal(view: View, { value }: Capacity, near: Spans): Signal | undefined {
  const all = view.looks.filter((look) => look.at !== undefined && look.queued !== undefined);
  // A look that shows the server holding far fewer was taken before it began to accept, whatever the clocks say.
  // Who gave up while being served is accepted still.
  const timed = all.filter(
    (look) => (acceptedAt(look)?.value ?? value) + (look.closeWait?.value ?? 0) >= ACCEPTED_SHARE * value,
  );

  if (timed.length === 0) return undefined;
  const held = (at: number) => touches(near, at - LOOK_SLACK_MS, at + LOOK_SLACK_MS);
  let inARow = 0;
  let best = 0;
  let longer = 0;
  let looks = 0;
  let most = timed[0]!;
  for (const look of timed) {
    const queued = look.queued!.value + (look.inner?.value ?? 0);
    const counts = queued > 0 && held(look.at!);
    inARow = counts ? inARow + 1 : 0;
    best = Math.max(best, inARow);
    if (!counts) continue;
    looks++;
    if (queued > 1) longer++;
    if (queued > most.queued!.value + (most.inner?.value ?? 0)) most = look;
  }
  const holds = best >= LOOKS_IN_A_ROW || longer >= LOOKS_LONGER_QUEUE;
  const place = most.inner && most.inner.value > most.queued!.value ? most.inner : most.queued!;
  const limit = place === most.inner ? most.inner.limit : most.limit;
  return {
    id: 'accept-queue',
    name: say('saturation.acceptQueue', { looks }),
    value: looks,
    holds,
    evidence: holds ? [cite(view.timeline, place, say('saturation.says.queue', { queued: place.value, limit }))] : [],
  };
}
