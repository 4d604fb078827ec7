import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';

/** A log line or an answer this soon after the first sign of death may still belong to the dying server, ms. */
export const LAST_WORDS_MS = 1500;

const ANSWERS = new Set<number>(
  (['succeeded', 'http-429', 'http-503', 'server-error'] as const).map((kind) => OUTCOME_CODE[kind]),
);

/** When the client had its answer or gave up, EpochMs. */
export const endOf = ({ start, elapsed }: ClientSamples, i: number): number => start[i]! + elapsed[i]!;

/** An answer, also one that turns away, is a living server's. */
export const isAnswer = ({ outcome, status }: ClientSamples, i: number): boolean =>
  status[i]! > 0 || ANSWERS.has(outcome[i]!);
