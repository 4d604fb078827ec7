import { open, readFile, stat } from 'node:fs/promises';
import { execa } from 'execa';
import { ProcessTree } from './processes.js';

/** How a process ended. */
export interface ServerEnd {
  readonly exitCode?: number;
  readonly signal?: string;
  readonly at: Date;
  /** It could not be started at all; why. */
  readonly failed?: string;
}

/** The server that the recorder started. */
export interface Server {
  readonly tree: ProcessTree;
  readonly pid: number;
  readonly log: string;
  /** Settles when the first process of the tree ends. */
  readonly ended: Promise<ServerEnd>;
  /** Set once it has ended. */
  end: ServerEnd | undefined;
  /** Stops the whole tree, and tells what that took. */
  stop(): ReturnType<ProcessTree['stop']>;
}

/** Lines of the log that an error message shows. */
const TAIL_LINES = 8;
/** Bytes read for them. */
const TAIL_BYTES = 8_192;

/**
 * Starts the server with standard output and standard error going straight into one file, so that not a byte of it passes through
 * the recorder. It leads a group of its own: a Ctrl-C is for the recorder, which then stops the server in order.
 */
export async function startServer(command: readonly string[], log: string): Promise<Server | ServerEnd> {
  const [program = '', ...args] = command;
  const file = await open(log, 'ax');
  // execa's types know descriptors up to 9 only; any is handed to the system as it is.
  const fd = file.fd as 3;
  const child = execa(program, args, {
    reject: false,
    stdio: ['ignore', fd, fd],
    detached: process.platform !== 'win32',
    cleanup: false,
    windowsHide: true,
  });
  const ended = child.then(
    (result): ServerEnd => ({
      at: new Date(),
      ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
      ...(result.signal === undefined ? {} : { signal: result.signal }),
      ...(child.pid === undefined ? { failed: result.code ?? result.shortMessage } : {}),
    }),
  );
  if (child.pid === undefined) {
    await file.close();
    return ended;
  }
  const tree = new ProcessTree(child.pid);
  const killNow = () => tree.killNow();
  process.once('exit', killNow);
  const server: Server = {
    tree,
    pid: child.pid,
    log,
    ended,
    end: undefined,
    stop: async () => {
      const outcome = await tree.stop();
      process.removeListener('exit', killNow);
      return outcome;
    },
  };
  void ended.then((end) => {
    server.end = end;
  });
  await tree.alive();
  await file.close();
  return server;
}

/** The last lines of the log, for a message. */
export async function tailOf(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  return text.slice(-TAIL_BYTES).trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

export async function isEmpty(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.size === 0,
    () => true,
  );
}
