import { OUTCOME_CODE } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';

/** From the first to the last sign that the server gave of itself: it begins or ends a request, or answers one. EpochMs. */
export function lifetimeOf({ samples, served }: Timeline): { readonly from: number; readonly to: number } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  const sign = (time: number) => {
    if (time < from) from = time;
    if (time > to) to = time;
  };
  for (let i = 0; served && i < served.count; i++) {
    sign(served.begin[i]!);
    if (served.endLine[i]! > 0) sign(served.end[i]!);
  }
  for (let i = 0; samples && i < samples.count; i++) {
    const end = samples.start[i]! + samples.elapsed[i]!;
    if (samples.outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(end)) sign(end);
  }
  return { from, to };
}

/** The last look before a time at which the port was listened on, if the looks' clock is known; EpochMs. */
export function listenedUntil({ sockets, port, clock }: Timeline, before: number): number {
  const times = sockets
    .filter(({ listeners }) => listeners.some((one) => one.port === port?.value))
    .flatMap(({ time }) => (time !== undefined && time <= before ? [time] : []));
  return clock.offsetMs === undefined ? Number.NEGATIVE_INFINITY : Math.max(Number.NEGATIVE_INFINITY, ...times);
}
