import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';

/** A command whose output is recorded. Written before its output as `$ ss -tanp`. */
export interface Tool {
  readonly program: string;
  readonly args: readonly string[];
}

/** The commands that fit this machine. */
export interface Tools {
  /** All sockets, each time. */
  readonly sockets: readonly Tool[];
  /** Listeners with what waits in front of them; the last of `sockets` that shows them. */
  readonly listeners: Tool;
  /** Process list of the given processes; absent where the system has no command for it. */
  readonly processes?: (pids: readonly number[]) => Tool;
  /** The kernel's counters of overflown listen queues. */
  readonly counters?: Tool;
}

export type SocketCommand = 'ss' | 'netstat';

/** A command that hangs must not hang the recording. */
const TOOL_TIMEOUT_MS = 20_000;

/**
 * Chooses what to run: `ss` where there is one, else `netstat` in the system's own spelling.
 * `undefined`: the machine has neither (or not the wished one).
 */
export async function chooseTools(
  wished: readonly SocketCommand[] | undefined,
  platform: NodeJS.Platform = process.platform,
  has: (program: string) => Promise<boolean> = isInstalled,
): Promise<Tools | undefined> {
  const commands = wished ?? [(await has('ss')) ? 'ss' : 'netstat'];
  for (const command of commands) if (!(await has(command))) return undefined;
  const sockets = commands.flatMap((command) => (command === 'ss' ? SS : netstat(platform)));
  const listeners = sockets.find((tool) => tool.args.includes('-lntp') || tool.args.includes('-Lan')) ?? sockets[0];
  if (!listeners) return undefined;
  const processes = (await has('ps')) ? processList(platform) : undefined;
  const counters = await counterTool(platform, has);
  return { sockets, listeners, ...(processes ? { processes } : {}), ...(counters ? { counters } : {}) };
}

const SS: readonly Tool[] = [
  { program: 'ss', args: ['-tanp'] },
  { program: 'ss', args: ['-lntp'] },
];

function netstat(platform: NodeJS.Platform): readonly Tool[] {
  if (platform === 'win32') return [{ program: 'netstat', args: ['-ano'] }];
  if (platform === 'linux') return [{ program: 'netstat', args: ['-ant'] }];
  return [
    { program: 'netstat', args: ['-anp', 'tcp'] },
    { program: 'netstat', args: ['-Lan'] },
  ];
}

/** `nlwp` is the number of threads; the `ps` of macOS and the BSDs has no such column. */
function processList(platform: NodeJS.Platform): Tools['processes'] {
  if (platform === 'win32') return undefined;
  const columns = platform === 'linux' ? 'pid,ppid,nlwp,stat,etime,args' : 'pid,ppid,stat,etime,args';
  return (pids) => ({ program: 'ps', args: ['-o', columns, '-p', pids.join(',')] });
}

/** `-s` keeps `nstat` from writing its history file: what it shows are totals since the machine was started. */
async function counterTool(
  platform: NodeJS.Platform,
  has: (program: string) => Promise<boolean>,
): Promise<Tool | undefined> {
  if (platform === 'linux' && (await has('nstat'))) {
    return { program: 'nstat', args: ['-asz', 'TcpExtListenOverflows', 'TcpExtListenDrops'] };
  }
  if (!(await has('netstat'))) return undefined;
  return { program: 'netstat', args: platform === 'linux' ? ['-s', '-t'] : ['-s', '-p', 'tcp'] };
}

/** The command's standard output, in English whatever the locale; empty if it failed. */
export async function run(tool: Tool): Promise<string> {
  const result = await execa(tool.program, tool.args, {
    reject: false,
    stdin: 'ignore',
    timeout: TOOL_TIMEOUT_MS,
    maxBuffer: 1_000_000_000,
    stripFinalNewline: false,
    windowsHide: true,
    env: { LC_ALL: 'C', LANG: 'C' },
  });
  return result.stdout ?? '';
}

export function titleOf(tool: Tool): string {
  return `$ ${[tool.program, ...tool.args].join(' ')}`;
}

/** Whether a program can be started by that name: a path, or found in PATH. */
export async function isInstalled(program: string): Promise<boolean> {
  const extensions =
    process.platform === 'win32' ? ['', ...(process.env.PATHEXT ?? '.EXE;.CMD;.BAT').split(';')] : [''];
  const folders = /[/\\]/.test(program)
    ? ['']
    : (process.env.PATH ?? '').split(delimiter).map((folder) => folder || '.');
  for (const folder of folders) {
    for (const extension of extensions) {
      const path = (folder === '' ? program : join(folder, program)) + extension;
      if (await isRunnable(path)) return true;
    }
  }
  return false;
}

async function isRunnable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
