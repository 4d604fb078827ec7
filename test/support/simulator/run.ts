import { analyseFolder } from '../../../src/build-run.js';
import { inputFiles } from '../../../src/ingest/discover.js';
import type { RunAnalysis } from '../../../src/model/run-analysis.js';
import { scenarioOf, type Wanted } from './scenarios.js';
import { type Score, scoreOf } from './score.js';
import type { Setup } from './setup.js';
import { type Truth, truthOf } from './truth.js';
import { simulate, type World } from './world.js';
import { filesOf, withFolder } from './write-run.js';

/** A simulated run, analysed and graded. */
export interface Trial {
  readonly setup: Setup;
  readonly world: World;
  readonly truth: Truth;
  readonly run: RunAnalysis;
  readonly score: Score;
}

/** Draws, simulates, writes, reads, analyses and grades one run. */
export async function trial(seed: number, wanted: Wanted = {}): Promise<Trial> {
  return trialOf(scenarioOf(seed, wanted));
}

export async function trialOf(setup: Setup): Promise<Trial> {
  const world = simulate(setup);
  const truth = truthOf(setup, world);
  const run = await withFolder(filesOf(setup, world), async (dir) =>
    analyseFolder({ id: `seed-${setup.seed}`, dir, files: await inputFiles(dir) }),
  );
  return { setup, world, truth, run, score: scoreOf(setup, world, truth, run) };
}
