import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import type { Browser } from 'puppeteer-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/errors.js';
import { withBrowser } from '../../src/render/browser.js';
import { english } from '../../src/words/en.js';
import { bareMachine, hasPackedBrowser, machineWith } from '../support/browser.js';

/** Whatever is written to the machine's temporary folder is seen here. */
let temporary: string;
beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'browser-test-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(temporary, { recursive: true, force: true });
});

/** A process that has ended and not been reaped by its parent is still a number. */
const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** A program that ends at once with these words. */
async function failing(words: string): Promise<string> {
  const path = join(temporary, 'a-browser');
  await writeFile(path, `#!/bin/sh\necho '${words}' >&2\nexit 1\n`);
  await chmod(path, 0o755);
  return path;
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).exitCode).toBe(1);
  return english((error as UserError).said);
}

describe('a machine without a browser that runs', () => {
  it('is told what to do', async () => {
    const said = await refusal(withBrowser({}, async () => 1, machineWith({})));
    expect(said).toMatch(/no browser on this machine.*Install Chrome.*--browser PATH/);
  });

  it('is told which file is none', async () => {
    const said = await refusal(withBrowser({ browser: '/no/such/chrome' }, async () => 1));
    expect(said).toMatch(/\/no\/such\/chrome, is no file/);
  });

  it.skipIf(process.platform === 'win32')('is told why each failed, and keeps nothing of them', async () => {
    const path = await failing('error while loading shared libraries: libnss3.so: cannot open shared object file');
    const machine = machineWith({ cachedBrowser: async () => path, files: [path] });
    const said = await refusal(withBrowser({}, async () => 1, machine));
    expect(said).toContain(`${path} did not start, since the system library libnss3.so is missing.`);
    expect(await readdir(temporary)).toEqual(['a-browser']);
  });
});

describe.skipIf(!hasPackedBrowser)('the browser that comes as a package', { timeout: 180_000 }, () => {
  it('steps in for one that fails, trusts no program that is there already, and leaves neither process nor file', async () => {
    const path = await failing('no display');
    const decoy = join(temporary, 'chromium');
    await rename(path, decoy);
    const machine = { ...bareMachine, cachedBrowser: async () => decoy, isFile: (file: string) => file === decoy };
    const work = async (browser: Browser) => ({ version: await browser.version(), pid: browser.process()!.pid! });
    const seen = await withBrowser({}, work, machine);
    expect(seen.version).toMatch(/Chrome\/147\./);
    expect(isAlive(seen.pid)).toBe(false);
    expect(await readdir(temporary)).toEqual(['chromium']);
  });

  it('is reported where it ends in the middle of its work', async () => {
    const said = await refusal(
      withBrowser(
        {},
        async (browser) => {
          process.kill(browser.process()!.pid!, 'SIGKILL');
          return browser.newPage();
        },
        bareMachine,
      ),
    );
    expect(said).toContain('@sparticuz/chromium ended before the pages were printed');
    expect(await readdir(temporary)).toEqual([]);
  });

  it('is closed, too, where the work itself fails', async () => {
    let pid = 0;
    const work = withBrowser(
      {},
      async (browser) => {
        pid = browser.process()!.pid!;
        throw new Error('a bug');
      },
      bareMachine,
    );
    await expect(work).rejects.toThrow('a bug');
    expect(isAlive(pid)).toBe(false);
    expect(await readdir(temporary)).toEqual([]);
  });

  it('goes when the program is told to end', async () => {
    const program = join(import.meta.dirname, '../../node_modules/.cache/browser-test.mjs');
    await build({
      stdin: { contents: HANGS, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    const running = execa(process.execPath, [program], { env: { TMPDIR: temporary }, reject: false });
    for await (const line of running) {
      const pid = Number(line);
      expect(isAlive(pid)).toBe(true);
      running.kill('SIGTERM');
      const { signal, exitCode, stderr } = await running;
      expect({ signal, exitCode, stderr }).toEqual({ signal: 'SIGTERM', exitCode: undefined, stderr: '' });
      await vi.waitFor(() => expect(isAlive(pid)).toBe(false));
    }
    expect(await readdir(temporary)).toEqual([]);
    await rm(program);
  });
});

const HANGS = `
import { withBrowser } from '../../src/render/browser.js';
import { bareMachine } from '../support/browser.js';
await withBrowser({}, (browser) => { console.log(browser.process().pid); return new Promise(() => undefined); }, bareMachine);
`;
