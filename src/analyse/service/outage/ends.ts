import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';

/** A log line or an answer this soon after the first sign of death may still belong to the dying server, ms. */
export const LAST_WORDS_MS = 1500;

/** A line may be printed, or an answer arrive, so long after the cut of others, ms. */
export const PRINT_MS = 20;

const ANSWERS = new Set<number>(
  (['succeeded', 'http-429', 'http-503', 'server-error'] as const).map((kind) => OUTCOME_CODE[kind]),
);

/** When the client had its answer or gave up, EpochMs. */
export const endOf = ({ start, elapsed }: ClientSamples, i: number): number => start[i]! + elapsed[i]!;

/** An answer, also one that turns away, is a living server's. */
export const isAnswer = ({ outcome, status }: ClientSamples, i: number): boolean =>
  status[i]! > 0 || ANSWERS.has(outcome[i]!);

/**
 * When the last cut came, EpochMs, by those who had been on their way for long. Who was cut before while they went on was turned away by a living server.
 *
 *     on their way   ─────────────────────┐
 *                        ─────────────────┤ all cut
 *                          ┐ ┐  ┐ ┐   ┐      each cut as it came: the limit's
 */
export function firstOfLast(samples: ClientSamples, cut: readonly number[]): number | undefined {
  const last = cut.reduce((time, i) => Math.max(time, endOf(samples, i)), Number.NEGATIVE_INFINITY);
  const together = cut.filter((i) => endOf(samples, i) > last - LAST_WORDS_MS);
  const long = together.filter((i) => samples.start[i]! < last - LAST_WORDS_MS);
  const first = (list: readonly number[]) => list.reduce((time, i) => Math.min(time, endOf(samples, i)), last);
  return cut.length === 0 ? undefined : first(long.length > 0 ? long : together);
}
