import { readdir, readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { pause } from './time.js';
import { run } from './tools.js';

/** One process of the machine. */
export interface ProcessRow {
  readonly pid: number;
  readonly ppid: number;
  /** Process group, and on Linux the session. */
  readonly groups: readonly number[];
  /** When it was started, in the system's own units: tells a process from a later one with the same number. */
  readonly started: string;
  readonly dead: boolean;
}

/** How long processes may take to end after TERM before they are killed. Python's and Node's servers take well under a second. */
const GRACE_MS = 5_000;
/** How often the ends of processes are looked for. */
const LOOK_MS = 100;
/** A killed process that is still there after this long hangs in the kernel; nothing more can be done. */
const KILL_PATIENCE_MS = 2_000;

/**
 * A process that was started by the recorder, as the leader of a group of its own, and everything that came of it: its
 * descendants, its group, and descendants seen earlier whose parent has ended. No other process is ever signalled.
 */
export class ProcessTree {
  readonly root: number;
  private readonly list: () => Promise<readonly ProcessRow[]>;
  /** Members by number, with their start: a number may be given to a stranger later. */
  private readonly known = new Map<number, string>();

  constructor(root: number, list: () => Promise<readonly ProcessRow[]> = listProcesses) {
    this.root = root;
    this.list = list;
  }

  /** The members that are alive, in the order of their numbers. */
  async alive(): Promise<readonly number[]> {
    const rows = await this.list();
    const rootRow = rows.find((row) => row.pid === this.root);
    // Numbers are not given anew while a group bears them: a stranger with the root's number means that its group is gone.
    const groupIsOurs = !rootRow || !this.known.has(this.root) || this.known.get(this.root) === rootRow.started;
    const members = new Map<number, ProcessRow>();
    for (const row of rows) {
      const seenBefore = this.known.get(row.pid) === row.started;
      const inGroup = groupIsOurs && (row.pid === this.root || row.groups.includes(this.root));
      if (seenBefore || inGroup) members.set(row.pid, row);
    }
    for (let size = -1; size !== members.size; ) {
      size = members.size;
      for (const row of rows) if (members.has(row.ppid)) members.set(row.pid, row);
    }
    this.known.clear();
    for (const row of members.values()) this.known.set(row.pid, row.started);
    return [...members.values()]
      .filter((row) => !row.dead)
      .map((row) => row.pid)
      .sort((a, b) => a - b);
  }

  /** TERM, time to end, then KILL. Tells what it took. */
  async stop(graceMs = GRACE_MS): Promise<'had-ended' | 'ended' | 'killed' | 'still-there'> {
    if (process.platform === 'win32') return this.stopOnWindows();
    if ((await this.alive()).length === 0) return 'had-ended';
    await this.signal('SIGTERM');
    if (await this.ends(graceMs)) return 'ended';
    await this.signal('SIGKILL');
    return (await this.ends(KILL_PATIENCE_MS)) ? 'killed' : 'still-there';
  }

  /** Last resort, when the recorder itself must end at once: no waiting, no looking. */
  killNow(): void {
    for (const target of [-this.root, ...this.known.keys()]) send(target, 'SIGKILL');
  }

  private async signal(signal: NodeJS.Signals): Promise<void> {
    for (const pid of await this.alive()) send(pid, signal);
  }

  private async ends(withinMs: number): Promise<boolean> {
    for (let left = withinMs; ; left -= LOOK_MS) {
      if ((await this.alive()).length === 0) return true;
      if (left <= 0) return false;
      await pause(LOOK_MS);
    }
  }

  /** Windows has no TERM for a console program without a window: its own command ends a tree. */
  private async stopOnWindows(): Promise<'ended' | 'killed'> {
    const result = await execa('taskkill', ['/PID', String(this.root), '/T', '/F'], {
      reject: false,
      windowsHide: true,
    });
    return result.exitCode === 0 ? 'killed' : 'ended';
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}

/** All processes of the machine: from /proc where there is one, which needs no program, else from `ps`. */
export async function listProcesses(): Promise<readonly ProcessRow[]> {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux')
    return parsePs(await run({ program: 'ps', args: ['-ax', '-o', 'pid=,ppid=,pgid=,stat=,lstart='] }));
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')));
  return stats.map(parseProcStat).filter((row) => row !== undefined);
}

/** `17514 (uwsgi worker (1)) S 17510 17510 17510 0 -1 … <start time in ticks, field 22> …`: the name may hold blanks and brackets. */
export function parseProcStat(text: string): ProcessRow | undefined {
  const end = text.lastIndexOf(')');
  const pid = Number.parseInt(text, 10);
  const fields = text.slice(end + 2).split(' ');
  if (end < 0 || Number.isNaN(pid) || fields.length < 20) return undefined;
  const [state, ppid, group, session] = fields;
  return {
    pid,
    ppid: Number(ppid),
    groups: [Number(group), Number(session)],
    started: fields[19]!,
    dead: state === 'Z' || state === 'X',
  };
}

/** `  501   1   501 Ss   Mon Nov 23 15:45:08 2026` */
export function parsePs(text: string): readonly ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (!match) continue;
    rows.push({
      pid: Number(match[1]),
      ppid: Number(match[2]),
      groups: [Number(match[3])],
      started: match[5]!,
      dead: match[4]!.startsWith('Z'),
    });
  }
  return rows;
}
