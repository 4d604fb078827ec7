import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listProcesses } from '../../src/record/processes.js';
import { isInstalled } from '../../src/record/tools.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const SERVER = fileURLToPath(new URL('a-server.mjs', import.meta.url));
const canRecord = existsSync(CLI) && (await isInstalled('ss')) && (await isInstalled('ps'));

describe.skipIf(!canRecord)(
  'Ctrl-C in report record (skipped where the program is not built, or there is no ss)',
  () => {
    it('ends in order', () =>
      recording([], async ({ child, ended, home }) => {
        child.kill('SIGINT');
        expect(await ended).toBe(0);
        expect(await readFile(join(home, 'run', 'run.yaml'), 'utf8')).toContain('interrupted: true');
      }));

    it('pressed twice, takes the server along that would not end', () =>
      recording(['deaf'], async ({ child, ended, server }) => {
        child.kill('SIGINT');
        await until(async () => (await server.log()).includes('TERM ignored'));
        child.kill('SIGINT');
        expect(await ended).toBe(130);
        await until(async () => !(await isAlive(server.pid)));
      }));
  },
);

interface Recording {
  readonly child: ReturnType<typeof spawn>;
  /** Settles with the exit status. */
  readonly ended: Promise<number | null>;
  readonly home: string;
  readonly server: { readonly pid: number; log(): Promise<string> };
}

/** Starts a recording without a load and hands it over once the server listens. */
async function recording(ways: readonly string[], use: (recording: Recording) => Promise<void>): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'interrupt-'));
  const port = String(await freePort());
  const command = [process.execPath, SERVER, port, ...ways];
  const args = [CLI, 'record', '-o', join(home, 'run'), '--port', port, '--', ...command];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  try {
    await until(async () => said.includes('Recording until Ctrl-C.'));
    const pid = Number(/as process (\d+)/.exec(said)?.[1]);
    await use({ child, ended, home, server: { pid, log: () => readFile(join(home, 'run', 'server.log'), 'utf8') } });
  } finally {
    child.kill('SIGKILL');
    await rm(home, { recursive: true, force: true });
  }
}

/** Waits as long as it takes; the test's own limit ends it. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function isAlive(pid: number): Promise<boolean> {
  return (await listProcesses()).some((row) => row.pid === pid && !row.dead);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
