import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';
import { countOpen, type Steps } from '../stats/steps.js';
import { endedOutside, lacksEnds } from './ended-outside.js';
import type { Service } from './service.js';

/** Of few lines the share of the lost is known but roughly: so many lost and so many not are thought of besides. */
const FEW_MORE = 1;
/** A log that lost more than this share of its begins tells nothing. */
const MOST_LOST = 0.6;
/** What the client says of requests that the server may have begun. */
export const MAY_HAVE_COME_IN: ReadonlySet<number> = new Set<number>(
  (['reset', 'read-timeout', 'server-error', 'abandoned', 'other'] as const).map((kind) => OUTCOME_CODE[kind]),
);

/**
 * What a log that lost lines may hide besides: requests of which both lines are lost. Begins are lost as often as the ends without one
 * tell; of those that the client had an answer to it tells itself.
 *
 * @param most in service at once, of those that anything tells of
 */
export const withHidden = (service: Service, samples: ClientSamples | undefined, most: number): number =>
  hiddenIn(service, samples)(most);

/** The same for many counts: who is unseen is counted once. */
export function hiddenIn(service: Service, samples: ClientSamples | undefined): (most: number) => number {
  if (!service.lossy) return (most) => most;
  const lost = lostShare(service);
  const room = samples ? unseen(service, samples) : Number.POSITIVE_INFINITY;
  return (most) => most + Math.min(Math.ceil((most * lost) / (1 - lost)), room);
}

/** The share of begins that a log has lost, by the ends that it has without one, and by those who were served without a line. */
export function lostShare({ mended: { begins }, typical, unseen: unlined = 0 }: Service): number {
  const lost = begins + unlined;
  return Math.min(MOST_LOST, (lost + FEW_MORE) / (lost + typical!.complete + 2 * FEW_MORE));
}

/** Requests of the client that no line tells of, and that may have come into the server without an answer. */
function unseen({ sample }: Service, { outcome }: ClientSamples): number {
  const seen = new Uint8Array(outcome.length);
  for (const i of sample) if (i !== NONE_U32) seen[i] = 1;
  return outcome.reduce((n, code, i) => n + (seen[i] === 0 && MAY_HAVE_COME_IN.has(code) ? 1 : 0), 0);
}

/**
 * Requests on their way that a log shows nothing of since its lines are written at the end: they may be in service until the server stops, or
 * wait to be; so may those that were answered before its first line or after its last. `undefined` where the log tells of begins as well.
 */
export function unlinedOf(timeline: Timeline): Steps | undefined {
  const { samples, served } = timeline;
  if (!samples || !served?.beginsDerived) return undefined;
  const seen = new Uint8Array(samples.count);
  for (const i of served.sample) if (i !== NONE_U32) seen[i] = 1;
  // Without ids any answer may be one of those that it has no line of.
  const anybody = lacksEnds(timeline);
  const isOne = (code: number) => MAY_HAVE_COME_IN.has(code) || (anybody && code === OUTCOME_CODE.succeeded);
  const from = samples.start.map((start, i) => (seen[i] === 0 && isOne(samples.outcome[i]!) ? start : Number.NaN));
  const outside = endedOutside(timeline);
  for (const [k, i] of outside?.samples.entries() ?? []) from[i] = outside!.from[k]!;
  return countOpen(
    from,
    samples.start.map((start, i) => start + samples.elapsed[i]!),
  );
}
