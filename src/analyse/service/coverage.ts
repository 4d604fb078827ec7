import { NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';

/** Answered requests outside the log from which it is cut, and not just late by a line or two. */
const ANSWERED_OUTSIDE = 3;

/** A line may come so long after the answer, ms. */
const LATE_LINE_MS = 100;

/** The stretch of the client's time of which the log tells. */
export interface Coverage {
  readonly from: number;
  readonly to: number;
}

/**
 * What a log tells that begins late or breaks off: of what lies outside it, its silence says nothing.
 *
 *     client   ▐███████████████████████▌
 *     log                  ▐████████▌          answers before and behind it: cut
 *
 * `undefined` where the log is there for all of the client's answers.
 */
export function coverageOf({ samples, served, logEnd, clock }: Timeline): Coverage | undefined {
  if (!samples || !served || served.count === 0 || served.sample.every((sample) => sample === NONE_U32))
    return undefined;
  let from = served.begin[0]!;
  for (const time of served.orphanEnds.time) from = Math.min(from, time);
  let to = logEnd ?? Number.NEGATIVE_INFINITY;
  for (const time of served.begin) to = Math.max(to, time);
  // A log that tells of each end would have told of those that came after its last line.
  const toldBy = served.beginsDerived
    ? Number.POSITIVE_INFINITY
    : to + LATE_LINE_MS + served.resolutionMs + (clock.uncertaintyMs ?? 0);
  let outside = 0;
  for (let i = 0; i < samples.count; i++) {
    if (samples.outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(samples.id[i]!)) continue;
    const end = samples.start[i]! + samples.elapsed[i]!;
    if (end < from || samples.start[i]! > to || end > toldBy) outside++;
  }
  return outside >= ANSWERED_OUTSIDE ? { from, to } : undefined;
}
