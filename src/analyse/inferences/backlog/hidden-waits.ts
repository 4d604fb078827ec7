import { NONE_U32, OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { FINE_MS } from '../../fine.js';
import { unlinedOf } from '../../service/hidden.js';
import { nearestRank } from '../../stats/quantile.js';
import { peak, valueAt } from '../../stats/steps.js';
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
  if (hiddenByClocks(timeline, service)) return true;
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

/**
 * Without a client: a log of ends alone breaks off while clients are connected of whom it has no line. They were in service, or waited, for as long
 * as any look shows them.
 */
export function endsUnlined({ timeline, looks, inService }: View): boolean {
  const { served, samples, logEnd } = timeline;
  if (samples || !served?.beginsDerived || logEnd === undefined || !inService) return false;
  const last = looks.findLast(({ at, established }) => at !== undefined && at <= logEnd && established !== undefined);
  return (
    last !== undefined && last.established!.value - valueAt(inService, last.at!) - (last.queued?.value ?? 0) > PASSING
  );
}

/**
 * Where it is open how far the clocks are apart, no begin shows a wait. But how long requests took at the client, less how long they were in
 * service, has nothing to do with that.
 *
 *     elapsed   |······················|
 *     service         |██████|             wherever it lies, the rest is a wait, or a way of that length
 */
function hiddenByClocks({ samples, served, clock }: Timeline, service: View['service']): boolean {
  if (!samples || !served || !service || served.steps || !((clock.uncertaintyMs ?? 0) > FINE_MS)) return false;
  const rounding = 2 * served.resolutionMs;
  const longer = service.sample.filter((i, k) => {
    if (i === NONE_U32 || service.beginLine[k] === 0 || service.endLine[k] === 0) return false;
    const elapsed = samples.elapsed[i]! - (samples.connect[i]! || 0);
    return elapsed - (service.end[k]! - service.begin[k]!) > LONGER_MS + rounding;
  });
  return longer.length > PASSING;
}
