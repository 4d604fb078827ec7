import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';

/** An answer may reach the client so long after the line of its end, ms. */
const LATE_ANSWER_MS = 100;

/** Answered requests that have no line in a log of ends alone since that begins after their end, or breaks off before it. */
export interface EndedOutside {
  readonly samples: readonly number[];
  /** When each was begun at the earliest: none took longer than any that the log tells of. */
  readonly from: readonly number[];
  /** The log tells of all that were in service between these two times. */
  readonly told: { readonly from: number; readonly to: number };
  readonly answered: number;
}

/**
 * Who was answered before the first line of a log of ends alone, or after its last, was in service some time before that: its silence says
 * nothing of them, though they were there beside those that it tells of.
 *
 *     log                 1────────┤2  ────────┤3             │ lines
 *     no line      4────────┤                    ──────────┤5
 *     told                   |<----------------->|
 *
 * `undefined` where the log tells of begins as well, or no client of answers.
 */
export function endedOutside({ samples, served }: Timeline): EndedOutside | undefined {
  if (!samples || !served?.beginsDerived || served.count === 0) return undefined;
  const seen = new Uint8Array(samples.count);
  for (const list of [served.sample, served.orphanEnds.sample]) for (const i of list) if (i !== NONE_U32) seen[i] = 1;
  if (!seen.includes(1)) return undefined;
  const { firstEnd, lastEnd, longest } = endsOf(served);
  // A log that reaches to the last answer lacks a line of those that were answered just after its own last, and not its tail.
  const reach = lastEnd + served.resolutionMs + LATE_ANSWER_MS;
  const isCut = samples.start.some((start, i) => isOne(samples, i) && start + samples.elapsed[i]! > reach);
  const outside: number[] = [];
  const from: number[] = [];
  const told = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  let answered = 0;
  for (let i = 0; i < samples.count; i++) {
    if (!isOne(samples, i)) continue;
    answered++;
    const start = samples.start[i]!;
    const end = start + samples.elapsed[i]!;
    if (seen[i] === 1 || !(end <= firstEnd || (isCut && end >= lastEnd))) continue;
    const begun = Math.max(start, end - longest);
    outside.push(i);
    from.push(begun);
    if (end <= firstEnd) told.from = firstEnd;
    else told.to = Math.min(told.to, begun);
  }
  return { samples: outside, from, told, answered };
}

const isOne = ({ outcome, id }: ClientSamples, i: number): boolean =>
  outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(id[i]!);

function endsOf({ begin, end, orphanEnds, resolutionMs }: NonNullable<Timeline['served']>) {
  let firstEnd = Number.POSITIVE_INFINITY;
  let lastEnd = Number.NEGATIVE_INFINITY;
  let longest = 0;
  for (const times of [end, orphanEnds.time]) {
    for (const at of times) {
      if (!Number.isFinite(at)) continue;
      firstEnd = Math.min(firstEnd, at);
      lastEnd = Math.max(lastEnd, at);
    }
  }
  for (const [k, at] of end.entries()) if (Number.isFinite(at)) longest = Math.max(longest, at - begin[k]!);
  return { firstEnd, lastEnd, longest: longest + resolutionMs };
}

/** Answers that a log of ends shows fewer of are more than late lines from so many on. */
const LACKING = 3;

/** Without ids nobody knows which answers a log of ends has no line of, but that it has fewer lines than there were answers. */
export function lacksEnds({ samples, served }: Timeline): boolean {
  if (!samples || !served?.beginsDerived || served.sample.some((i) => i !== NONE_U32)) return false;
  const answered = samples.outcome.filter((code) => code === OUTCOME_CODE.succeeded).length;
  return answered - served.count >= LACKING;
}
