import {
  access,
  constants,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors.js';
import type { OutputFile } from '../model/report.js';
import { say } from '../words/ids.js';
import { isInside, MANIFEST, manifestText, readManifest } from './manifest.js';

export interface WriteOptions {
  /** The output folder, as the user named it. */
  readonly folder: string;
  /** Name of the program, by which it knows its own files. */
  readonly generator: string;
  /** `report.json` alone is written without a manifest. */
  readonly manifest: boolean;
  /** Until the new files are complete the build can be given up; the moment of renaming is not interrupted. */
  readonly signal?: AbortSignal;
}

/**
 * Puts the report into its folder: all files are written beside first and then renamed, so that a build that fails leaves the old
 * report as it was. Of what was there, only what the old manifest lists is replaced or removed.
 * @returns the paths written, relative to the folder.
 * @throws UserError where the folder can't be written, or a file of somebody else's is in the way.
 */
export async function writeReport(files: readonly OutputFile[], options: WriteOptions): Promise<readonly string[]> {
  const { folder, generator } = options;
  const made = await makeFolder(folder);
  try {
    const root = await realpath(folder);
    const old = await readManifest(root, generator);
    await mayWrite(root, files, old, options);
    const stage = await mkdtemp(join(root, '.staging-'));
    try {
      await stageFiles(stage, files, options);
      options.signal?.throwIfAborted();
      await new Exchange(root, stage).run(files, old ?? new Set(), options);
    } finally {
      await rm(stage, { recursive: true, force: true });
    }
  } catch (error) {
    await removeEmpty(resolve(folder), made);
    throw mendable(error, folder);
  }
  return [...files.map(({ path }) => path), ...(options.manifest ? [MANIFEST] : [])];
}

/** Says what would stop the writing before anything has been read. @throws UserError */
export async function checkFolder(folder: string): Promise<void> {
  for (let path = resolve(folder); ; path = dirname(path)) {
    try {
      if (!(await stat(path)).isDirectory()) throw new UserError(say('output.isAFile', { path: folder }));
      await access(path, constants.W_OK | constants.X_OK);
      return;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || path === dirname(path)) throw mendable(error, folder);
    }
  }
}

/** @returns the topmost folder that had to be made. */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(resolve(folder), { recursive: true });
  } catch (error) {
    throw mendable(error, folder);
  }
}

async function removeEmpty(folder: string, topmost: string | undefined): Promise<void> {
  if (topmost === undefined) return;
  for (let path = folder; path.startsWith(topmost); path = dirname(path)) {
    if (!(await removed(path))) return;
  }
}

const removed = (folder: string): Promise<boolean> =>
  rmdir(folder).then(
    () => true,
    () => false,
  );

/** Whatever is in a new file's place must be the program's own, and be reached without a link. */
async function mayWrite(
  root: string,
  files: readonly OutputFile[],
  old: ReadonlySet<string> | undefined,
  { folder, generator, manifest }: WriteOptions,
): Promise<void> {
  for (const { path } of files) {
    if (!isInside(path)) throw new Error(`an output may not write to ${path}`);
    if (!(await hasPlainParents(root, path))) {
      throw new UserError(say('output.link', { path: join(folder, dirname(path)) }));
    }
    const there = await kindOf(join(root, path));
    if (there === 'none' || (there === 'file' && old?.has(path))) continue;
    if (there === 'file' && (await isOwnReport(join(root, path), generator))) continue;
    throw new UserError(say('output.foreign', { path: join(folder, path), manifest: MANIFEST }));
  }
  if (manifest && old === undefined && (await kindOf(join(root, MANIFEST))) !== 'none') {
    throw new UserError(say('output.foreign', { path: join(folder, MANIFEST), manifest: 'it' }));
  }
}

/** `report.json` alone has no manifest beside it; it says itself who wrote it. */
async function isOwnReport(path: string, generator: string): Promise<boolean> {
  if (!path.endsWith('report.json')) return false;
  try {
    return JSON.parse(await readFile(path, 'utf8')).generator.name === generator;
  } catch {
    return false;
  }
}

async function stageFiles(stage: string, files: readonly OutputFile[], options: WriteOptions): Promise<void> {
  for (const { path, content } of files) {
    options.signal?.throwIfAborted();
    await mkdir(dirname(join(stage, 'new', path)), { recursive: true });
    await writeFile(join(stage, 'new', path), content, { flag: 'wx' });
  }
}

/** Takes the old report out and puts the new one in; where that fails half-way, the old one is put back. */
class Exchange {
  private readonly undo: (() => Promise<void>)[] = [];

  constructor(
    private readonly root: string,
    private readonly stage: string,
  ) {}

  async run(files: readonly OutputFile[], old: ReadonlySet<string>, options: WriteOptions): Promise<void> {
    const paths = files.map(({ path }) => path);
    const leftover = [...old].filter((path) => !paths.includes(path));
    try {
      if (options.manifest || old.size > 0) await this.manifest([...old, ...paths], options.generator);
      for (const path of paths) {
        await this.takeOut(path);
        await this.putIn(path);
      }
      for (const path of leftover) await this.takeOut(path);
      if (options.manifest) await this.manifest(paths, options.generator);
      else await this.takeOut(MANIFEST);
    } catch (error) {
      for (const step of this.undo.reverse()) await step().catch(() => {});
      throw error;
    }
    for (const path of leftover) await this.removeEmptyFolders(dirname(path));
  }

  /** While files are exchanged the manifest lists both the old and the new ones: whatever happens, nothing is left unlisted. */
  private async manifest(paths: readonly string[], generator: string): Promise<void> {
    await this.takeOut(MANIFEST);
    await mkdir(join(this.stage, 'new'), { recursive: true });
    await writeFile(join(this.stage, 'new', MANIFEST), manifestText(generator, new Set(paths)));
    await this.putIn(MANIFEST);
  }

  private async takeOut(path: string): Promise<void> {
    const from = join(this.root, path);
    if ((await kindOf(from)) !== 'file' || !(await hasPlainParents(this.root, path))) return;
    const to = join(this.stage, 'old', `${this.undo.length}`);
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
    this.undo.push(() => rename(to, from));
  }

  private async putIn(path: string): Promise<void> {
    const to = join(this.root, path);
    const made = await mkdir(dirname(to), { recursive: true });
    this.undo.push(() => removeEmpty(dirname(to), made));
    await rename(join(this.stage, 'new', path), to);
    this.undo.push(() => rm(to));
  }

  private async removeEmptyFolders(folder: string): Promise<void> {
    for (let path = folder; path !== '.'; path = dirname(path)) {
      if (!(await hasPlainParents(this.root, join(path, '-'))) || !(await removed(join(this.root, path)))) return;
    }
  }
}

/** A link counts as a file where it may be replaced itself; nothing is ever written to what it leads to. */
async function kindOf(path: string): Promise<'none' | 'file' | 'other'> {
  try {
    const found = await lstat(path);
    return found.isFile() || found.isSymbolicLink() ? 'file' : 'other';
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return 'none';
    throw error;
  }
}

/** Whether all folders on the way to a path, below the root, are folders and no links. */
async function hasPlainParents(root: string, path: string): Promise<boolean> {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      if (!(await lstat(join(root, folder))).isDirectory()) return false;
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  return true;
}

function mendable(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (error instanceof UserError || code === undefined) return error;
  if (code === 'ENOTDIR' || code === 'EEXIST') return new UserError(say('output.isAFile', { path: folder }));
  const { path } = error as NodeJS.ErrnoException;
  return new UserError(say('output.unwritable', { path: path ?? folder, reason: code }));
}

/** The code of a system error. */
function codeOf(error: unknown): string | undefined {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? undefined : code;
}
