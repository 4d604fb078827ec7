import { OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { cutAll } from './cuts.js';
import { endOf, isAnswer } from './ends.js';
import { deadWhileRefused } from './refusals.js';
import { shutOf } from './shut.js';

/** The server's death as client and log show it. */
export interface Outage {
  /** Last instant at which it can have lived, EpochMs. */
  readonly at: number;
  /** Stopped in good order: since then nobody was let in, while those who had been before were served to their end. */
  readonly shutAt?: number;
  /** When it showed itself again; absent if never. */
  readonly until?: number;
  /** Index of the first sample that was refused or cut. */
  readonly sample: number;
  /** Samples from `sample` on that were refused or cut. */
  readonly refused: number;
  /** Line of the log or snapshot that says so, where one does. */
  readonly evidence?: {
    readonly source: number;
    readonly line: number;
    readonly kind: 'server-stop' | 'server-start' | 'listener-gone';
  };
  /** Nothing but cuts tells of it: no refusal, and no other source. */
  readonly byCuts?: true;
}

/**
 * Tells an outage from a limit. A full server may refuse too (macOS does), but it goes on working: requests that it has in
 * service end later. A dead one shows nothing more, neither in the log nor at the client, while clients still come.
 *
 *     limit      begun ──────────────── done            outage     begun ────────┐
 *                       x  x  x refused                                  reset ──┘ x  x  x refused
 */
export function outageOf(timeline: Timeline): Outage | undefined {
  const { samples } = timeline;
  if (!samples) return undefined;
  const died = cutAll(timeline);
  // Cuts alone may be a worker's death: without refusals something else must say that the server went.
  if (!samples.outcome.includes(OUTCOME_CODE.refused)) return died?.evidence || died?.byCuts ? died : undefined;
  const order = Uint32Array.from(samples.start, (_, i) => i)
    .filter((i) => !Number.isNaN(endOf(samples, i)))
    .sort((a, b) => endOf(samples, a) - endOf(samples, b) || a - b);
  let best: Outage | undefined;
  for (let k = 0; k < order.length; ) {
    let next = k;
    while (next < order.length && !isAnswer(samples, order[next]!)) next++;
    const found = deadWhileRefused(timeline, order, k, next);
    if (found && found.refused > (best?.refused ?? 0)) best = found;
    k = next + 1;
  }
  return withShut(together(died, best), shutOf(timeline));
}

function together(died: Outage | undefined, best: Outage | undefined): Outage | undefined {
  if (!died || !best) return best ?? died;
  // Connections that are cut all at once had a living server until then: what it refused before, it refused at its limit.
  const same = died.at < (best.until ?? Number.POSITIVE_INFINITY) && best.at < (died.until ?? Number.POSITIVE_INFINITY);
  return same ? { ...best, ...died, refused: Math.max(best.refused, died.refused) } : best;
}

/** A stop in good order explains more than what shows after its end. */
function withShut(found: Outage | undefined, shut: Outage | undefined): Outage | undefined {
  if (!found || !shut) return found ?? shut;
  if (shut.refused >= found.refused) return shut;
  const same = found.at >= shut.shutAt! && found.at <= (shut.until ?? Number.POSITIVE_INFINITY);
  return same ? { ...shut, ...found, sample: shut.sample } : found;
}
