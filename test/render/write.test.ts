import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.js';
import type { OutputFile } from '../../src/model/report.js';
import { checkFolder, writeReport } from '../../src/render/write.js';
import { inFolder, writeFiles } from '../support/run-folder.js';

const options = (folder: string) => ({ folder, generator: 'concurrency-report', manifest: true });
const files = (...paths: string[]): OutputFile[] => paths.map((path) => ({ path, content: `new ${path}` }));
const read = (dir: string, path: string) => readFile(join(dir, path), 'utf8');
const tree = async (dir: string) => (await readdir(dir, { recursive: true })).sort();
const said = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing',
    (error) => (error instanceof UserError ? error.said.id : error),
  );

test('writes files in folders, with a manifest of them', () =>
  inFolder(async (dir) => {
    const out = join(dir, 'a', 'b');
    expect(await writeReport(files('index.html', 'runs/x/index.html'), options(out))).toEqual([
      'index.html',
      'runs/x/index.html',
      'manifest.json',
    ]);
    expect(await tree(out)).toEqual(['index.html', 'manifest.json', 'runs', 'runs/x', 'runs/x/index.html']);
    expect(JSON.parse(await read(out, 'manifest.json')).files).toEqual(['index.html', 'runs/x/index.html']);
  }));

test('report.json alone is written without a manifest, again and again', () =>
  inFolder(async (out) => {
    const own: OutputFile[] = [{ path: 'report.json', content: '{"generator":{"name":"concurrency-report"}}' }];
    await writeReport(own, { ...options(out), manifest: false });
    await writeReport(own, { ...options(out), manifest: false });
    expect(await tree(out)).toEqual(['report.json']);
  }));

test('a rebuild removes what the manifest lists and is not made again, and nothing else', () =>
  inFolder(async (out) => {
    await writeReport(files('index.html', 'runs/x/index.html', 'runs/y/index.html'), options(out));
    await writeFiles(out, { 'mine.txt': 'mine', 'runs/y/mine.txt': 'mine' });
    await writeReport(files('index.html', 'runs/z/index.html'), options(out));
    expect(await tree(out)).toEqual([
      ...['index.html', 'manifest.json', 'mine.txt', 'runs', 'runs/y', 'runs/y/mine.txt'],
      ...['runs/z', 'runs/z/index.html'],
    ]);
  }));

test('after report.json alone nothing is left of an older report', () =>
  inFolder(async (out) => {
    await writeReport(files('index.html', 'report.json', 'runs/x/index.html'), options(out));
    await writeReport(files('report.json'), { ...options(out), manifest: false });
    expect(await tree(out)).toEqual(['report.json']);
  }));

test('a file of somebody else is not overwritten', () =>
  inFolder(async (out) => {
    await writeFiles(out, { 'index.html': 'mine' });
    expect(await said(writeReport(files('index.html'), options(out)))).toBe('output.foreign');
    await writeFiles(out, { 'manifest.json': '{"name":"an app of mine"}' });
    expect(await said(writeReport(files('other.html'), options(out)))).toBe('output.foreign');
    await mkdir(join(out, 'report.pdf'));
    expect(await said(writeReport(files('report.pdf'), options(out)))).toBe('output.foreign');
    expect(await tree(out)).toEqual(['index.html', 'manifest.json', 'report.pdf']);
    expect(await read(out, 'index.html')).toBe('mine');
  }));

test('a manifest can not lead out of the folder', () =>
  inFolder(async (dir) => {
    const out = await writeFiles(join(dir, 'out'), {});
    await writeFiles(dir, { 'precious.txt': 'mine', 'beside/precious.txt': 'mine' });
    await mkdir(out);
    await symlink(join(dir, 'beside'), join(out, 'runs'));
    const listed = ['../precious.txt', join(dir, 'precious.txt'), 'runs/precious.txt', 'a/../../precious.txt', '', 7];
    await writeFiles(out, { 'manifest.json': JSON.stringify({ generator: 'concurrency-report', files: listed }) });
    await writeReport(files('index.html'), options(out));
    expect(await read(dir, 'precious.txt')).toBe('mine');
    expect(await read(dir, 'beside/precious.txt')).toBe('mine');
    expect((await readdir(out)).sort()).toEqual(['index.html', 'manifest.json', 'runs']);
  }));

test('nothing is written through a link that leads out of the folder', () =>
  inFolder(async (dir) => {
    await mkdir(join(dir, 'out'));
    await mkdir(join(dir, 'beside'));
    await symlink(join(dir, 'beside'), join(dir, 'out', 'runs'));
    const writing = writeReport(files('index.html', 'runs/x/index.html'), options(join(dir, 'out')));
    expect(await said(writing)).toBe('output.link');
    expect(await tree(join(dir, 'beside'))).toEqual([]);
    await symlink(join(dir, 'beside', 'new.html'), join(dir, 'out', 'index.html'));
    expect(await said(writeReport(files('index.html'), options(join(dir, 'out'))))).toBe('output.foreign');
  }));

test('an output folder that is a link itself is the user’s own wish', () =>
  inFolder(async (dir) => {
    await mkdir(join(dir, 'site'));
    await symlink(join(dir, 'site'), join(dir, 'out'));
    await writeReport(files('index.html'), options(join(dir, 'out')));
    expect(await tree(join(dir, 'site'))).toEqual(['index.html', 'manifest.json']);
  }));

test('a build that fails or is interrupted leaves the old report and no litter', () =>
  inFolder(async (dir) => {
    const out = join(dir, 'out');
    await writeReport(files('index.html'), options(out));
    const before = await read(out, 'index.html');
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(writeReport(files('index.html', 'b.html'), { ...options(out), signal })).rejects.toThrow('stop');
    const twice: OutputFile[] = [...files('index.html'), { path: 'index.html', content: 'the same again' }];
    await expect(writeReport(twice, options(out))).rejects.toThrow();
    await expect(writeReport(files('index.html'), { ...options(join(dir, 'fresh')), signal })).rejects.toThrow('stop');
    expect(await tree(dir)).toEqual(['out', 'out/index.html', 'out/manifest.json']);
    expect(await read(out, 'index.html')).toBe(before);
  }));

test('a file where a folder must be is told before anything is written', () =>
  inFolder(async (out) => {
    await writeFiles(out, { runs: 'mine' });
    expect(await said(writeReport(files('a.html', 'runs/x.html'), options(out)))).toBe('output.link');
    expect(await tree(out)).toEqual(['runs']);
  }));

test('an output may not name a path outside', () =>
  inFolder(async (out) => {
    await expect(writeReport(files('../evil.html'), options(out))).rejects.toThrow('may not write');
    await expect(writeReport(files('/evil.html'), options(out))).rejects.toThrow('may not write');
  }));

test('a folder that is a file, or can not be written, is told before any work', () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, 'file'), '');
    expect(await said(checkFolder(join(dir, 'file')))).toBe('output.isAFile');
    expect(await said(checkFolder(join(dir, 'file', 'below')))).toBe('output.isAFile');
    expect(await said(writeReport(files('a'), options(join(dir, 'file'))))).toBe('output.isAFile');
    expect(await said(checkFolder(join(dir, 'new', 'below')))).toBe('nothing');
  }));

/** The superuser may write anywhere. */
test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('a folder without permission', () =>
  inFolder(async (dir) => {
    await chmod(dir, 0o500);
    expect(await said(checkFolder(join(dir, 'new')))).toBe('output.unwritable');
    expect(await said(writeReport(files('a'), options(join(dir, 'new'))))).toBe('output.unwritable');
    await chmod(dir, 0o700);
  }),
);
