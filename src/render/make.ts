import { UserError } from '../errors.js';
import type { Message } from '../model/message.js';
import type { OutputFile, OutputId, ReportJob } from '../model/report.js';
import { say } from '../words/ids.js';
import { outputs } from './outputs/index.js';
import { runPaths } from './paths.js';

/** The report before it is written. */
export interface MadeReport {
  readonly files: readonly OutputFile[];
  /** Outputs that were asked for and could not be made. */
  readonly missing: readonly OutputId[];
  readonly warnings: readonly Message[];
}

/**
 * Makes what was asked for, and `report.json` in any case. An output that fails takes no other with it.
 * @throws UserError where nothing of what was asked for could be made.
 */
export async function makeOutputs(
  job: ReportJob,
  hooks: { readonly signal?: AbortSignal; onProgress?(message: Message): void },
): Promise<MadeReport> {
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
