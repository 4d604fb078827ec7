import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { inFolder, poolRun, writeFiles } from '../support/run-folder.js';
import { runMain } from '../support/run-main.js';

const schema = JSON.parse(await readFile(new URL('../../src/model/report.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

/** Builds `report.json` of runs that are given as files. */
async function reportOf(runs: Record<string, Record<string, string | Uint8Array>>, ...options: string[]) {
  return inFolder(async (dir) => {
    for (const [id, files] of Object.entries(runs)) await writeFiles(join(dir, 'runs', id), files);
    const out = join(dir, 'out');
    const ran = await runMain([
      'build',
      ...Object.keys(runs).map((id) => join(dir, 'runs', id)),
      ...['--format', 'json', '-o', out],
      ...options,
    ]);
    expect(ran.status, ran.err).toBe(0);
    const text = await readFile(join(out, 'report.json'), 'utf8');
    return { text, report: JSON.parse(text) };
  });
}

const valid = (report: unknown) => {
  expect(validate(report), JSON.stringify(validate.errors?.slice(0, 5), null, 1)).toBe(true);
};

test('a run with all findings is valid to the letter of the schema', async () => {
  const { report } = await reportOf({ pool: poolRun(), small: poolRun({ requests: 3 }) });
  valid(report);
  const [run] = report.runs;
  expect(Object.keys(report)).toEqual(['schemaVersion', 'title', 'generator', 'runs', 'comparison']);
  expect(Object.keys(run)).toEqual(['id', 'title', 'setup', 'sources', 'clock', 'requests', 'latency', 'findings']);
  expect(run).toMatchObject({ id: 'pool', title: 'A pool of 4', setup: { server: 'threads', port: 8080 } });
  expect(run.clock).toMatchObject({ timezoneOffsetMinutes: 330, method: 'causality', matched: 40 });
  expect(run.requests).toMatchObject({ sent: 40, succeeded: 40, failed: 0, started: 40, finished: 40 });
  expect(run.findings.maxConcurrency).toMatchObject({ value: 4, bound: 'exact' });
  expect(run.findings.reuse).toMatchObject({ pattern: 'reused', workers: 4 });
  expect(report.comparison.rows.map((row: { run: string }) => row.run)).toEqual(['pool', 'small']);
  expect(report.comparison.rows[0].maxConcurrency).toMatchObject({ text: '= 4', bound: 'exact' });
});

test('evidence is quoted as it stands in the file', async () => {
  const files = poolRun();
  const { report } = await reportOf({ pool: files });
  const evidence = report.runs[0].findings.maxConcurrency.evidence as { source: string; line: number; text: string }[];
  expect(evidence.length).toBeGreaterThan(0);
  for (const { source, line, text } of evidence) expect(text).toBe(files[source]!.split('\n')[line - 1]);
});

test('a source accounts for every line, and what is absent is left out', async () => {
  const { report } = await reportOf({
    odd: { 'client.jtl': `${poolRun()['client.jtl']}not a row\n`, 'notes.bin': 'unlike anything\n' },
  });
  valid(report);
  const [client, notes] = report.runs[0].sources;
  expect(client).toMatchObject({ lines: 42, used: 41, ignored: 0, skipped: 1, problemCount: 1 });
  expect(client.problems[0]).toMatchObject({ line: 42, text: 'not a row' });
  expect(client.from).toBe('2026-03-01T09:00:00.000Z');
  expect(notes).toMatchObject({ kind: 'unrecognised', lines: 1, ignored: 1, problemCount: 1 });
  expect(notes).not.toHaveProperty('from');
  expect(report.runs[0].requests).not.toHaveProperty('started');
  expect(JSON.stringify(report)).not.toMatch(/:null|NaN|Infinity/);
});

test('times that no calendar has are left out, not fatal', async () => {
  const jtl = 'timeStamp,elapsed,label,success\n8640000000000001,5,a,true\n99999999999999999999,5,b,true\n';
  const { report } = await reportOf({ odd: { 'client.jtl': jtl } });
  valid(report);
});

test('a server log alone and snapshots alone are valid too', async () => {
  const snapshot = [
    '2026-03-01T09:00:01Z',
    'State    Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
    'LISTEN   3      128          0.0.0.0:8080      0.0.0.0:*    users:(("python3",pid=7,fd=3))',
    'ESTAB    0      0          127.0.0.1:8080    127.0.0.1:40000 users:(("python3",pid=7,fd=4))',
    '',
  ].join('\n');
  const { report } = await reportOf({ log: { 'server.log': poolRun()['server.log']! }, ss: { 'ss.txt': snapshot } });
  valid(report);
  expect(report.runs[1].sources[0]).toMatchObject({ kind: 'socket-snapshots', counts: { snapshots: 1 } });
});

test('a report is English whatever language is asked for, and the title can be given', async () => {
  const runs = { pool: poolRun() };
  const english = await reportOf(runs);
  const other = await reportOf(runs, '--lang', 'zh-CN');
  expect(other.text).toBe(english.text);
  const titled = await reportOf(runs, '--title', 'Mine <b>');
  expect(titled.report.title).toBe('Mine <b>');
});

test('the schema refuses what the contract does not know', () => {
  expect(validate({ schemaVersion: 1 })).toBe(false);
  expect(
    validate({ schemaVersion: 1, title: '', generator: { name: '', version: '' }, runs: [], comparison: { rows: [] } }),
  ).toBe(false);
});
