import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyseFolder } from '../src/build-run.js';
import { discover } from '../src/ingest/discover.js';
import type { Findings } from '../src/model/finding.js';
import { DAMAGES, damagedCopy } from './support/damage.js';
import { analyseSample, SAMPLES, sampleNames } from './support/sample-runs.js';
import { contradictions } from './support/simulator/contradictions.js';

/** Looks at the sockets of a hundred processes, tenfold, would take most of the time. */
const quick = sampleNames.filter((name) => !name.startsWith('flask-processes'));

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'damaged-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function damaged(name: string, kind: string): Promise<Findings> {
  const to = join(dir, `${name} ${kind}`);
  await damagedCopy(join(SAMPLES, 'runs', name), to, DAMAGES[kind]!);
  const [folder] = await discover([to]);
  const { findings } = await analyseFolder(folder!);
  await rm(to, { recursive: true });
  return findings;
}

// Taking a source away, or a part of it, may weaken or widen a finding, never flip it.
describe.each(quick)('%s', (name) => {
  it('is not contradicted by what is left of it', async () => {
    const { findings: whole } = await analyseSample(name);
    const flipped: string[] = [];
    for (const kind of Object.keys(DAMAGES))
      for (const one of contradictions(whole, await damaged(name, kind))) flipped.push(`${kind}: ${one}`);
    expect(flipped).toEqual([]);
  });
});
