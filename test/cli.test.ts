import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Interrupted } from '../src/cli/io.js';
import { inFolder, poolRun, writeFiles } from './support/run-folder.js';
import { runMain } from './support/run-main.js';
import { tree } from './support/tree.js';

const jsonOf = async (out: string) => JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));

test.each([
  ['--help', /Usage: report/],
  ['build --help', /Examples:\n {2}report build/],
  ['inspect --help', /Examples:\n {2}report inspect/],
  ['record --help', /Examples:\n {2}report record/],
  ['--version', /^\d+\.\d+\.\d+\n$/],
])('report %s', async (line, said) => {
  const { status, out, err } = await runMain(line.split(' '));
  expect({ status, err }).toEqual({ status: 0, err: '' });
  expect(out).toMatch(said);
});

test.each([
  '',
  'nonsense',
  'build',
  'build run --format',
  'build run --format docx',
  'build run --format html,docx',
  'build run --port 0',
  'build run --port 65536',
  'build run --port 80x',
  'build run --lang fr',
  'build run --paper A5',
  'build run --unknown',
  'inspect',
  'record',
  'record -o x',
  'record -o x --port 8080 --every soon',
  'record -o x --port 8080 --sockets lsof',
  'record -o x --port 8080 python3 app.py --debug',
])('a wrong command line has status 2: report %s', async (line) => {
  const { status, out, err } = await runMain(line.split(' ').filter((word) => word !== ''));
  expect(status).toBe(2);
  expect(out).toBe('');
  expect(err).not.toBe('');
});

test('writes report.json alone, prints its path and nothing else', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'pool'), poolRun());
    const out = join(dir, 'out');
    expect(await runMain(['build', join(dir, 'pool'), '-o', out, '--format', 'json'])).toEqual({
      status: 0,
      out: `${join(out, 'report.json')}\n`,
      err: '',
    });
    expect(await tree(out)).toEqual(['report.json']);
  }));

test('a folder of runs, its runs one by one, and runs of the same name', () =>
  inFolder(async (dir) => {
    const files = poolRun({ requests: 3 });
    await writeFiles(join(dir, 'runs', 'b'), files);
    await writeFiles(join(dir, 'runs', 'a'), files);
    await writeFiles(join(dir, 'other', 'a'), files);
    const idsOf = async (...folders: string[]) => {
      const out = join(dir, 'out');
      await runMain(['build', ...folders.map((path) => join(dir, path)), '-o', out, '--format', 'json']);
      return (await jsonOf(out)).runs.map((run: { id: string }) => run.id);
    };
    expect(await idsOf('runs')).toEqual(['a', 'b']);
    expect(await idsOf('runs/a', 'runs/b')).toEqual(['a', 'b']);
    expect(await idsOf('runs/a', 'other/a', 'runs/a')).toEqual(['a', 'a-2', 'a-3']);
  }));

test.each([
  ['a folder that is missing', 'missing', /missing: there is no such folder/],
  ['a file in the place of a folder', 'file.txt', /file\.txt: not a folder/],
  ['a folder with nothing that is recognised', 'strange', /strange: no file in it/],
])('%s: one sentence, status 1, nothing written', (_, name, said) =>
  inFolder(async (dir) => {
    await writeFiles(dir, { 'file.txt': 'x', 'strange/notes.bin': 'x' });
    const { status, out, err } = await runMain(['build', join(dir, name), '-o', join(dir, 'out'), '--format', 'json']);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(said);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(await tree(dir)).not.toContain('out');
  }),
);

test('an output that is a file is told', () =>
  inFolder(async (dir) => {
    await writeFiles(dir, { out: 'x', ...prefixed('pool', poolRun({ requests: 3 })) });
    const { status, err } = await runMain(['build', join(dir, 'pool'), '-o', join(dir, 'out'), '--format', 'json']);
    expect(status).toBe(1);
    expect(err).toMatch(/out: a file, and the report needs a folder/);
  }));

test('warnings name file and line; --quiet keeps them back; --strict does not forgive them', () =>
  inFolder(async (dir) => {
    const files = poolRun({ requests: 5 });
    await writeFiles(join(dir, 'pool'), {
      ...files,
      'client.jtl': `${files['client.jtl']}not a row\n`,
      'thing.bin': 'x\n',
      'README.txt': 'about the run\n',
      'notes.md': 'about the run\n',
    });
    const argv = ['build', join(dir, 'pool'), '-o', join(dir, 'out'), '--format', 'json'];
    const plain = await runMain(argv);
    expect(plain.status).toBe(0);
    expect(plain.err).toMatch(/^warning: pool\/client\.jtl:7: .*not a row$/m);
    expect(plain.err).toMatch(/^warning: pool\/thing\.bin: not recognised/m);
    expect(plain.err).not.toMatch(/README|notes/);
    expect(await runMain([...argv, '--quiet'])).toMatchObject({ status: 0, err: '' });
    const strict = await runMain([...argv, '--strict', '--quiet']);
    expect(strict.status).toBe(1);
    expect(strict.err).toMatch(/1 line was not understood/);
    expect(strict.err).toMatch(/1 file was not recognised/);
    expect(strict.out).toContain('report.json');
  }));

test('--strict forgives what only tells about the run', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'pool'), { ...poolRun({ requests: 5 }), 'README.md': 'x\n', '.hidden': 'x\n' });
    const argv = ['build', join(dir, 'pool'), '-o', join(dir, 'out'), '--format', 'json', '--strict'];
    expect(await runMain(argv)).toMatchObject({ status: 0, err: '' });
  }));

test('control characters of the recordings do not reach the terminal', () =>
  inFolder(async (dir) => {
    const files = poolRun({ requests: 3 });
    await writeFiles(join(dir, 'pool'), {
      ...files,
      'client.jtl': `${files['client.jtl']}\u001b]0;owned\u0007\u202e\r row\n`,
      'odd\u001b[31mname': 'x\n',
    });
    for (const argv of [
      ['build', join(dir, 'pool'), '-o', join(dir, 'out'), '--format', 'json'],
      ['inspect', join(dir, 'pool')],
    ]) {
      const { out, err } = await runMain(argv, { errIsTerminal: true, outIsTerminal: true });
      expect(`${out}${err}`).toMatch(/\\x1b/);
      expect(`${out}${err}`).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
    }
  }));

test('a build that was interrupted says so and leaves the old report', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'pool'), poolRun({ requests: 3 }));
    const argv = ['build', join(dir, 'pool'), '-o', join(dir, 'out'), '--format', 'json'];
    await runMain(argv);
    const before = await readFile(join(dir, 'out', 'report.json'), 'utf8');
    const interrupted = AbortSignal.abort(new Interrupted('SIGINT'));
    await expect(runMain([...argv, '--title', 'new'], { catchInterrupt: () => interrupted })).rejects.toThrow('SIGINT');
    expect(await readFile(join(dir, 'out', 'report.json'), 'utf8')).toBe(before);
    expect(await tree(join(dir, 'out'))).toEqual(['report.json']);
  }));

test('a folder in which nothing is recognised is left out and told; alone it is an error', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'runs'), { 'kit/plan.txt': 'how they were recorded\n' });
    await writeFiles(join(dir, 'runs', 'pool'), poolRun({ requests: 3 }));
    const argv = ['-o', join(dir, 'out'), '--format', 'html,json'];
    const both = await runMain(['build', join(dir, 'runs', 'kit'), join(dir, 'runs', 'pool'), ...argv]);
    expect(both.status).toBe(0);
    expect(both.err).toMatch(/^warning: kit: left out, because no file in it is recognised/m);
    expect((await jsonOf(join(dir, 'out'))).runs).toMatchObject([{ id: 'pool' }]);
    expect(await readFile(join(dir, 'out', 'index.html'), 'utf8')).toContain('kit: left out');
    expect(
      (await runMain(['build', '--strict', join(dir, 'runs', 'kit'), join(dir, 'runs', 'pool'), ...argv])).status,
    ).toBe(1);
    const alone = await runMain(['build', join(dir, 'runs', 'kit'), ...argv]);
    expect(alone).toMatchObject({ status: 1, err: expect.stringContaining('no file in it') });
  }));

test('a run that is lost is left out and told; where none is left there is no report', () =>
  inFolder(async (dir) => {
    await writeFiles(join(dir, 'a'), poolRun({ requests: 3 }));
    await writeFiles(join(dir, 'b'), poolRun({ requests: 3 }));
    const { runTask } = await import('../src/build-run.js');
    const losing = (lose: (id: string) => boolean) => ({
      analyse: (tasks: readonly import('../src/build-run.js').RunTask[]) =>
        Promise.all(
          tasks.map(async (task) => (lose(task.id) ? { lost: 'memory' as const } : { value: await runTask(task) })),
        ),
    });
    const argv = ['build', join(dir, 'a'), join(dir, 'b'), '-o', join(dir, 'out'), '--format', 'json'];
    const one = await runMain(
      argv,
      losing((id) => id === 'a'),
    );
    expect(one.status).toBe(0);
    expect(one.err).toMatch(/^warning: a: left out, because there was not enough memory/m);
    expect((await jsonOf(join(dir, 'out'))).runs).toHaveLength(1);
    for (const [lang, said] of [
      ['en', 'a: left out, because there was not enough memory to read it.'],
      ['zh-CN', 'a：已略去，内存不足以读取。'],
    ] as const) {
      const pages = [...argv.slice(0, -1), 'html,md', '--lang', lang];
      await runMain(
        pages,
        losing((id) => id === 'a'),
      );
      expect(await readFile(join(dir, 'out', 'index.html'), 'utf8')).toContain(said);
      expect(await readFile(join(dir, 'out', 'report.md'), 'utf8')).toContain(said);
    }
    expect(
      (
        await runMain(
          [...argv, '--strict'],
          losing((id) => id === 'a'),
        )
      ).status,
    ).toBe(1);
    expect(
      (
        await runMain(
          argv,
          losing(() => true),
        )
      ).status,
    ).toBe(1);
  }));

test('a report that is written into the run’s own folder is no recording of the next build', () =>
  inFolder(async (dir) => {
    await writeFiles(dir, poolRun({ requests: 3 }));
    const argv = ['build', dir, '-o', join(dir, 'output'), '--format', 'json', '--strict'];
    const first = await runMain(argv);
    const before = await readFile(join(dir, 'output', 'report.json'), 'utf8');
    expect([first.status, (await runMain(argv)).status]).toEqual([0, 0]);
    expect(await readFile(join(dir, 'output', 'report.json'), 'utf8')).toBe(before);
  }));

test('inspect tells what each file was taken for, as text and as JSON', () =>
  inFolder(async (dir) => {
    const files = poolRun({ requests: 5 });
    await writeFiles(join(dir, 'pool'), { ...files, 'server.log': `${files['server.log']}strange\n`, 'x.bin': '?\n' });
    const text = await runMain(['inspect', join(dir, 'pool')]);
    expect(text.status).toBe(0);
    expect(text.out).toMatch(/client\.jtl\n {2}taken for {3}client-samples, by the reader jtl-csv/);
    expect(text.out).toMatch(/lines {7}11 = 10 used \+ 0 ignored \+ 1 skipped\n(.*\n)*? {4}line 11: .*strange/);
    expect(text.out).toMatch(/x\.bin\n {2}taken for {3}unrecognised/);
    const { files: found } = JSON.parse((await runMain(['inspect', '--json', join(dir, 'pool')])).out);
    expect(found.map(({ path, kind }: { path: string; kind: string }) => [path, kind])).toEqual([
      ['client.jtl', 'client-samples'],
      ['run.yaml', 'run-file'],
      ['server.log', 'server-log'],
      ['x.bin', 'unrecognised'],
    ]);
    await runMain(['build', join(dir, 'pool'), '-o', join(dir, 'out'), '--format', 'json', '--quiet']);
    expect(found).toEqual((await jsonOf(join(dir, 'out'))).runs[0].sources);
  }));

test('inspect takes files, and folders in which nothing is recognised', () =>
  inFolder(async (dir) => {
    await writeFiles(dir, { 'a/client.jtl': poolRun()['client.jtl']!, 'b/x.bin': '?\n' });
    await mkdir(join(dir, 'empty'));
    const file = await runMain(['inspect', '--json', join(dir, 'a', 'client.jtl')]);
    expect(JSON.parse(file.out)).toMatchObject({ schemaVersion: 1, files: [{ kind: 'client-samples', records: 40 }] });
    const folder = await runMain(['inspect', '--json', join(dir, 'b')]);
    expect(JSON.parse(folder.out).files).toMatchObject([{ path: 'x.bin', kind: 'unrecognised', lines: 1, ignored: 1 }]);
    expect(JSON.parse((await runMain(['inspect', '--json', join(dir, 'empty')])).out).files).toEqual([]);
    expect(await runMain(['inspect', join(dir, 'missing')])).toMatchObject({ status: 1, out: '' });
  }));

test('links that lead out of a run are not followed', () =>
  inFolder(async (dir) => {
    await writeFiles(dir, { 'secret.log': 'x\n', 'run/client.jtl': poolRun()['client.jtl']! });
    await symlink(join(dir, 'secret.log'), join(dir, 'run', 'link.log'));
    const { files } = JSON.parse((await runMain(['inspect', '--json', join(dir, 'run')])).out);
    expect(files).toHaveLength(1);
  }));

function prefixed(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

test('an unreadable saved run is told', () =>
  inFolder(async (dir) => {
    await writeFile(join(dir, 'run.json'), '{');
    const { status, err } = await runMain(['build', join(dir, 'run.json'), '-o', join(dir, 'out')]);
    expect(status).toBe(1);
    expect(err).toMatch(/run\.json: can't be read as the saved analysis/);
  }));
