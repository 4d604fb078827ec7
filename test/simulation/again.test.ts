import { describe, expect, it } from 'vitest';
import { contradictions } from '../support/simulator/contradictions.js';
import { trialOf } from '../support/simulator/run.js';
import { scenarioOf } from '../support/simulator/scenarios.js';

const SEEDS = Array.from({ length: 24 }, (_, i) => 2500 + i);
/** Far from any seed in use: the second recording's jitter is its own. */
const AGAIN = 1_000_000;

describe('the same configuration recorded twice', () => {
  it('gives the same findings', async () => {
    const differ: string[] = [];
    let compared = 0;
    for (const seed of SEEDS) {
      const setup = scenarioOf(seed);
      const [one, other] = [await trialOf(setup), await trialOf({ ...setup, seed: seed + AGAIN })];
      // A load that just about fills a queue overflows it in one recording and not in the other: these two were different.
      if (one.truth.overload.outcome !== other.truth.overload.outcome) continue;
      compared++;
      for (const what of contradictions(one.run.findings, other.run.findings)) differ.push(`seed ${seed}: ${what}`);
    }
    expect(differ).toEqual([]);
    expect(compared).toBeGreaterThan(0.8 * SEEDS.length);
  });
});
