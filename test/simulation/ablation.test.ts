import { describe, expect, it } from 'vitest';
import { contradictions } from '../support/simulator/contradictions.js';
import { type Trial, trial, trialOf } from '../support/simulator/run.js';
import { ABLATIONS } from '../support/simulator/scenarios.js';
import type { Grade } from '../support/simulator/score.js';

const SEEDS = Array.from({ length: 24 }, (_, i) => 2000 + i);
const TRUE: readonly Grade[] = ['right', 'honest', 'weak'];

describe('taking a source away may weaken a finding, never flip it', () => {
  const wholes = new Map<number, Promise<Trial>>();
  const wholeOf = (seed: number) => {
    const known = wholes.get(seed) ?? trial(seed);
    wholes.set(seed, known);
    return known;
  };

  it.each(Object.entries(ABLATIONS))('without %s', async (name, recording) => {
    const flipped: string[] = [];
    for (const seed of SEEDS) {
      const whole = await wholeOf(seed);
      const less = await trialOf({ ...whole.setup, recording: { ...whole.setup.recording, ...recording } });
      for (const one of contradictions(whole.run.findings, less.run.findings))
        flipped.push(`seed ${seed} without ${name}: ${one}`);
      for (const [question, { grade, why }] of Object.entries(less.score)) {
        if (grade === 'WRONG') flipped.push(`seed ${seed} without ${name}: ${question} ${why}`);
      }
      if (name === 'counters') {
        for (const [question, { grade, why }] of Object.entries(less.score)) {
          if (TRUE.includes(whole.score[question as keyof typeof whole.score].grade) && !TRUE.includes(grade))
            flipped.push(`seed ${seed}: ${question} ${why}`);
        }
      }
    }
    expect(flipped).toEqual([]);
  });
});
