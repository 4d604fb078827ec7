import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareRuns } from '../../src/analyse/compare.js';
import { analyseFolder } from '../../src/build-run.js';
import { discover } from '../../src/ingest/discover.js';
import type { ReportJob, ReportOptions } from '../../src/model/report.js';

/** A recording as a test writes it: file names and their text. */
export type Recording = Readonly<Record<string, string>>;

/** The first request of every recording here is sent at this instant. */
export const BEGINNING = Date.UTC(2023, 1, 10, 9, 30, 0);

const stamp = (ms: number): string => new Date(BEGINNING + ms).toISOString().replace('T', ' ').replace('Z', '000');

/** A pool of `workers` threads that take `serviceMs` a request; 20 requests, one every 100 ms, wait for them and are served. */
export function pool(workers: number, serviceMs = 1000, more: Recording = {}): Recording {
  const free = Array.from({ length: workers }, () => 0);
  const lines: [number, string][] = [];
  const rows: [number, string][] = [];
  for (let id = 1; id <= 20; id++) {
    const sent = (id - 1) * 100;
    const slot = free.indexOf(Math.min(...free));
    const begin = Math.max(sent + 2, free[slot]! + 1);
    const end = begin + serviceMs;
    free[slot] = end;
    lines.push([
      begin,
      `${stamp(begin)} - pool-1-thread-${slot + 1}: #${id} processing request id[${id}], sleeping...`,
    ]);
    lines.push([end, `${stamp(end)} - pool-1-thread-${slot + 1}: done request id[${id}]`]);
    const elapsed = end + 2 - sent;
    rows.push([end, `${BEGINNING + sent},${elapsed},GET,200,OK,true,http://localhost:8080/?id=${id}`]);
  }
  const text = (list: [number, string][]): string =>
    list
      .sort((a, b) => a[0] - b[0])
      .map(([, line]) => `${line}\n`)
      .join('');
  return {
    'client.jtl': `timeStamp,elapsed,label,responseCode,responseMessage,success,URL\n${text(rows)}`,
    'server.log': text(lines),
    ...more,
  };
}

/** Writes recordings to folders, analyses them, and gives what a build would hand to its outputs. */
export async function jobOf(
  runs: Readonly<Record<string, Recording>>,
  options: Partial<ReportOptions> = {},
): Promise<ReportJob> {
  const root = await mkdtemp(join(tmpdir(), 'report-'));
  try {
    for (const [id, files] of Object.entries(runs)) {
      await mkdir(join(root, id));
      for (const [name, text] of Object.entries(files)) await writeFile(join(root, id, name), text);
    }
    const folders = await discover(Object.keys(runs).map((id) => join(root, id)));
    const analyses = [];
    for (const folder of folders) analyses.push(await analyseFolder(folder));
    return {
      analysed: { runs: analyses, comparison: compareRuns(analyses) },
      options: { formats: ['html'], lang: 'en', paper: 'A4', singleFile: false, redact: false, ...options },
      generator: { name: 'concurrency-report', version: '1.2.3' },
    };
  } finally {
    await rm(root, { recursive: true });
  }
}
