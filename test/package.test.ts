import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { inFolder, poolRun, writeFiles } from './support/run-folder.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Installing takes a while where nothing is cached. */
const PATIENCE_MS = 300_000;
const run = (command: string, args: readonly string[], cwd: string) =>
  promisify(execFile)(command, args, {
    cwd,
    env: { ...process.env, PUPPETEER_SKIP_DOWNLOAD: '1', npm_config_loglevel: 'error' },
    shell: process.platform === 'win32',
  });

/** As somebody would install it, without scripts, and so without a browser that puppeteer would have fetched. */
test.skipIf(!existsSync(join(ROOT, 'dist', 'cli.js')))(
  'the packed program works where nothing else is installed',
  () =>
    inFolder(async (dir) => {
      await run('npm', ['pack', '--ignore-scripts', '--pack-destination', dir], ROOT);
      const tarball = (await readdir(dir)).find((name) => name.endsWith('.tgz'))!;
      await writeFile(join(dir, 'package.json'), '{"private":true}');
      await run(
        'npm',
        ['install', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', join(dir, tarball)],
        dir,
      );
      await writeFiles(join(dir, 'runs', 'pool'), poolRun());
      for (const name of ['report', 'concurrency-report']) {
        const out = join(dir, name);
        const { stdout, stderr } = await run('npx', [name, 'build', './runs', '-o', out, '--format', 'html,md'], dir);
        expect(stderr).toBe('');
        expect(stdout).toContain(join(out, 'index.html'));
        expect(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')).runs[0].findings.maxConcurrency.value).toBe(
          4,
        );
      }
    }),
  PATIENCE_MS,
);
