import { OUTCOME_CODE } from '../../../model/samples.js';
import { FINE_MS } from '../../fine.js';
import { unlinedOf } from '../../service/hidden.js';
import { nearestRank } from '../../stats/quantile.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import { apart } from './place.js';
import { PASSING } from './thresholds.js';

/** Requests that took so much longer than the quick ones may have waited, ms. */
const LONGER_MS = 100;
/** So many looks are more than one or two at the edge. */
const ENOUGH_LOOKS = 5;
/** The quick ones: so large a part may be quicker than what a request takes that does not wait. */
const QUICK = 0.05;

/**
 * Whether requests may have waited for less than a step of the log's clock: its begins show no wait that is shorter, and by the client's
 * times some took longer than others.
 *
 *     12:00:07 begin 1 … begin 40 | 12:00:07 end 1 … end 40      sent and answered in 0.4 s the first, in 1.1 s the last
 */
export function mayHideWaits({ timeline, byClient, looks, service }: View): boolean {
  const { served, samples } = timeline;
  // Those of whom a log of ends alone has no line were in service, or waited.
  const unlined = unlinedOf(timeline);
  if (unlined && peak(unlined).value > PASSING) return true;
  if (!served || !samples || served.resolutionMs <= FINE_MS) return false;
  // Who was sent into a crowd took no longer than others: times differ, and not by waits.
  if (byClient()?.kind === 'unlimited') return false;
  // Looks at the connections, closer than a request takes, would have caught who waited for another's end.
  const usual = service?.typical?.service.median ?? 0;
  const listed = looks.filter(({ established }) => established !== undefined);
  if (listed.length >= ENOUGH_LOOKS && apart(listed) <= usual) return false;
  const took = samples.elapsed
    .map((ms, i) => ms - (samples.connect[i]! || 0))
    .filter((ms, i) => samples.outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(ms))
    .sort();
  if (took.length === 0) return false;
  const quick = nearestRank(Float64Array.from(took), QUICK);
  return took.filter((ms) => ms > quick + LONGER_MS).length > PASSING;
}
