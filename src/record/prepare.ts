import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { UserError } from '../errors.js';
import type { Message } from '../model/message.js';
import { say } from '../words/ids.js';
import type { RecordOptions } from './options.js';
import { viewPort } from './sockets.js';
import { splitCommand } from './split-command.js';
import { chooseTools, isInstalled, run, type Tools } from './tools.js';

/** A recording that can begin: everything that a user can get wrong has been looked at. */
export interface Plan {
  readonly tools: Tools;
  /** The load's words, `{jtl}` and so on not yet filled in. */
  readonly load: readonly string[] | undefined;
  readonly folder: RunFolder;
  readonly warnings: readonly Message[];
}

/** The folder that is recorded into. */
export interface RunFolder {
  readonly path: string;
  /** The topmost folder that had to be made for it, if any. */
  readonly made: string | undefined;
}

/** @throws UserError for anything that would make the recording useless or overwrite another. */
export async function prepare(options: RecordOptions): Promise<Plan> {
  const { port, command } = options;
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UserError(say('record.portInvalid', { port: String(port) }), 2);
  const load = options.load === undefined ? undefined : splitCommand(options.load);
  for (const program of [command[0], load?.[0]]) {
    if (program !== undefined && !(await isInstalled(program)))
      throw new UserError(say('record.programMissing', { program }));
  }
  const tools = await chooseTools(options.sockets);
  if (!tools) throw new UserError(say('record.noSocketCommand', { wished: (options.sockets ?? []).join(', ') }));
  const warnings: Message[] = [];
  const netstatOnly = tools.sockets.every((tool) => tool.program === 'netstat');
  if (!options.sockets && process.platform === 'linux' && netstatOnly) warnings.push(say('record.noSs', {}));
  if (!tools.processes && process.platform !== 'win32') warnings.push(say('record.noPs', {}));
  const view = viewPort(await run(tools.listeners), port);
  if (command.length > 0 && view.listening) {
    throw new UserError(say('record.portTaken', { port, program: view.program, pid: view.pids[0] }));
  }
  if (command.length === 0 && !view.listening) warnings.push(say('record.nobodyListens', { port }));
  return { tools, load, folder: await claimFolder(options.folder), warnings };
}

/** Makes the folder, or takes an empty one. A folder with anything in it is somebody's recording. */
export async function claimFolder(path: string): Promise<RunFolder> {
  let made: string | undefined;
  try {
    made = await mkdir(path, { recursive: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    if (code === 'EEXIST' || code === 'ENOTDIR') throw new UserError(say('record.notAFolder', { folder: path }));
    throw new UserError(say('record.folderUnwritable', { folder: path, reason: code }));
  }
  if (made === undefined && (await readdir(path)).length > 0)
    throw new UserError(say('record.folderExists', { folder: path }));
  return { path, made };
}

/** Takes back what a recording that never began has left, so that the same command can be tried again. */
export async function discard(folder: RunFolder, files: readonly string[]): Promise<void> {
  for (const file of files) await rm(file, { force: true });
  if (folder.made !== undefined) await rmdir(folder.path).catch(() => undefined);
}
