import { join } from 'node:path';
import { analyseRun } from './analyse/analyse.js';
import { align } from './ingest/align.js';
import type { RunFolder } from './ingest/discover.js';
import { merge } from './ingest/merge.js';
import { quote } from './ingest/quote.js';
import { type ReadOptions, readRun } from './ingest/read.js';
import { InputFile } from './ingest/text/input-file.js';
import type { RunAnalysis } from './model/run-analysis.js';

/** Reads and analyses one run, from its files to plain JSON. @throws nothing for bad content; only faults of this program. */
export async function analyseFolder(folder: RunFolder, options: ReadOptions = {}): Promise<RunAnalysis> {
  const run = await readRun(folder, options);
  const alignment = align(run.readings, run.context.runFile.timezone);
  const timeline = merge(run, alignment, options.port);
  return quote(analyseRun(timeline), folder.dir);
}

/** A run on its way to a worker thread: plain data. */
export interface RunTask {
  readonly id: string;
  readonly dir: string;
  /** Relative to `dir`, in the order of the run's sources. */
  readonly paths: readonly string[];
  readonly options: ReadOptions;
}

export function taskOf({ id, dir, files }: RunFolder, options: ReadOptions): RunTask {
  return { id, dir, paths: files.map(({ path }) => path), options };
}

export function runTask({ id, dir, paths, options }: RunTask): Promise<RunAnalysis> {
  const files = paths.map((path, index) => new InputFile(join(dir, path), path, index));
  return analyseFolder({ id, dir, files }, options);
}
