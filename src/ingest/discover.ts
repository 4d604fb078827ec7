import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors.js';
import type { Lost } from '../model/comparison.js';
import type { RunAnalysis } from '../model/run-analysis.js';
import type { SourceKind } from '../model/source.js';
import { say } from '../words/ids.js';
import { type Recognised, recognise } from './recognise.js';
import { isRemark } from './remarks.js';
import { readSavedRun } from './saved-run.js';
import { InputFile } from './text/input-file.js';

/** Files that one run may hold; a folder with more is most likely not a run. */
export const MAX_FILES = 20_000;
/** Folders within folders; deeper ones are not looked into. */
export const MAX_DEPTH = 16;

/** Kinds of files that tell what was seen from outside the server now and then. */
const LOOKS: ReadonlySet<SourceKind> = new Set(['socket-snapshots', 'process-snapshots', 'kernel-counters']);

/** A run before it is read: one folder and the files in it, in the order of their paths. */
export interface RunFolder {
  readonly id: string;
  readonly dir: string;
  readonly files: readonly InputFile[];
}

/** A run that an earlier build has analysed and saved. */
export interface SavedRun {
  readonly id: string;
  readonly analysis: RunAnalysis;
}

/** What was named on the command line, as runs. */
export interface Discovered {
  readonly found: readonly (RunFolder | SavedRun)[];
  /** Folders that hold nothing recognised, beside others that do. */
  readonly unrecognised: readonly Lost[];
}

/**
 * Finds the runs in what was named: folders, or analyses saved by an earlier build. A folder none of whose own files is recognised
 * stands for its subfolders, unless they hold no more than looks at the server beside a log of unknown form.
 * @param except the output folder, which may lie within a run: what a build wrote is no recording.
 * @throws UserError for what is missing or can't be read, and where nothing at all is recognised.
 */
export async function discoverInputs(inputs: readonly string[], except?: string): Promise<Discovered> {
  const output = except === undefined ? undefined : await realpath(except).catch(() => resolve(except));
  const runs: (RunFolder | SavedRun)[] = [];
  const barren: string[] = [];
  const taken = new Set<string>();
  for (const input of inputs) {
    if (await isSavedRun(input)) {
      const analysis = await readSavedRun(input);
      const id = uniqueId(analysis.id, taken);
      runs.push({ id, analysis: { ...analysis, id } });
      continue;
    }
    const dirs = await runDirs(input, output);
    if (dirs.length === 0) barren.push(input);
    for (const dir of dirs) {
      runs.push({ id: uniqueId(basename(dir), taken), dir, files: await inputFiles(dir, output) });
    }
  }
  const [folder] = barren;
  if (runs.length === 0 && folder !== undefined) throw new UserError(say('program.nothingRecognised', { folder }));
  // Runs have their names first: whether a folder that is left out stands among them must not rename them.
  const unrecognised = barren.map((input) => {
    const run = uniqueId(basename(resolve(input)), taken);
    return { run, why: say('run.unrecognised', { run }) };
  });
  return { found: runs, unrecognised };
}

/** As `discoverInputs`, for folders alone. */
export async function discover(folders: readonly string[]): Promise<readonly RunFolder[]> {
  return (await discoverInputs(folders)).found.filter((run): run is RunFolder => 'files' in run);
}

async function isSavedRun(input: string): Promise<boolean> {
  if (!/\.json$/i.test(input)) return false;
  return stat(input).then(
    (found) => found.isFile(),
    () => false,
  );
}

/**
 * All files of a run, in the order of their paths (by code unit, the same on every machine). What is no file is listed as well, so that
 * reading it says why nothing came of it: pipes and devices, folders that are too deep, and `.` if there are too many files.
 */
export async function inputFiles(dir: string, except?: string): Promise<readonly InputFile[]> {
  const root = await realpath(dir);
  const paths: string[] = [];
  await walk(root, root, 0, paths, except);
  paths.sort();
  const kept = paths.length > MAX_FILES ? [...paths.slice(0, MAX_FILES - 1), '.'] : paths;
  return kept.map((path, index) => new InputFile(join(root, path), path.split(sep).join('/'), index));
}

/** The runs that a folder stands for; none where nothing in it is recognised. */
async function runDirs(folder: string, except: string | undefined): Promise<readonly string[]> {
  const dir = resolve(folder);
  await mustBeFolder(folder, dir);
  const own = await recognisedIn(dir);
  if (own === 'certain') return [dir];
  const below: { readonly dir: string; readonly kinds: ReadonlySet<SourceKind> }[] = [];
  for (const sub of await subfolders(dir, except))
    below.push({ dir: sub, kinds: await kindsIn(sub, own === 'likely', except) });
  const runs = below.filter(({ kinds }) => kinds.size > 0);
  if (own === 'likely' && areLooks(runs.map(({ kinds }) => kinds))) return [dir];
  return runs.map((run) => run.dir);
}

/** Looks at the server alone, each sort of them in one subfolder: such are no runs, but parts of one. */
function areLooks(folders: readonly ReadonlySet<SourceKind>[]): boolean {
  const all = folders.flatMap((kinds) => [...kinds]);
  return all.every((kind) => LOOKS.has(kind)) && new Set(all).size === all.length;
}

async function mustBeFolder(folder: string, dir: string): Promise<void> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(dir)).isDirectory();
    if (isFolder) await readdir(dir);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new UserError(say('program.folderMissing', { folder }));
    throw new UserError(say('program.folderUnreadable', { folder, reason: code ?? String(error) }));
  }
  if (!isFolder) throw new UserError(say('program.notAFolder', { folder }));
}

/** The surest recognition among the files that lie in the folder itself. */
async function recognisedIn(dir: string): Promise<'certain' | 'likely' | 'no'> {
  let best: 'likely' | 'no' = 'no';
  for (const entry of await entriesOf(dir)) {
    if (!entry.isFile() || isRemark(entry.name)) continue;
    const { certainty: found } = await recogniseQuietly(join(dir, entry.name), entry.name);
    if (found === 'certain') return 'certain';
    if (found === 'likely') best = 'likely';
  }
  return best;
}

/** The kinds of what is recognised below, of `all` that is as long as it is looks; else the first. */
async function kindsIn(dir: string, all: boolean, except: string | undefined): Promise<ReadonlySet<SourceKind>> {
  const kinds = new Set<SourceKind>();
  for (const file of await inputFiles(dir, except)) {
    const kind = isRemark(file.name) ? undefined : (await recogniseQuietly(file.absolute, file.path)).format?.kind;
    if (kind === undefined) continue;
    kinds.add(kind);
    if (!all || !LOOKS.has(kind)) break;
  }
  return kinds;
}

async function recogniseQuietly(absolute: string, path: string): Promise<Recognised> {
  try {
    return recognise(await new InputFile(absolute, path, 0).head());
  } catch {
    return { certainty: 'no' };
  }
}

async function entriesOf(dir: string) {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function subfolders(dir: string, except: string | undefined): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await entriesOf(dir)) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const path = join(dir, entry.name);
    if (except === undefined || (await realpath(path)) !== except) found.push(path);
  }
  return found;
}

/** Adds the paths of regular files below `dir`; links count only if they lead to a file inside the root. */
async function walk(
  root: string,
  dir: string,
  depth: number,
  paths: string[],
  except: string | undefined,
): Promise<void> {
  for (const entry of await entriesOf(dir)) {
    if (paths.length > MAX_FILES) return;
    if (entry.name.startsWith('.')) continue;
    const path = join(dir, entry.name);
    if (path === except) continue;
    if (entry.isDirectory()) {
      if (depth < MAX_DEPTH) await walk(root, path, depth + 1, paths, except);
      else paths.push(relative(root, path));
    } else if (!entry.isSymbolicLink() || (await isFileInside(root, path))) paths.push(relative(root, path));
  }
}

async function isFileInside(root: string, link: string): Promise<boolean> {
  try {
    const target = await realpath(link);
    return target.startsWith(root + sep) && (await stat(target)).isFile();
  } catch {
    return false;
  }
}

function uniqueId(name: string, taken: Set<string>): string {
  let id = name === '' ? 'run' : name;
  for (let n = 2; taken.has(id); n++) id = `${name}-${n}`;
  taken.add(id);
  return id;
}
