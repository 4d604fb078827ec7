import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UserError } from './errors.js';
import { discover, inputFiles, type RunFolder } from './ingest/discover.js';
import { type ReadOptions, readRun } from './ingest/read.js';
import { type Recognised, recognise } from './ingest/recognise.js';
import { InputFile } from './ingest/text/input-file.js';
import type { Source } from './model/source.js';

/** One file: how surely it was recognised, and its ledger. */
export interface InspectedFile {
  readonly certainty: Recognised['certainty'];
  readonly source: Source;
}

/** What was found in the files of a run, or in files that were named one by one. */
export interface Inspected {
  /** The run's folder; absent for files that were named. */
  readonly folder?: string;
  readonly files: readonly InspectedFile[];
}

/**
 * Reads folders and files as a build would, and gives back their ledgers. Files that are named one by one are read as one run, for one
 * may tell what another means. @throws UserError for a path that can't be read.
 */
export async function inspect(paths: readonly string[]): Promise<readonly Inspected[]> {
  const named: string[] = [];
  const inspected: Inspected[] = [];
  for (const path of paths) {
    if (await isFile(path)) named.push(path);
    else for (const run of await runsIn(path)) inspected.push({ folder: run.dir, files: await filesOf(run) });
  }
  if (named.length === 0) return inspected;
  const files = named.map((path, index) => new InputFile(resolve(path), path, index));
  return [...inspected, { files: await filesOf({ id: 'files', dir: process.cwd(), files }, { isOneRun: false }) }];
}

async function filesOf(run: RunFolder, options: ReadOptions = {}): Promise<readonly InspectedFile[]> {
  const { readings } = await readRun(run, options);
  // One after another: a folder may hold more files than a process may open.
  const certainties: Recognised['certainty'][] = [];
  for (const file of run.files) certainties.push(await certaintyOf(file));
  return readings.map(({ source }, i) => ({ certainty: certainties[i] ?? 'no', source }));
}

async function certaintyOf(file: InputFile): Promise<Recognised['certainty']> {
  try {
    return recognise(await file.head()).certainty;
  } catch {
    return 'no';
  }
}

/** A folder in which nothing is recognised is shown as it is: that is what the user wants to see. */
async function runsIn(folder: string): Promise<readonly RunFolder[]> {
  try {
    return await discover([folder]);
  } catch (error) {
    if (!(error instanceof UserError) || error.said.id !== 'program.nothingRecognised') throw error;
    const dir = resolve(folder);
    return [{ id: basename(dir), dir, files: await inputFiles(dir) }];
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
