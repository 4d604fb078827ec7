import { logBegin } from '../../service/coverage.js';
import { hasLostBegin } from '../../service/strangers.js';
import { valueAt } from '../../stats/steps.js';
import { mostBetween } from '../../stats/within.js';
import type { View } from '../../view.js';
import type { Connected } from './connected.js';
import { logCut } from './log-cut.js';

/** The log tells of all of the time between two instants. */
export type Covered = (from: number, to: number) => boolean;

export function coveredBy({ timeline, coverage, service }: View): Covered {
  const cut = Math.min(logCut(timeline) ?? Number.POSITIVE_INFINITY, coverage?.to ?? Number.POSITIVE_INFINITY);
  const first = coverage?.from ?? Number.NEGATIVE_INFINITY;
  // Of who was in service before the first line, ends tell only that lost their begin, and nothing does of those that lost both.
  const tells = timeline.served?.begin.every((_, i) => !hasLostBegin(timeline.served!, i)) && !service?.lossy;
  const begun = timeline.served && !tells ? Math.max(first, logBegin(timeline.served)) : first;
  return (from, to) => from >= begun && to <= cut;
}

/** Clients that can be waiting at all between two times, of so many connections and with so many in service at most. */
export type IdleLimit = (from: number, to: number, established: number, service: number) => number;

/** How many clients can be waiting at all; without client samples there is no telling, and no limit. */
export function idleLimit(view: View, connected: Connected | undefined): IdleLimit {
  const { inFlight, inService, service: told } = view;
  if (!inFlight || view.clientPartial) return () => Number.POSITIVE_INFINITY;
  return (from, to, established, service) => {
    // No more connections than requests on their way: none of them is idle, kept alive for the next.
    if (valueAt(inFlight, from) >= established) return Number.POSITIVE_INFINITY;
    // Of whom a log that lost lines does not say that they were begun nobody knows whether they waited.
    if (told?.lossy) return mostBetween(inFlight, from, to) - service;
    if (connected) return mostBetween(connected.atMost, from, to);
    return inService ? mostBetween(inFlight, from, to) - valueAt(inService, from) : Number.POSITIVE_INFINITY;
  };
}
