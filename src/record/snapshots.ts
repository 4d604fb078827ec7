import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ProcessTree } from './processes.js';
import { type PortView, viewPort } from './sockets.js';
import { isoWithZone, pause } from './time.js';
import { run, type Tool, type Tools, titleOf } from './tools.js';

const zip = promisify(gzip);

export interface SnapshotSettings {
  readonly folder: string;
  readonly port: number;
  readonly everyMs: number;
  readonly gzip: boolean;
  /** A file for each snapshot, in a folder of their own. */
  readonly separate: boolean;
  readonly tools: Tools;
}

/** The most that the snapshots have shown, each at one moment. */
export interface Peak {
  established: number;
  queued?: number;
  limit?: number;
  /** Established and not in the kernel's queue: with the server. */
  accepted?: number;
}

/**
 * Takes snapshots: a line with the time and zone, then each command's output below a line with the command. With gzip every
 * snapshot is a member of its own, so that the file is whole at any moment.
 */
export class Snapshots {
  readonly peak: Peak = { established: 0 };
  taken = 0;
  /** What the last one showed, and when it was begun (by `performance.now()`). */
  last: { readonly view: PortView; readonly begunAt: number } | undefined;
  readonly files: string[] = [];
  /** Whose process list to take. */
  tree: ProcessTree | undefined;
  private readonly settings: SnapshotSettings;

  constructor(settings: SnapshotSettings) {
    this.settings = settings;
  }

  /** One snapshot after the other on a fixed beat, until told to stop. A snapshot that takes too long delays the next to the beat after. */
  async keepTaking(stop: AbortSignal): Promise<void> {
    const { everyMs } = this.settings;
    const start = performance.now();
    while (!stop.aborted) {
      await this.take();
      const elapsed = performance.now() - start;
      await pause(everyMs - (elapsed % everyMs), stop);
    }
  }

  async take(): Promise<void> {
    const begunAt = performance.now();
    const time = new Date();
    const parts: string[] = [`${isoWithZone(time)}\n`];
    const { sockets, processes } = this.settings.tools;
    let listing = '';
    for (const tool of sockets) {
      const text = await run(tool);
      if (tool === sockets[0] || isListenersOnly(tool)) listing += text;
      parts.push(section(tool, text));
    }
    const pids = processes && this.tree ? await this.tree.alive() : [];
    if (processes && pids.length > 0) {
      const tool = processes(pids);
      parts.push(section(tool, await run(tool)));
    }
    await this.write(parts.join(''), time);
    this.note(viewPort(listing, this.settings.port), begunAt);
    this.taken++;
  }

  private note(view: PortView, begunAt: number): void {
    this.last = { view, begunAt };
    const { peak } = this;
    peak.established = Math.max(peak.established, view.established);
    if (view.queued === undefined) return;
    peak.queued = Math.max(peak.queued ?? 0, view.queued);
    peak.accepted = Math.max(peak.accepted ?? 0, view.established - view.queued);
    if (view.limit !== undefined) peak.limit = view.limit;
  }

  private async write(text: string, time: Date): Promise<void> {
    const { folder, gzip: zipped, separate } = this.settings;
    const data = zipped ? await zip(text) : text;
    const ending = zipped ? '.txt.gz' : '.txt';
    if (!separate) {
      const file = join(folder, `snapshots${ending}`);
      if (this.files.length === 0) this.files.push(file);
      await appendFile(file, data, { flag: this.taken === 0 ? 'ax' : 'a' });
      return;
    }
    const into = join(folder, 'snapshots');
    await mkdir(into, { recursive: true });
    const file = join(into, `${isoWithZone(time).replaceAll(':', '-')}${ending}`);
    await writeFile(file, data, { flag: 'wx' });
    this.files.push(file);
  }
}

/** `ss -lntp`, and `netstat -Lan`, which adds the queues that `netstat -an` does not tell. */
function isListenersOnly(tool: Tool): boolean {
  return tool.args.includes('-lntp') || tool.args.includes('-Lan');
}

function section(tool: Tool, text: string): string {
  return `${titleOf(tool)}\n${text}${text === '' || text.endsWith('\n') ? '' : '\n'}`;
}

/** The kernel's counters at this moment, in the same form as a snapshot; nothing where there is no command for them. */
export async function recordCounters(
  folder: string,
  tools: Tools,
  when: 'before' | 'after',
): Promise<readonly string[]> {
  if (!tools.counters) return [];
  const file = join(folder, `counters-${when}.txt`);
  await writeFile(file, `${isoWithZone(new Date())}\n${section(tools.counters, await run(tools.counters))}`, {
    flag: 'wx',
  });
  return [file];
}
