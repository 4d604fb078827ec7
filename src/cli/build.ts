import { type BuildOptions, type BuildResult, build } from '../build.js';
import { isRemark } from '../ingest/remarks.js';
import type { Message } from '../model/message.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import type { Source } from '../model/source.js';
import { english } from '../words/en.js';
import { say } from '../words/ids.js';
import { type Io, oneLine } from './io.js';
import { Progress } from './progress.js';

export interface BuildCommandOptions extends BuildOptions {
  readonly strict: boolean;
  readonly quiet: boolean;
}

/** Problems of one file that are told one by one; the rest are counted. */
const TOLD_PER_FILE = 3;

/** `report build`. @returns the exit status. @throws UserError where no report could be written. */
export async function runBuild(folders: readonly string[], options: BuildCommandOptions, io: Io): Promise<number> {
  const progress = new Progress(io, options.quiet);
  let result: BuildResult;
  try {
    result = await build(folders, options, {
      signal: io.catchInterrupt(),
      onProgress: (said) => progress.show(said),
      ...(io.analyse ? { analyse: io.analyse } : {}),
    });
  } finally {
    progress.end();
  }
  const tell = (message: Message) => io.err(`${oneLine(english(message))}\n`);
  if (!options.quiet) {
    for (const message of warningsOf(result)) tell(say('program.warning', { text: english(message) }));
  }
  for (const path of result.paths) io.out(`${io.outIsTerminal ? oneLine(path) : path}\n`);
  const broken = options.strict ? strictly(result) : [];
  for (const message of broken) tell(say('program.error', { text: english(message) }));
  return broken.length > 0 ? 1 : 0;
}

function warningsOf({ analysed, warnings }: BuildResult): readonly Message[] {
  return [...analysed.runs.flatMap((run) => run.sources.flatMap((source) => problemsOf(run, source))), ...warnings];
}

/** Each problem with its file and line. */
function problemsOf({ id }: RunAnalysis, { path, kind, problems, problemCount }: Source): readonly Message[] {
  if (kind === 'unrecognised' && isRemark(path)) return [];
  const file = `${id}/${path}`;
  const told = problems.slice(0, TOLD_PER_FILE);
  const rest = problemCount - told.length;
  return [
    ...told.map(({ line, message, text }) =>
      say('program.problem', { file, line, message: english(message), text: text ?? '' }),
    ),
    ...(rest > 0 ? [say('program.moreProblems', { n: rest, path: file })] : []),
  ];
}

/** What `--strict` does not forgive. */
function strictly({ analysed, lost, missing }: BuildResult): readonly Message[] {
  const sources = analysed.runs.flatMap((run) => run.sources);
  const lines = sources.reduce((sum, { skipped }) => sum + skipped, 0);
  const files = sources.filter(({ kind, path }) => kind === 'unrecognised' && !isRemark(path)).length;
  return [
    ...(lines > 0 ? [say('strict.skipped', { lines })] : []),
    ...(files > 0 ? [say('strict.unrecognised', { files })] : []),
    ...lost.map(({ run }) => say('strict.lost', { run })),
    ...missing.map((output) => say('strict.missing', { output })),
  ];
}
