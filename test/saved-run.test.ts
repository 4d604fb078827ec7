import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRunAnalysis } from '../src/ingest/saved-run.js';
import { inFolder, poolRun, writeFiles } from './support/run-folder.js';
import { runMain } from './support/run-main.js';

/** The analysis of a run as a build saves it. */
async function savedIn(dir: string): Promise<string> {
  await writeFiles(join(dir, 'pool'), poolRun());
  const ran = await runMain(['build', join(dir, 'pool'), '-o', join(dir, 'out'), '--format', 'html', '--quiet']);
  expect(ran.status, ran.err).toBe(0);
  return join(dir, 'out', 'runs', 'pool', 'run.json');
}

test('a saved run gives the same report as its folder, also beside others and once more', () =>
  inFolder(async (dir) => {
    const saved = await savedIn(dir);
    const report = async (...inputs: string[]) => {
      const ran = await runMain(['build', ...inputs, '-o', join(dir, 'again'), '--format', 'json', '--quiet']);
      expect(ran.status, ran.err).toBe(0);
      return readFile(join(dir, 'again', 'report.json'), 'utf8');
    };
    expect(await report(saved)).toBe(await report(join(dir, 'pool')));
    expect(JSON.parse(await report(saved, join(dir, 'pool'), saved)).runs.map(({ id }: { id: string }) => id)).toEqual([
      'pool',
      'pool-2',
      'pool-3',
    ]);
  }));

test('whatever is wrong in a saved run, it is refused and not trusted', () =>
  inFolder(async (dir) => {
    const text = await readFile(await savedIn(dir), 'utf8');
    expect(isRunAnalysis(JSON.parse(text))).toBe(true);
    let checked = 0;
    for (const [path, value] of leaves(JSON.parse(text))) {
      for (const wrong of [{}, [], null, typeof value === 'number' ? '1' : 1]) {
        const broken = withValue(JSON.parse(text), path, wrong);
        if (!isRunAnalysis(broken)) checked++;
        // What passes must be harmless: values of sentences, run.yaml's free part, mappings of numbers, a method's value.
        else
          expect(
            path.some((key) => FREE.includes(key)),
            path.join('.'),
          ).toBe(true);
      }
    }
    expect(checked).toBeGreaterThan(100);
    for (const more of [{ evil: 1 }, { version: 2 }, { findings: undefined }]) {
      expect(isRunAnalysis({ ...JSON.parse(text), ...more })).toBe(false);
    }
    expect(isRunAnalysis(JSON.parse(text.replace('{', '{"__proto__":{"id":1},')))).toBe(false);
  }));

test('a saved run of another version, or something else, is told', () =>
  inFolder(async (dir) => {
    await writeFiles(dir, { 'run.json': '{"version":99}', 'other.json': '{"a":1}', 'deep.json': '['.repeat(100_000) });
    for (const [name, said] of [
      ['run.json', /saved by another version/],
      ['other.json', /not the analysis of a run/],
      ['deep.json', /can't be read as the saved analysis/],
    ] as const) {
      const { status, err } = await runMain(['build', join(dir, name), '-o', join(dir, 'out'), '--format', 'json']);
      expect(status).toBe(1);
      expect(err).toMatch(said);
    }
  }));

const FREE = ['args', 'recorded', 'counts', 'value'];

/** Every scalar with its path, one of each kind of array item. */
function leaves(value: unknown, path: readonly string[] = []): readonly (readonly [readonly string[], unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Array.isArray(value) ? Object.entries(value).slice(0, 1) : Object.entries(value);
  return entries.flatMap(([key, item]) => leaves(item, [...path, key]));
}

function withValue(root: unknown, path: readonly string[], value: unknown): unknown {
  let at = root as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[path.at(-1)!] = value;
  return root;
}
