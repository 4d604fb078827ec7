import { NONE_U32 } from '../../../model/samples.js';
import { lacksConnected, logBegin } from '../../service/coverage.js';
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
  const known = knownOf(view);
  if (!inFlight || !known) return () => Number.POSITIVE_INFINITY;
  return (from, to, established, service) => {
    if (from < known.from || to > known.to) return Number.POSITIVE_INFINITY;
    const all = (requests: number): number => Math.ceil(requests / known.share);
    // No more connections than requests on their way: none of them is idle, kept alive for the next.
    if (all(valueAt(inFlight, from)) >= established) return Number.POSITIVE_INFINITY;
    // Of whom a log that lost lines does not say that they were begun nobody knows whether they waited.
    if (told?.lossy) return all(mostBetween(inFlight, from, to)) - service;
    if (connected) return all(mostBetween(connected.atMost, from, to));
    return inService ? all(mostBetween(inFlight, from, to)) - valueAt(inService, from) : Number.POSITIVE_INFINITY;
  };
}

/** Of a client's record that lacks more of the requests than this nothing follows for those. */
const KNOWN_SHARE = 0.5;
/** So many requests of the log before the first that it has, or behind the last, and it was cut off there. */
const CUT_OFF = 3;

/** When the client's record tells of requests, and of which share. */
interface Known {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

/**
 * A record that lacks rows of its own time stands for those as well: of several who waited some would be in it. Where it was cut off, those who were
 * under way then may be missing all together.
 *
 *     log      ▐██▌▐██▌▐██▌▐██▌▐██▌▐██▌▐██▌
 *     client       ▐██▌    ▐██▌▐██▌              a part, and of the last two nothing
 */
function knownOf({ clientPartial, timeline, ended, looks }: View): Known | undefined {
  const whole = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, share: 1 };
  if (!clientPartial) return whole;
  const { samples, served } = timeline;
  // Of more connections than it has requests at all nothing tells what became of them.
  if (!samples || !served || !ended || lacksConnected(timeline, looks)) return undefined;
  const longest = samples.elapsed.reduce((most, ms) => Math.max(most, ms || 0), 0);
  const first = samples.start.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
  const last = ended.reduce((most, at) => Math.max(most, at || 0), 0);
  const begins = served.begin.filter((_, i) => !Number.isNaN(served.id[i]!));
  const from = begins.filter((at) => at < first).length >= CUT_OFF ? first + longest : whole.from;
  const to = begins.filter((at) => at > last).length >= CUT_OFF ? last - longest : whole.to;
  let told = 0;
  let known = 0;
  for (const [i, at] of served.begin.entries()) {
    if (at < from || at > to || Number.isNaN(served.id[i]!)) continue;
    told++;
    if (served.sample[i] !== NONE_U32) known++;
  }
  return told > 0 && known >= KNOWN_SHARE * told ? { from, to, share: known / told } : undefined;
}
