import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UserError } from './errors.js';
import { discover, inputFiles, type RunFolder } from './ingest/discover.js';
import { readRun } from './ingest/read.js';
import { InputFile } from './ingest/text/input-file.js';
import type { Source } from './model/source.js';
import { SCHEMA_VERSION, sourceOf } from './render/outputs/json.js';

/** What was found in the files of a run, or in files that were named one by one. */
export interface Inspected {
  /** The folder as it was found; absent for files that were named. */
  readonly folder?: string;
  readonly sources: readonly Source[];
}

/** Reads folders and files as a build would, and gives back their ledgers. @throws UserError for a path that can't be read. */
export async function inspect(paths: readonly string[]): Promise<{ text(): string; json(): string }> {
  const files: string[] = [];
  const groups: Inspected[] = [];
  for (const path of paths) {
    if (await isFile(path)) files.push(path);
    else for (const run of await runsIn(path)) groups.push({ folder: run.dir, sources: await ledgers(run) });
  }
  if (files.length > 0) {
    const inputs = files.map((path, index) => new InputFile(resolve(path), path, index));
    groups.push({ sources: await ledgers({ id: 'files', dir: process.cwd(), files: inputs }) });
  }
  const sources = groups.flatMap((group) => group.sources);
  return {
    text: () => sources.map(({ path, kind, format }) => `${path}: ${kind} (${format})\n`).join(''),
    json: () => `${JSON.stringify({ schemaVersion: SCHEMA_VERSION, files: sources.map(sourceOf) }, null, 2)}\n`,
  };
}

async function ledgers(run: RunFolder): Promise<readonly Source[]> {
  const { readings } = await readRun(run);
  return readings.map(({ source }) => source);
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
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
