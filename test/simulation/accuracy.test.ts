import { beforeAll, describe, expect, it } from 'vitest';
import { accuracyOf, QUESTIONS, type Tally } from '../support/simulator/accuracy.js';
import type { Grade, Question } from '../support/simulator/score.js';

/** So many runs take some ten seconds; `npm run accuracy -- 0 2000` takes more. */
const SEEDS = 60;
/** Share of the answers that must be right, or an honest bound where the recording holds no more. */
const RIGHT_SHARE = 0.95;

describe('simulated runs, whole folders read as a user has them', () => {
  let tally: Tally;
  const faults: string[] = [];

  beforeAll(async () => {
    tally = await accuracyOf(1000, 1000 + SEEDS, {}, ({ setup, score }) => {
      for (const question of QUESTIONS) {
        const { grade, why } = score[question];
        if (grade === 'WRONG') faults.push(`seed ${setup.seed}, ${question}: ${why}`);
      }
    });
  });

  it('give no wrong answer that is called exact with high confidence', () => {
    expect(faults).toEqual([]);
  });

  it.each(QUESTIONS)('answer %s rightly', (question: Question) => {
    const of = (...grades: Grade[]) => grades.reduce((sum, grade) => sum + tally[question][grade], 0);
    expect(of('right', 'honest', 'weak', 'wrong', 'WRONG')).toBe(SEEDS);
    expect(of('right', 'honest')).toBeGreaterThanOrEqual(RIGHT_SHARE * SEEDS);
  });
});
