import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zoneText } from './clock.js';
import type { Setup } from './setup.js';
import type { World } from './world.js';
import { jtlOf, PORT } from './write-jtl.js';
import { logOf } from './write-log.js';
import { countersOf, snapshotsOf } from './write-snapshots.js';

/** A run folder's files, by name. */
export function filesOf(setup: Setup, world: World): Map<string, string> {
  const { recording } = setup;
  const files = new Map<string, string>();
  if (recording.jtl !== 'none') files.set('client.jtl', jtlOf(setup, world));
  if (recording.log !== 'none') files.set('server.log', logOf(setup, world));
  if (recording.snapshots !== 'none') files.set('snapshots.txt', snapshotsOf(setup, world));
  if (recording.counters) files.set('counters.txt', countersOf(setup, world));
  if (recording.runFile !== 'none') files.set('run.yaml', runFileOf(setup));
  return files;
}

function runFileOf({ server, recording, clock }: Setup): string {
  const lines = [`port: ${PORT}`];
  if (clock.zoneStated) lines.push(`timezone: "${zoneText(clock.zoneMinutes)}"`);
  if (recording.runFile === 'limits') {
    lines.push('limits:', `  listenBacklog: ${server.backlog}`, '  somaxconn: 4096');
    if (server.workers === 'thread-pool')
      lines.push(`  threads: ${server.capacity / server.processes}`, `  workers: ${server.processes}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Writes the files to a folder of their own for as long as `use` needs it. */
export async function withFolder<T>(files: ReadonlyMap<string, string>, use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'simulated-'));
  try {
    await Promise.all([...files].map(([name, text]) => writeFile(join(dir, name), text)));
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}
