import { OUTCOME_CODE } from '../../../model/samples.js';
import { FINE_MS, MIN_WAIT_MS } from '../../fine.js';
import type { View } from '../../view.js';

/** Clients' times that are longer than those in service by such a share hold more than the way there and back. */
const LONGER_SHARE = 0.1;

/** The log tells of nobody that they waited: its requests are not the client's one by one, or its clock steps by what a request takes. */
export function hidesWaits({ waiting, timeline, service }: View): boolean {
  const { resolutionMs = 0 } = timeline.served ?? {};
  return waiting === undefined || (resolutionMs > FINE_MS && resolutionMs >= (service?.typical?.service.median ?? 0));
}

/**
 * By the client requests took longer on the average than they were in service by the log, which coarse stamps and clocks far apart do not
 * change: each duration is too long as often as too short.
 */
export function tookLonger({ timeline, service }: View): boolean {
  const { samples } = timeline;
  if (!samples || !service) return false;
  const { outcome, elapsed, connect } = samples;
  const client = mean(
    [...outcome.keys()].filter((i) => isDone(outcome[i]!)).map((i) => elapsed[i]! - (connect[i]! || 0)),
  );
  const server = mean(
    [...service.begin.keys()]
      .filter((k) => service.beginLine[k]! > 0 && service.endLine[k]! > 0)
      .map((k) => service.end[k]! - service.begin[k]!),
  );
  return client - server > Math.max(MIN_WAIT_MS, LONGER_SHARE * server);
}

const isDone = (code: number): boolean => code === OUTCOME_CODE.succeeded;

function mean(list: readonly number[]): number {
  const known = list.filter((ms) => Number.isFinite(ms));
  return known.reduce((sum, ms) => sum + ms, 0) / known.length;
}
