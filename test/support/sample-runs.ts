import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { analyseFolder } from '../../src/build-run.js';
import { discover } from '../../src/ingest/discover.js';
import type { RunAnalysis } from '../../src/model/run-analysis.js';

export const SAMPLES = join(import.meta.dirname, '../../samples');

/** The recorded runs in the repository, by name. */
export const sampleNames: readonly string[] = readdirSync(join(SAMPLES, 'runs'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** One entry of `samples/record/configurations.yaml`, as far as the tests ask for it. */
export interface Configuration {
  readonly name: string;
  readonly title: string;
  readonly server: 'Flask' | 'uWSGI';
  readonly command: string;
  readonly zone?: string;
  readonly load: { readonly crowd: number; readonly ramp: number; readonly late: number; readonly lateDelay: number };
  readonly jtl: { readonly format: 'csv' | 'xml'; readonly header?: boolean; readonly gzip?: boolean };
  readonly snapshots: {
    readonly sockets: readonly string[];
    readonly gzip?: boolean;
    readonly separate?: boolean;
  };
  readonly configured: {
    readonly threads?: number;
    readonly processes?: number;
    readonly perRequest?: 'thread' | 'process';
    readonly nofile?: number;
    readonly nproc?: number;
  };
}

export const configurations: readonly Configuration[] = parse(
  readFileSync(join(SAMPLES, 'record', 'configurations.yaml'), 'utf8'),
);

/** A recorded run, from its files to what is said of it. */
export async function analyseSample(name: string): Promise<RunAnalysis> {
  const [folder] = await discover([join(SAMPLES, 'runs', name)]);
  if (!folder) throw new Error(`${name}: no run`);
  return analyseFolder(folder);
}
