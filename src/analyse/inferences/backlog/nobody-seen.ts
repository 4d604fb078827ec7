import type { Backlog } from '../../../model/finding.js';
import { say } from '../../../words/ids.js';
import { between } from '../../stats/spans.js';
import { peak, valueAt } from '../../stats/steps.js';
import type { View } from '../../view.js';
import type { Facts } from '../inference.js';
import type { Connected } from './connected.js';
import { mayHideWaits } from './hidden-waits.js';
import type { Queue } from './queues.js';
import { PASSING, SAME } from './thresholds.js';
import { none, unknown } from './without-a-source.js';

/** No look shows anybody waiting; nor does the log, if its clock would, where a client or a list of connections could. */
export function nobodySeen({ view }: Facts, queues: readonly Queue[], connected: Connected | undefined): Backlog {
  if (mayHideWaits(view)) return unknown(say('backlog.why.coarse', {}), view);
  // Whoever gave up while waiting is no connection any more, and without a client nobody tells of him.
  const left = queues.some(({ look }) => (look.closeWait?.value ?? 0) > PASSING);
  if (view.timeline.samples === undefined && left) return unknown(say('backlog.why.inside', {}), view);
  if (mayWaitOutside(view)) return unknown(say('backlog.why.cut', {}), view);
  const looked = view.timeline.samples !== undefined || queues.some(({ look }) => look.established !== undefined);
  return looked ? none(view, queues, connected) : unknown(say('backlog.why.inside', {}), view);
}

/**
 * Where the log tells of a part only, more were connected beside that part, or under way with no look to tell where, than were ever in
 * service in it: some may have waited.
 */
function mayWaitOutside({ coverage, looks, inService, inFlight }: View): boolean {
  if (!coverage) return false;
  const most = (inService ? peak(inService).value : 0) + SAME;
  const { from, to } = coverage;
  const beside = looks.filter(({ at }) => at !== undefined && (at < from || at > to));
  if (beside.some(({ established, closeWait }) => (established?.value ?? 0) + (closeWait?.value ?? 0) > most))
    return true;
  if (!inFlight) return false;
  const crowded = [between(inFlight, Number.NEGATIVE_INFINITY, from), between(inFlight, to, Number.POSITIVE_INFINITY)];
  return crowded.some((part) => peak(part).value > most) && !beside.some(({ at }) => valueAt(inFlight, at!) > most);
}
