import { type Trial, trial } from './run.js';
import type { Wanted } from './scenarios.js';
import type { Grade, Question } from './score.js';

export const QUESTIONS: readonly Question[] = ['maxConcurrency', 'backlog', 'reuse', 'overload', 'clock'];
export const GRADES: readonly Grade[] = ['right', 'honest', 'weak', 'wrong', 'WRONG'];

/** How many answers got which grade, by question. */
export type Tally = Record<Question, Record<Grade, number>>;

/** Runs the seeds and counts grades; `seen` gets every trial. */
export async function accuracyOf(
  from: number,
  to: number,
  wanted: Wanted,
  seen: (trial: Trial) => void = () => {},
): Promise<Tally> {
  const tally = Object.fromEntries(
    QUESTIONS.map((question) => [question, Object.fromEntries(GRADES.map((grade) => [grade, 0]))]),
  ) as Tally;
  for (let seed = from; seed < to; seed++) {
    const one = await trial(seed, wanted);
    for (const question of QUESTIONS) tally[question][one.score[question].grade]++;
    seen(one);
  }
  return tally;
}
