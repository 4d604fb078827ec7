import { OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';

/** Answers so long after the last line of the log say that it was cut off: a log is written with some delay, ms. */
const WRITTEN_LATE_MS = 2000;

/** When the log was cut off while the server went on to answer; `undefined` where it was not. */
export function logCut({ logEnd, samples, clock, served }: Timeline): number | undefined {
  if (logEnd === undefined || !samples || !served) return undefined;
  const late = logEnd + WRITTEN_LATE_MS + (clock.uncertaintyMs ?? 0) + served.resolutionMs;
  const went = samples.start.some(
    (start, i) => samples.outcome[i] === OUTCOME_CODE.succeeded && start + samples.elapsed[i]! > late,
  );
  return went ? logEnd : undefined;
}
