import { describe, expect, it } from 'vitest';
import type { Findings } from '../../src/model/finding.js';
import { type Trial, trial, trialOf } from '../support/simulator/run.js';
import { ABLATIONS } from '../support/simulator/scenarios.js';
import type { Grade } from '../support/simulator/score.js';

const SEEDS = Array.from({ length: 14 }, (_, i) => 2000 + i);
const TRUE: readonly Grade[] = ['right', 'honest', 'weak'];

/** Two findings of one run contradict each other where both are called exact and differ. */
function contradictions(whole: Findings, less: Findings): string[] {
  const found: string[] = [];
  if (
    whole.maxConcurrency.bound === 'exact' &&
    less.maxConcurrency.bound === 'exact' &&
    whole.maxConcurrency.value !== less.maxConcurrency.value
  )
    found.push(`maxConcurrency ${whole.maxConcurrency.value} → ${less.maxConcurrency.value}`);
  if (
    whole.backlog.bound === 'exact' &&
    less.backlog.bound === 'exact' &&
    Math.abs(whole.backlog.value! - less.backlog.value!) > 2
  )
    found.push(`backlog ${whole.backlog.value} → ${less.backlog.value}`);
  if (whole.reuse.bound === 'exact' && less.reuse.bound === 'exact' && whole.reuse.pattern !== less.reuse.pattern)
    found.push(`reuse ${whole.reuse.pattern} → ${less.reuse.pattern}`);
  return found;
}

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
