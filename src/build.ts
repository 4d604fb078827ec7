import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { compareRuns } from './analyse/compare.js';
import { type RunTask, taskOf } from './build-run.js';
import { UserError } from './errors.js';
import { discover, type RunFolder } from './ingest/discover.js';
import type { ReadOptions } from './ingest/read.js';
import type { Analysed } from './model/comparison.js';
import type { Message } from './model/message.js';
import type { OutputFile, OutputId, ReportJob, ReportOptions } from './model/report.js';
import type { RunAnalysis } from './model/run-analysis.js';
import { type Outcome, runTasks } from './pool.js';
import { outputs } from './render/outputs/index.js';
import { runPaths } from './render/paths.js';
import { checkFolder, writeReport } from './render/write.js';
import { generator } from './version.js';
import { say } from './words/ids.js';

/** What the command line says of a build. */
export interface BuildOptions extends ReportOptions, ReadOptions {
  /** The output folder. */
  readonly output: string;
}

/** How a build tells what it does, and how it is given up. */
export interface BuildHooks {
  readonly signal?: AbortSignal;
  onProgress?(message: Message): void;
  /** Analyses runs; a pool of worker threads where left out. */
  readonly analyse?: (tasks: readonly RunTask[]) => Promise<readonly Outcome<RunAnalysis>[]>;
}

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

export interface Lost {
  readonly run: string;
  readonly why: Message;
}

/**
 * The whole program: recordings in, report out.
 * @throws UserError where there is nothing to report on, or no way to write it.
 */
export async function build(
  folders: readonly string[],
  options: BuildOptions,
  hooks: BuildHooks = {},
): Promise<BuildResult> {
  await checkFolder(options.output);
  const found = await discover(folders);
  const { runs, lost } = await analyseAll(found, options, hooks);
  const analysed: Analysed = {
    ...(options.title === undefined ? {} : { title: options.title }),
    runs,
    comparison: compareRuns(runs),
  };
  const made = await makeOutputs({ analysed, options, generator }, hooks);
  const written = await writeReport(made.files, {
    folder: options.output,
    generator: generator.name,
    manifest: options.formats.some((id) => id !== 'json'),
    ...(hooks.signal ? { signal: hooks.signal } : {}),
  });
  const paths = written.map((path) => join(options.output, path));
  return { paths, analysed, lost, missing: made.missing, warnings: [...lost.map(({ why }) => why), ...made.warnings] };
}

/** The least that a run may take, and how much longer it may by its size: a tenth of the usual speed. */
const TIME_LIMIT_MS = 120_000;
const BYTES_PER_MS = 2_000;

async function analyseAll(
  folders: readonly RunFolder[],
  options: BuildOptions,
  hooks: BuildHooks,
): Promise<{ runs: readonly RunAnalysis[]; lost: readonly Lost[] }> {
  const tasks = folders.map((folder) => taskOf(folder, options.port === undefined ? {} : { port: options.port }));
  const limits = await Promise.all(folders.map(timeLimitOf));
  const outcomes = await (hooks.analyse ?? pooled(limits, hooks))(tasks);
  const runs = outcomes.flatMap((outcome) => ('value' in outcome ? [outcome.value] : []));
  const lost = outcomes.flatMap((outcome, i) =>
    'value' in outcome ? [] : [{ run: tasks[i]!.id, why: whyLost(tasks[i]!.id, outcome, limits[i]!) }],
  );
  if (runs.length === 0) throw new UserError(lost[0]?.why ?? say('run.allLost', {}));
  return { runs, lost };
}

async function timeLimitOf({ files }: RunFolder): Promise<number> {
  const sizes = await Promise.all(
    files.map(({ absolute }) =>
      stat(absolute).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return TIME_LIMIT_MS + sizes.reduce((a, b) => a + b, 0) / BYTES_PER_MS;
}

const pooled =
  (limits: readonly number[], { signal, onProgress }: BuildHooks) =>
  (tasks: readonly RunTask[]): Promise<readonly Outcome<RunAnalysis>[]> => {
    let done = 0;
    onProgress?.(say('progress.reading', { done, of: tasks.length }));
    return runTasks(
      tasks.map((input, i) => ({ input, timeLimitMs: limits[i]! })),
      {
        entry: new URL('./build-worker.js', import.meta.url),
        size: availableParallelism(),
        ...(signal ? { signal } : {}),
        onDone: () => onProgress?.(say('progress.reading', { done: ++done, of: tasks.length })),
      },
    );
  };

function whyLost(run: string, outcome: Exclude<Outcome<never>, { value: never }>, ms: number): Message {
  if (outcome.lost === 'time') return say('run.lostToTime', { run, ms });
  if (outcome.lost === 'memory') return say('run.lostToMemory', { run });
  return say('run.lostToFault', { run, reason: outcome.reason });
}

interface MadeReport {
  readonly files: readonly OutputFile[];
  readonly missing: readonly OutputId[];
  readonly warnings: readonly Message[];
}

/** Makes what was asked for, and `report.json` in any case. An output that fails takes no other with it. */
async function makeOutputs(job: ReportJob, hooks: BuildHooks): Promise<MadeReport> {
  const { formats } = job.options;
  const files: OutputFile[] = [];
  const missing: OutputId[] = [];
  const warnings: Message[] = [];
  for (const { id, load } of outputs) {
    if (id !== 'json' && !formats.includes(id)) continue;
    hooks.signal?.throwIfAborted();
    hooks.onProgress?.(say('progress.making', { output: id }));
    try {
      const made = await (await load()).make(job);
      files.push(...made.files);
      warnings.push(...made.warnings);
    } catch (error) {
      missing.push(id);
      warnings.push(whyMissing(id, error));
    }
  }
  const known = outputs.map(({ id }) => id);
  missing.push(...formats.filter((id) => !known.includes(id)));
  if (formats.every((id) => missing.includes(id))) {
    throw new UserError(warnings[0] ?? say('output.noneMade', { formats: formats.join(', ') }));
  }
  return { files: [...files, ...savedRuns(job, missing)], missing, warnings };
}

function whyMissing(output: OutputId, error: unknown): Message {
  if (error instanceof UserError) return error.said;
  return say('output.failed', { output, reason: error instanceof Error ? error.message : String(error) });
}

/** Each run's analysis is saved with its page: a later build takes it in the place of the folder. */
function savedRuns({ analysed, options }: ReportJob, missing: readonly OutputId[]): readonly OutputFile[] {
  if (!options.formats.includes('html') || missing.includes('html') || options.singleFile) return [];
  const paths = runPaths(analysed.runs.map(({ id }) => id));
  return analysed.runs.map((run, i) => ({ path: `runs/${paths[i]}/run.json`, content: `${JSON.stringify(run)}\n` }));
}
