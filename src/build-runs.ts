import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { type RunTask, taskOf } from './build-run.js';
import { UserError } from './errors.js';
import type { RunFolder, SavedRun } from './ingest/discover.js';
import type { ReadOptions } from './ingest/read.js';
import type { Lost } from './model/comparison.js';
import type { Message } from './model/message.js';
import type { RunAnalysis } from './model/run-analysis.js';
import { type Outcome, runTasks } from './pool.js';
import { say } from './words/ids.js';

/** How runs are analysed, and how that is given up. */
export interface AnalyseHooks {
  readonly signal?: AbortSignal;
  onProgress?(message: Message): void;
  /** In the place of the pool of worker threads. */
  readonly analyse?: (tasks: readonly RunTask[]) => Promise<readonly Outcome<RunAnalysis>[]>;
}

/** The least that a run may take, and how much longer it may by its size: a tenth of the usual speed. */
const TIME_LIMIT_MS = 120_000;
const BYTES_PER_MS = 2_000;

/**
 * Analyses runs, each in a worker of its own with a limit of time; one that is lost takes no other with it.
 * @throws UserError where none is left.
 */
export async function analyseAll(
  found: readonly (RunFolder | SavedRun)[],
  options: ReadOptions,
  hooks: AnalyseHooks,
): Promise<{ runs: readonly RunAnalysis[]; lost: readonly Lost[] }> {
  const folders = found.filter((run): run is RunFolder => 'files' in run);
  const tasks = folders.map((folder) => taskOf(folder, options.port === undefined ? {} : { port: options.port }));
  const limits = await Promise.all(folders.map(timeLimitOf));
  const outcomes = await (hooks.analyse ?? pooled(limits, hooks))(tasks);
  const read = new Map(outcomes.flatMap((outcome, i) => ('value' in outcome ? [[tasks[i]!.id, outcome.value]] : [])));
  const runs = found.flatMap((run) => ('analysis' in run ? run.analysis : (read.get(run.id) ?? [])));
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
  (limits: readonly number[], { signal, onProgress }: AnalyseHooks) =>
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
