import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { writeReport } from '../../src/render/write.js';
import { inFolder } from '../support/run-folder.js';

/** Renaming onto a path that ends like this fails, as on a disk that has come loose. */
const LOOSE = 'loose.html';
vi.mock('node:fs/promises', async (original) => {
  const fs = await original<typeof import('node:fs/promises')>();
  const rename = async (from: string, to: string) => {
    if (to.endsWith(LOOSE)) throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'rename', path: to });
    await fs.rename(from, to);
  };
  return { ...fs, rename };
});

test('where the exchange fails half-way the old report is put back', () =>
  inFolder(async (out) => {
    const options = { folder: out, generator: 'concurrency-report', manifest: true };
    const file = (path: string, content: string) => ({ path, content });
    const old = [file('a.html', 'old'), file('assets/old.css', 'old'), file('runs/x/index.html', 'old')];
    await writeReport(old, options);
    const before = await snapshot(out);
    const broken = [file('a.html', 'new'), file('new/b.html', 'new'), file(`runs/x/${LOOSE}`, 'new')];
    await expect(writeReport(broken, options)).rejects.toMatchObject({ said: { id: 'output.unwritable' } });
    expect(await snapshot(out)).toEqual(before);
  }));

async function snapshot(dir: string): Promise<Record<string, string>> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map(({ parentPath, path, name }) => join(parentPath ?? path, name)).sort();
  return Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')])));
}
