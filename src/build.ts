import { join } from 'node:path';
import { compareRuns } from './analyse/compare.js';
import { type AnalyseHooks, analyseAll } from './build-runs.js';
import { discoverInputs } from './ingest/discover.js';
import type { ReadOptions } from './ingest/read.js';
import type { Analysed, Lost } from './model/comparison.js';
import type { Message } from './model/message.js';
import type { OutputId, ReportOptions } from './model/report.js';
import { makeOutputs } from './render/make.js';
import { redact } from './render/redact.js';
import { checkFolder, writeReport } from './render/write.js';
import { generator } from './version.js';

/** What the command line says of a build. */
export interface BuildOptions extends ReportOptions, ReadOptions {
  /** The output folder. */
  readonly output: string;
}

/** How a build tells what it does, and how it is given up. */
export type BuildHooks = AnalyseHooks;

export interface BuildResult {
  /** Paths written. */
  readonly paths: readonly string[];
  readonly analysed: Analysed;
  /** Runs that were left out, and why. */
  readonly lost: readonly Lost[];
  /** Outputs that were asked for and could not be made. */
  readonly missing: readonly OutputId[];
  readonly warnings: readonly Message[];
}

/**
 * The whole program: recordings in, report out.
 * @throws UserError where there is nothing to report on, or no way to write it.
 */
export async function build(
  inputs: readonly string[],
  options: BuildOptions,
  hooks: BuildHooks = {},
): Promise<BuildResult> {
  await checkFolder(options.output);
  const { found, unrecognised } = await discoverInputs(inputs, options.output);
  const { runs, lost: unread } = await analyseAll(found, options, hooks);
  const lost = [...unrecognised, ...unread];
  const title = options.title === undefined ? {} : { title: options.title };
  const why = lost.length > 0 ? { lost: lost.map(({ why }) => why) } : {};
  const whole: Analysed = { ...title, runs, comparison: compareRuns(runs), ...why };
  const analysed = options.redact ? redact(whole) : whole;
  const shown = analysed.title === undefined ? options : { ...options, title: analysed.title };
  const { files, missing, warnings } = await makeOutputs({ analysed, options: shown, generator }, hooks);
  const written = await writeReport(files, {
    folder: options.output,
    generator: generator.name,
    manifest: options.formats.some((id) => id !== 'json'),
    ...(hooks.signal ? { signal: hooks.signal } : {}),
  });
  const paths = written.map((path) => join(options.output, path));
  return { paths, analysed: whole, lost, missing, warnings: [...lost.map(({ why }) => why), ...warnings] };
}
