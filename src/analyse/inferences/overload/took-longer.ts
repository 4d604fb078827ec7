import { OUTCOME_CODE } from '../../../model/samples.js';
import { FINE_MS, MIN_WAIT_MS } from '../../fine.js';
import type { Service } from '../../service/service.js';
import { sortNumbers } from '../../stats/order.js';
import { nearestRank } from '../../stats/quantile.js';
import type { View } from '../../view.js';

/** Clients' times that are longer than those in service by such a share hold more than the way there and back. */
const LONGER_SHARE = 0.1;

/** Requests that take no more than so many times as long as the quick ones did not wait for each other. */
const SLOWED_BY = 1.5;

/** The log tells of nobody that they waited: its requests are not the client's one by one, or its clock steps by what a request takes. */
export function hidesWaits({ waiting, timeline, service }: View): boolean {
  const { resolutionMs = 0 } = timeline.served ?? {};
  return waiting === undefined || (resolutionMs > FINE_MS && resolutionMs >= (service?.typical?.service.median ?? 0));
}

/**
 * By the client requests took longer on the average than they were in service by the log, which coarse stamps and clocks far apart do not
 * change: each duration is too long as often as too short.
 *
 * @param connecting the time in which they got their connection counts as well
 * @param share by so much of the time in service at least
 */
export function tookLonger(
  { timeline, service }: View,
  { connecting = false, share = LONGER_SHARE }: { readonly connecting?: boolean; readonly share?: number } = {},
): boolean {
  const { samples } = timeline;
  if (!samples || !service) return false;
  const { outcome, elapsed, connect } = samples;
  const client = mean(
    [...outcome.keys()]
      .filter((i) => isDone(outcome[i]!))
      .map((i) => elapsed[i]! - (connecting ? 0 : connect[i]! || 0)),
  );
  const server = mean(timesOf(service));
  return client - server > Math.max(MIN_WAIT_MS, share * server);
}

/** … and by more than they were in service: they waited, or the way to the server takes so long. */
const MUCH_SHARE = 1;

/** The client's times hold more than those in service, and the log's clock hides what. */
export const hidesMuch = (view: View): boolean => hidesWaits(view) && tookLonger(view, { share: MUCH_SHARE });

/** What requests took in service, where the log has both their lines, ms. */
const timesOf = ({ begin, end, beginLine, endLine }: Service): readonly number[] =>
  [...begin.keys()].filter((k) => beginLine[k]! > 0 && endLine[k]! > 0).map((k) => end[k]! - begin[k]!);

/** By the log itself some are much more work than others. */
export const variesInService = ({ service }: View): boolean =>
  service !== undefined && differMuch(Float64Array.from(timesOf(service)));

/** The slow took much longer than the quick. */
export function differMuch(times: Float32Array | Float64Array): boolean {
  const sorted = sortNumbers(times.filter((ms) => Number.isFinite(ms)));
  return sorted.length > 0 && nearestRank(sorted, 0.9) > SLOWED_BY * nearestRank(sorted, 0.1);
}

const isDone = (code: number): boolean => code === OUTCOME_CODE.succeeded;

function mean(list: readonly number[]): number {
  const known = list.filter((ms) => Number.isFinite(ms));
  return known.reduce((sum, ms) => sum + ms, 0) / known.length;
}
