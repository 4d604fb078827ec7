import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { inFolder, poolRun, writeFiles } from './support/run-folder.js';
import { tree } from './support/tree.js';

/** The program as it is shipped; `npm test` builds it first. */
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const report = (argv: readonly string[], env: Record<string, string> = {}) =>
  promisify(execFile)(process.execPath, [CLI, ...argv], { env: { ...process.env, ...env } });
const shipped = test.skipIf(!existsSync(CLI));

shipped('the same input gives the same bytes in every time zone and language, wherever it is built', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'runs', 'pool'), poolRun());
    await writeFiles(join(dir, 'runs', 'small pool'), poolRun({ requests: 5, workers: 2 }));
    const built: Record<string, string>[] = [];
    for (const [i, env] of [
      { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
      { TZ: 'America/New_York', LANG: 'C', LC_ALL: 'C' },
    ].entries()) {
      const out = join(dir, `out-${i}`);
      const { stdout, stderr } = await report(['build', join(dir, 'runs'), '-o', out, '--format', 'html,md,json'], env);
      expect(stderr).toBe('');
      expect(stdout.trim().split('\n').sort()).toEqual((await filesIn(out)).map((path) => join(out, path)));
      built.push(Object.fromEntries(await Promise.all((await filesIn(out)).map(async (p) => [p, await hex(out, p)]))));
    }
    expect(built[1]).toEqual(built[0]);
    expect(Object.keys(built[0]!)).toEqual(
      expect.arrayContaining(['index.html', 'manifest.json', 'report.json', 'report.md', 'runs/small-pool/run.json']),
    );
  }),
);

shipped('a reader that closes the pipe ends nothing in an error', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'pool'), poolRun());
    const child = spawn(process.execPath, [CLI, 'inspect', '--json', join(dir, 'pool')], { stdio: 'pipe' });
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.stdout.destroy();
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect({ status, err }).toEqual({ status: 0, err: '' });
  }),
);

shipped('Ctrl-C during a build leaves the old report and nothing else', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'big'), { 'client.jtl': jtlOf(400_000) });
    await mkdir(join(dir, 'out'));
    await writeFiles(join(dir, 'small'), poolRun({ requests: 3 }));
    await report(['build', join(dir, 'small'), '-o', join(dir, 'out'), '--format', 'json']);
    const before = await readFile(join(dir, 'out', 'report.json'), 'utf8');
    const child = spawn(process.execPath, [CLI, 'build', join(dir, 'big'), '-o', join(dir, 'out'), '--format', 'json']);
    setTimeout(() => child.kill('SIGINT'), 700);
    const [, signal] = await new Promise<unknown[]>((resolve) => child.on('close', (...how) => resolve(how)));
    expect(signal).toBe('SIGINT');
    expect(await readFile(join(dir, 'out', 'report.json'), 'utf8')).toBe(before);
    expect(await tree(join(dir, 'out'))).toEqual(['report.json']);
  }),
);

async function filesIn(dir: string): Promise<readonly string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  return files.map(({ parentPath, path, name }) => join(parentPath ?? path, name).slice(dir.length + 1)).sort();
}

const hex = async (dir: string, path: string) => (await readFile(join(dir, path))).toString('hex');

function jtlOf(rows: number): string {
  const lines = ['timeStamp,elapsed,label,success'];
  for (let i = 0; i < rows; i++) lines.push(`${1_700_000_000_000 + i},5,a,true`);
  return `${lines.join('\n')}\n`;
}
