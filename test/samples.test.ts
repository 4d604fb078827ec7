import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RunAnalysis } from '../src/model/run-analysis.js';
import { english } from '../src/words/en.js';
import { analyseSample, type Configuration, configurations, SAMPLES, sampleNames } from './support/sample-runs.js';

// What was found in each recording against what its server was told to do. Nothing here comes from an earlier result: the numbers are
// those of samples/record/configurations.yaml and the rules below, which are the kernel's, Werkzeug's, asgiref's and uWSGI's.

/** The listen backlog that the server asks for. */
const LISTEN_BACKLOG = { Flask: 128, uWSGI: 100 };
/** Linux lets one more in than was asked for, and another one when two handshakes race. */
const BACKLOG_EXCESS = { least: 1, most: 2 };
/** What a request costs besides its connection: an async view has a thread for its executor and an event loop of three descriptors. */
const ASYNC_VIEW = { threads: 2, descriptors: 4 };
/** A repository with recordings stays small. */
const MOST_BYTES_PER_RUN = 2_000_000;

interface Expected {
  /** The most requests that can be in service. */
  readonly capacity: number;
  /** The most that can wait in the kernel; undefined: nobody was turned away for that. */
  readonly backlog: { readonly least: number; readonly most: number };
  readonly reuse: { readonly pattern: string; readonly unit: string; readonly workers?: number };
}

function expectedOf({ command, server, configured }: Configuration, descriptorsAtStart: number): Expected {
  const { threads, processes, perRequest, nofile = Infinity, nproc = Infinity } = configured;
  const isAsync = /--view (async|awaiting)/.test(command);
  const cost = isAsync ? ASYNC_VIEW : { threads: 1, descriptors: 1 };
  // The process itself is a thread already.
  const byThreads = Math.floor((nproc - 1) / cost.threads);
  const byDescriptors = Math.floor((nofile - descriptorsAtStart) / cost.descriptors);
  const listen = LISTEN_BACKLOG[server];
  return {
    capacity: threads ?? processes ?? Math.min(byThreads, byDescriptors),
    backlog: { least: listen + BACKLOG_EXCESS.least, most: listen + BACKLOG_EXCESS.most },
    reuse: perRequest
      ? { pattern: 'per-request', unit: perRequest }
      : processes === 1
        ? { pattern: 'single', unit: 'process', workers: 1 }
        : { pattern: 'reused', unit: 'thread', ...(threads === undefined ? {} : { workers: threads }) },
  };
}

it('there is a recording of each configuration, and nothing else', () => {
  expect(sampleNames).toEqual(configurations.map(({ name }) => name).sort());
});

describe.each(configurations)('$name', (configuration) => {
  const { name, load, jtl, snapshots, configured } = configuration;
  const folder = join(SAMPLES, 'runs', name);
  let run: RunAnalysis;
  let expected: Expected;

  beforeAll(async () => {
    run = await analyseSample(name);
    const { recorded } = parse(readFileSync(join(folder, 'run.yaml'), 'utf8'));
    expected = expectedOf(configuration, recorded.descriptorsAtStart);
  });

  it('was recorded as configured, and every line of it is understood', () => {
    expect(run.title).toBe(configuration.title);
    const files = run.sources.map(({ path }) => path);
    expect(files).toContain(jtl.gzip ? 'client.jtl.gz' : 'client.jtl');
    expect(files).toContain('server.log');
    const client = run.sources.find(({ kind }) => kind === 'client-samples');
    expect(client?.format).toBe(`jtl-${jtl.format}`);
    if (jtl.format === 'csv') expect(client?.variant.header).toBe(jtl.header ? 'yes' : 'no');
    const shots = files.filter((path) => path.startsWith('snapshots'));
    expect(shots.length > 1).toBe(snapshots.separate === true);
    expect(shots.every((path) => path.endsWith('.gz') === (snapshots.gzip === true))).toBe(true);
    expect(run.sources.filter(({ kind }) => kind === 'unrecognised').map(({ path }) => path)).toEqual([]);
    expect(run.sources.flatMap(({ problems }) => problems.map(({ message }) => english(message)))).toEqual([]);
  });

  it('is small, and names no machine, user or workplace', () => {
    const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
    const files = paths.filter((path) => statSync(path).isFile());
    expect(files.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(MOST_BYTES_PER_RUN);
    for (const path of files) {
      const text = textOf(path);
      expect(text).not.toMatch(/\/(home|root|Users|work)\//);
      // uWSGI's banner has the machine's name; the recordings were made under another.
      expect(/^nodename: (.*)$/m.exec(text)?.[1] ?? 'sample').toBe('sample');
    }
  });

  it('counts every request', () => {
    expect(run.requests.sent).toBe(load.crowd + load.late);
    expect(run.clock.timezoneOffsetMinutes).toBe(offsetOf(configuration.zone));
  });

  it('finds the max concurrency', () => {
    const { maxConcurrency } = run.findings;
    const reached = load.crowd > expected.capacity;
    expect(maxConcurrency).toMatchObject({
      value: reached ? expected.capacity : load.crowd,
      bound: reached ? 'exact' : 'at-least',
      confidence: 'high',
    });
  });

  it('finds the backlog', () => {
    const { backlog } = run.findings;
    const beyond = load.crowd - expected.capacity;
    const { least, most } = expected.backlog;
    if (configured.nproc !== undefined || beyond <= 0) {
      // Whoever comes is served or turned away at once: what waits is what a snapshot catches between two steps.
      expect(backlog.bound).not.toBe('exact');
    } else if (configuration.server === 'uWSGI') {
      // The router accepts at once. Behind it stands the accept queue of the inner port: once that is full, the rest waits in the router.
      expect(backlog).toMatchObject({ bound: 'at-least', where: beyond > most ? 'both' : 'server' });
      if (beyond > most) expect(backlog.kernel).toBeGreaterThanOrEqual(least);
      expect(backlog.kernel).toBeLessThanOrEqual(most);
      expect(backlog.value).toBeLessThanOrEqual(beyond);
    } else if (beyond > most) {
      expect(backlog).toMatchObject({ bound: 'exact', confidence: 'high', where: 'kernel' });
      expect(backlog.value).toBeGreaterThanOrEqual(least);
      expect(backlog.value).toBeLessThanOrEqual(most);
    } else {
      expect(backlog).toMatchObject({ bound: 'at-least', where: 'kernel' });
      expect(backlog.value).toBeLessThanOrEqual(beyond);
    }
  });

  it('finds whether workers are used again', () => {
    const { reuse } = run.findings;
    expect(reuse).toMatchObject({ ...expected.reuse, bound: 'exact', confidence: 'high' });
    if (configured.perRequest) expect(reuse.workers).toBe(run.requests.started);
  });

  it('finds what became of the requests beyond', () => {
    const { overload } = run.findings;
    const beyond = load.crowd - expected.capacity;
    const turnedAway = configuration.server === 'Flask' && beyond > expected.backlog.most;
    const outcome = configured.nproc
      ? 'server-error'
      : turnedAway
        ? 'connect-timeout'
        : beyond > 0
          ? 'queued'
          : 'none-observed';
    expect(overload).toMatchObject({ outcome, bound: 'exact', confidence: 'high' });
  });

  it('names the limits that were set, and no others', () => {
    const surely = run.findings.causes.filter(({ confidence }) => confidence === 'high').map(({ limit }) => limit);
    const reached = load.crowd > expected.capacity;
    if (!reached) expect(run.findings.causes).toEqual([]);
    else if (configured.nproc) expect(surely).toContain('nproc');
    else if (configured.nofile) expect(surely).toContain('nofile');
    else if (configured.threads) expect(surely).toContain('workers');
    if (run.findings.backlog.bound === 'exact') expect(surely).toContain('listen-backlog');
  });
});

function textOf(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Minutes east of UTC in November, when all recordings were made. */
function offsetOf(zone = 'UTC'): number {
  const offsets: Record<string, number> = { UTC: 0, 'Europe/Berlin': 60, 'Asia/Kolkata': 330 };
  return offsets[zone] ?? Number.NaN;
}
