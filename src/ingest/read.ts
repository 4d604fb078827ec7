import type { Message } from '../model/message.js';
import type { Reading } from '../model/reading.js';
import { RequestIds } from '../model/request-ids.js';
import type { RunFile } from '../model/run-file.js';
import type { Problem, Source } from '../model/source.js';
import { say } from '../words/ids.js';
import { elapsedOf, idsOf, sentIn, timesOf, waitsOf } from './client-known.js';
import { MAX_DEPTH, MAX_FILES, type RunFolder } from './discover.js';
import { withoutDuplicates } from './duplicates.js';
import type { RunContext } from './formats/format.js';
import { idKeyOf } from './id-key.js';
import { withKnownPids } from './known-pids.js';
import { type Recognised, recognise } from './recognise.js';
import { compileRequestId } from './request-id-pattern.js';
import { type InputFile, NotAFileError } from './text/input-file.js';

/** What the command line says of a run beside its files. */
export interface ReadOptions {
  /** Port that clients connect to; overrules run.yaml. */
  readonly port?: number;
  /** `false`: files that were named one by one, of which none is left out because another one tells the same. */
  readonly isOneRun?: boolean;
}

/** A run's files, read. */
export interface ReadRun {
  readonly id: string;
  readonly dir: string;
  readonly context: RunContext;
  /** In the order of the files' paths. */
  readonly readings: readonly Reading[];
}

/**
 * Reads all files of a run: run.yaml first, then client samples, then everything else, so that each reader knows what the ones
 * before it found. A file that can't be read is told in its ledger and loses nothing else.
 */
export async function readRun(folder: RunFolder, options: ReadOptions = {}): Promise<ReadRun> {
  const files = await lookAtAll(folder.files);
  const readings: Reading[] = new Array(files.length);
  const ids = new RequestIds();
  let context = contextOf(ids, {}, options, []);
  const readStage = async (stage: (recognised: Recognised) => boolean) => {
    for (const [index, file] of files.entries()) {
      if (stage(file.recognised)) readings[index] = await readOne(file, context);
    }
  };
  let key: string | undefined;
  for (const stage of [isRunFile, isClient, isOther]) {
    await readStage(stage);
    if (stage === isClient) {
      key = await idKeyOf(
        readings,
        files.filter(({ recognised }) => isOther(recognised)).map(({ file }) => file),
      );
      // The client's record is read once more, where only the server's log tells by what its requests are named.
      context = contextOf(ids, statedIn(readings), options, [], key);
      if (key !== undefined) await readStage(isClient);
    }
    context = contextOf(ids, statedIn(readings), options, readings, key);
  }
  const { problems } = compileRequestId(context.runFile.requestId);
  const all = withRunFileProblems(readings, problems);
  const told = options.isOneRun === false ? all : withoutDuplicates(all);
  return {
    id: folder.id,
    dir: folder.dir,
    context,
    readings: withKnownPids(told),
  };
}

/** Files whose beginnings are read at the same time. */
const LOOKED_AT_ONCE = 16;

interface Looked {
  readonly file: InputFile;
  readonly recognised: Recognised;
  /** Why the file could not be opened. */
  readonly unreadable?: Message;
}

const isRunFile = ({ format }: Recognised): boolean => format?.kind === 'run-file';
const isClient = ({ format }: Recognised): boolean => format?.kind === 'client-samples';
const isOther = (recognised: Recognised): boolean => !isRunFile(recognised) && !isClient(recognised);

/** A few at a time: a folder may hold more files than a process may open. */
async function lookAtAll(files: readonly InputFile[]): Promise<readonly Looked[]> {
  const looked: Looked[] = [];
  for (let at = 0; at < files.length; at += LOOKED_AT_ONCE) {
    looked.push(...(await Promise.all(files.slice(at, at + LOOKED_AT_ONCE).map(look))));
  }
  return looked;
}

async function look(file: InputFile): Promise<Looked> {
  try {
    return { file, recognised: recognise(await file.head()) };
  } catch (error) {
    return { file, recognised: { certainty: 'no' }, unreadable: whyUnreadable(file, error) };
  }
}

async function readOne({ file, recognised, unreadable }: Looked, context: RunContext): Promise<Reading> {
  if (unreadable !== undefined) return unrecognised(file, 0, unreadable);
  try {
    if (recognised.format === undefined) return await countOnly(file, recognised);
    const reading = await recognised.format.read(file, context);
    return { ...reading, source: withProblems(reading.source, problemsOf(file, recognised)) };
  } catch (error) {
    return unrecognised(file, file.lines, whyUnreadable(file, error));
  }
}

async function countOnly(file: InputFile, { refusedAs }: Recognised): Promise<Reading> {
  for await (const _ of file.chunks()) {
    // Only the lines and the hash are wanted.
  }
  const unknown = file.lines === 0 ? say('problem.empty', {}) : say('problem.unrecognised', {});
  const message = refusedAs === undefined ? unknown : say('problem.refused', { as: refusedAs });
  return unrecognised(file, file.lines, message);
}

function unrecognised(file: InputFile, lines: number, message: Problem['message']): Reading {
  return {
    source: {
      path: file.path,
      sha256: file.sha256,
      kind: 'unrecognised',
      format: 'unrecognised',
      variant: {},
      lines,
      used: 0,
      ignored: lines,
      skipped: 0,
      records: 0,
      counts: {},
      problems: [{ message }],
      problemCount: 1,
    },
  };
}

/** What was wrong with the bytes, and whether another reader would have taken the file as gladly. */
function problemsOf(file: InputFile, { format, rival }: Recognised): readonly Problem[] {
  const problems: Problem[] = [...file.problems];
  if (format && rival) problems.push({ message: say('problem.tie', { first: format.id, second: rival.id }) });
  return problems;
}

function withProblems(source: Source, more: readonly Problem[]): Source {
  if (more.length === 0) return source;
  return {
    ...source,
    problems: [...more, ...source.problems].slice(0, 20),
    problemCount: source.problemCount + more.length,
  };
}

function withRunFileProblems(readings: readonly Reading[], problems: readonly Problem[]): readonly Reading[] {
  return readings.map((reading) =>
    reading.runFile ? { ...reading, source: withProblems(reading.source, problems) } : reading,
  );
}

/** All that run files say; where two say the same key, the first in path order holds. */
function statedIn(readings: readonly Reading[]): RunFile {
  let stated: RunFile = {};
  for (const reading of readings) stated = { ...reading?.runFile, ...stated };
  return stated;
}

function contextOf(
  ids: RequestIds,
  runFile: RunFile,
  options: ReadOptions,
  readings: readonly (Reading | undefined)[],
  key?: string,
): RunContext {
  const stated = options.port ?? runFile.port;
  const portsFrom = options.port !== undefined ? 'option' : stated !== undefined ? 'run-file' : 'client-samples';
  const ports = new Set<number>(stated === undefined ? [] : [stated]);
  if (stated === undefined) {
    for (const reading of readings) for (const port of reading?.samples?.ports.keys() ?? []) ports.add(port);
  }
  let known: ReadonlySet<number> | undefined;
  let elapsed: ReadonlyMap<number, number> | undefined;
  let times: ReturnType<typeof timesOf> | undefined;
  const samples = readings.some((reading) => reading?.samples !== undefined);
  return {
    runFile,
    ids,
    requestId: compileRequestId(runFile.requestId, {
      inPath: readings.some((reading) => reading?.samples?.idsInPath),
      ...(key === undefined ? {} : { key }),
    }).finder,
    ports,
    ...(ports.size > 0 ? { portsFrom } : {}),
    ...(samples
      ? {
          clientWaits: () => waitsOf(readings),
          clientSent: () => sentIn(readings),
          clientIds: () => {
            known ??= idsOf(readings);
            return known;
          },
          clientElapsed: () => {
            elapsed ??= elapsedOf(readings);
            return elapsed;
          },
          clientTimes: () => {
            times ??= timesOf(readings);
            return times;
          },
        }
      : {}),
  };
}

function whyUnreadable({ path }: InputFile, error: unknown): Message {
  if (error instanceof NotAFileError) {
    if (path === '.') return say('problem.tooManyFiles', { limit: MAX_FILES });
    return say('problem.notAFile', { what: error.what, depth: MAX_DEPTH });
  }
  return say('problem.unreadable', { reason: (error as NodeJS.ErrnoException).code ?? (error as Error).message });
}
