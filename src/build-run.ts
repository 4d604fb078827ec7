import { analyseRun } from './analyse/analyse.js';
import { align } from './ingest/align.js';
import type { RunFolder } from './ingest/discover.js';
import { merge } from './ingest/merge.js';
import { quote } from './ingest/quote.js';
import { type ReadOptions, readRun } from './ingest/read.js';
import type { RunAnalysis } from './model/run-analysis.js';

/** Reads and analyses one run, from its files to plain JSON. @throws nothing for bad content; only faults of this program. */
export async function analyseFolder(folder: RunFolder, options: ReadOptions = {}): Promise<RunAnalysis> {
  const run = await readRun(folder, options);
  const clock = align(run.readings, run.context.runFile.timezone);
  const timeline = merge(run, clock, options.port);
  return quote(analyseRun(timeline), folder.dir);
}
