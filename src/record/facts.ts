import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, release, type } from 'node:os';
import { basename } from 'node:path';
import { execa } from 'execa';
import { pause } from './time.js';
import { run } from './tools.js';

/** What the machine and the server's process were set to. What a system does not tell is left out. */
export interface Facts {
  readonly nofile?: number | 'unlimited';
  readonly nproc?: number | 'unlimited';
  readonly somaxconn?: number;
  readonly tcpAbortOnOverflow?: number;
  readonly os: string;
  readonly system?: string;
  readonly cpus: number;
  /** Descriptors that the server had open when it began to listen. */
  readonly descriptorsAtStart?: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** A program that says its version at once, or is left alone. */
const VERSION_TIMEOUT_MS = 5_000;
/** Two counts this far apart that agree are taken for rest; a server under load has none, so there is an end to looking. */
const DESCRIPTOR_REST_MS = 200;
const DESCRIPTOR_LOOKS = 10;
/** Programs that are known to do nothing but print a line when asked for `--version`. */
const TELLS_VERSION =
  /^(python[\d.]*|pypy[\d.]*|node|deno|bun|ruby|php[\d.]*|perl|java|dotnet|uwsgi(-core)?|gunicorn|uvicorn|hypercorn|granian)$/;

/**
 * @param pid the process that listens, or else the one that was started; its limits may differ from the recorder's.
 * @param server the server's words; none where a server that runs already is recorded.
 * @param load the load's words. Of both, the programs that are known are asked for their version.
 */
export async function collectFacts(
  pid: number | undefined,
  server: readonly string[],
  load: readonly string[],
): Promise<Facts> {
  const limits = (pid === undefined ? undefined : await limitsOfProcess(pid)) ?? (await inheritedLimits(server));
  const somaxconn = await kernelNumber('/proc/sys/net/core/somaxconn', 'kern.ipc.somaxconn');
  const tcpAbortOnOverflow = await kernelNumber('/proc/sys/net/ipv4/tcp_abort_on_overflow');
  const descriptorsAtStart = pid === undefined ? undefined : await openDescriptors(pid);
  const system = await systemName();
  return {
    ...limits,
    ...(somaxconn === undefined ? {} : { somaxconn }),
    ...(tcpAbortOnOverflow === undefined ? {} : { tcpAbortOnOverflow }),
    os: `${type()} ${/^[\d.]*\d/.exec(release())?.[0] ?? release()}`,
    ...(system === undefined ? {} : { system }),
    cpus: availableParallelism(),
    ...(descriptorsAtStart === undefined ? {} : { descriptorsAtStart }),
    versions: await versionsOf([server, load]),
  };
}

type Limits = Pick<Facts, 'nofile' | 'nproc'>;

/** `Max open files            256                  524288               files     `: the soft limit is in force. */
export function parseProcLimits(text: string): Limits {
  const limit = (name: string) => asLimit(new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(text)?.[1]);
  const nofile = limit('Max open files');
  const nproc = limit('Max processes');
  return { ...(nofile === undefined ? {} : { nofile }), ...(nproc === undefined ? {} : { nproc }) };
}

async function limitsOfProcess(pid: number): Promise<Limits | undefined> {
  const text = await readFile(`/proc/${pid}/limits`, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseProcLimits(text);
}

/** A command that sets limits before it starts the server. */
const SETS_LIMITS = /\b(ulimit|prlimit|softlimit|chpst)\b/;

/**
 * Where there is no /proc: the limits that the server has inherited from the recorder. A server that somebody else started may have
 * others, and so may one whose command sets them: then nothing is said, for a limit that was not in force explains too much.
 */
async function inheritedLimits(server: readonly string[]): Promise<Limits> {
  if (process.platform === 'win32' || server.length === 0 || server.some((word) => SETS_LIMITS.test(word))) return {};
  const [nofile, nproc] = (await run({ program: 'sh', args: ['-c', 'ulimit -n; ulimit -u'] })).split('\n').map(asLimit);
  return { ...(nofile === undefined ? {} : { nofile }), ...(nproc === undefined ? {} : { nproc }) };
}

function asLimit(text: string | undefined): number | 'unlimited' | undefined {
  if (text === 'unlimited') return text;
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

async function kernelNumber(path: string, sysctl?: string): Promise<number | undefined> {
  let text = await readFile(path, 'utf8').catch(() => '');
  if (text === '' && sysctl !== undefined && process.platform === 'darwin') {
    text = await run({ program: 'sysctl', args: ['-n', sysctl] });
  }
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

/** A server that has just begun to listen may still be reading its own files: the count is taken when it has come to rest. */
async function openDescriptors(pid: number): Promise<number | undefined> {
  let count = await countDescriptors(pid);
  for (let look = 0; look < DESCRIPTOR_LOOKS; look++) {
    await pause(DESCRIPTOR_REST_MS);
    const again = await countDescriptors(pid);
    if (again === count) break;
    count = again;
  }
  return count;
}

async function countDescriptors(pid: number): Promise<number | undefined> {
  const listed = await readdir(`/proc/${pid}/fd`).catch(() => undefined);
  if (listed) return listed.length;
  if (process.platform !== 'darwin') return undefined;
  const rows = (await run({ program: 'lsof', args: ['-p', String(pid), '-F', 'f'] }))
    .split('\n')
    .filter((row) => /^f\d/.test(row));
  return rows.length > 0 ? rows.length : undefined;
}

/** `Debian GNU/Linux 12 (bookworm)`. */
async function systemName(): Promise<string | undefined> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1];
}

async function versionsOf(commands: readonly (readonly string[])[]): Promise<Readonly<Record<string, string>>> {
  const versions: Record<string, string> = {};
  for (const words of commands) {
    const program = words.find((word) => TELLS_VERSION.test(basename(word)));
    if (program === undefined) continue;
    const version = await versionOf(program);
    if (version !== undefined) versions[basename(program)] = version;
  }
  return versions;
}

async function versionOf(program: string): Promise<string | undefined> {
  const result = await execa(program, ['--version'], {
    reject: false,
    all: true,
    stdin: 'ignore',
    timeout: VERSION_TIMEOUT_MS,
    windowsHide: true,
  });
  const line = result.all?.split('\n', 1)[0]?.trim();
  return result.exitCode === 0 && line ? line : undefined;
}
