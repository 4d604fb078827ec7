import type { MaxConcurrency } from '../../../model/finding.js';
import type { Look } from '../../looks.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import { acceptedOf } from '../max-concurrency/from-sockets.js';
import type { Queue } from './queues.js';
import { SAME, SMALL_PART } from './thresholds.js';

/**
 * Tells of a look whether more clients have left than can be in service or are seen to wait, and no client's record beside a whole log tells
 * those who wait inside from leftovers. What the looks are compared with is found once.
 */
export function hidingWaits(view: View): (look: Look) => boolean {
  const { timeline, inService, service } = view;
  if (timeline.samples !== undefined && service?.lossy === false) return () => false;
  const limit = acceptedOf(view);
  const served = inService ? peak(inService).value : limit?.atLimit ? limit.value : Number.POSITIVE_INFINITY;
  return ({ established, closeWait, queued, inner }) => {
    if (!closeWait?.value) return false;
    const accepted = (established?.value ?? 0) + closeWait.value - (queued?.value ?? 0);
    return accepted - (inner?.value ?? 0) - served > SMALL_PART;
  };
}

/** What only looks say of how many are in service. */
const BY_LOOKS = new Set(['max.method.sockets', 'max.method.accepted']);

/**
 * Whether some of the accepted may wait though the log's counts leave room for them: it lost lines and shows fewer in service, or nothing
 * but their number tells that they are in it.
 */
export function mayHoldMore({ service }: View, max: MaxConcurrency | undefined, { look, kernel }: Queue): boolean {
  if (!service || !max || max.bound === 'exact') return false;
  const accepted = (look.established?.value ?? 0) - kernel;
  const agreeing = max.methods.filter(({ agrees }) => agrees);
  const byLooks = agreeing.length > 0 && agreeing.every(({ name }) => BY_LOOKS.has(name.id));
  return (service.lossy && accepted > (max.value ?? 0) + SAME) || (byLooks && max.bound === 'estimate');
}
