import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/analyse/compare.js';
import type { OutputFile, ReportJob } from '../../src/model/report.js';
import { embeddedFonts } from '../../src/render/fonts.js';
import { html, renderPrintHtml } from '../../src/render/outputs/html.js';
import { json } from '../../src/render/outputs/json.js';
import { md } from '../../src/render/outputs/md.js';
import { BASE, FONTS, printDocument } from '../../src/render/pdf/print.js';
import { bareMachine, hasPackedBrowser } from '../support/browser.js';
import { analyseSample } from '../support/sample-runs.js';

// What a reader finds in the table of the pages, of the text and of the paper is what report.json states. Nothing is asked of the
// code that makes the tables: each number is taken out of the finished document and read again.

/** Errors at a limit, a full queue with requests turned away, a lower bound of what waits. */
const SAMPLES = ['flask-async-nproc-400', 'flask-processes-10', 'flask-single'];

/** The cells of a row as numbers: `= 10`, `20,008`, `29 of 210`. */
interface Row {
  readonly title: string;
  readonly max: string;
  readonly backlog: string;
  readonly quantiles: readonly number[];
  readonly failed: string;
}

interface JsonRun {
  readonly title: string;
  readonly requests: { readonly failed: number; readonly sent: number };
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly findings: {
    readonly maxConcurrency: { readonly value: number; readonly bound: string };
    readonly backlog: { readonly value: number; readonly bound: string };
  };
}

const SIGNS: Readonly<Record<string, string>> = { exact: '=', 'at-least': '≥', estimate: '≈' };
const number = (cell: string): number => Number(cell.replaceAll(',', ''));
const fileOf = (files: readonly OutputFile[], path: string): string =>
  String(files.find((file) => file.path === path)?.content);

/** Title, bounds, three quantiles and failures; where a bound stands in the row is all that the forms share. */
function rowOf(title: string, cells: readonly string[]): Row {
  return {
    title,
    max: cells[0]!,
    backlog: cells[1]!,
    quantiles: cells.slice(-4, -1).map(number),
    failed: cells.at(-1)!,
  };
}

const jsonRows = (text: string): Row[] =>
  (JSON.parse(text) as { runs: JsonRun[] }).runs.map(({ title, requests, latency, findings }) => {
    const bound = ({ value, bound: kind }: { value: number; bound: string }) => `${SIGNS[kind]} ${value}`;
    return {
      title,
      max: bound(findings.maxConcurrency),
      backlog: bound(findings.backlog),
      quantiles: [latency.p50, latency.p95, latency.p99].map(Math.round),
      failed: `${requests.failed} of ${requests.sent}`,
    };
  });

const plain = (text: string): string =>
  text
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&amp;', '&')
    .replaceAll('&nbsp;', ' ');

function htmlRows(page: string): Row[] {
  const body = /<tbody>([\s\S]*?)<\/tbody>/.exec(page)![1]!;
  return [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) => {
    const cells = [...row.matchAll(/<t[hd][^>]*>([\s\S]*?)<\/t[hd]>/g)].map(([, cell = '']) =>
      plain(cell.replace(/<[^>]*>/g, ''))
        .replace('†', '')
        .trim(),
    );
    return rowOf(cells[0]!, cells.slice(1));
  });
}

const markdownRows = (text: string): Row[] =>
  text
    .split('\n')
    .filter((line) => /^\| .*\| \d+ of \d+ \|$/.test(line))
    .map((line) => {
      const cells = line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.replaceAll('\\', '').replace('†', '').trim());
      return rowOf(cells[0]!, cells.slice(1));
    });

/** On paper a row is its title, and then what its cells say, broken as the columns need it. */
function paperRows(text: string, titles: readonly string[]): Row[] {
  const flat = text.replace(/\s+/g, ' ');
  const table = flat.slice(flat.indexOf('Server and configuration'));
  return titles.map((title) => {
    const start = table.search(new RegExp(`${title.replace(/[^\w ]/g, '\\$&').replaceAll(' ', ' ?')}(?= †| ?[=≥≈])`));
    const row = /([=≥≈] [\d,]+).*?([=≥≈] [\d,]+).*? ([\d,]+) ([\d,]+) ([\d,]+) (\d+ of \d+)/.exec(table.slice(start))!;
    return rowOf(title, row.slice(1));
  });
}

describe('the same numbers', { timeout: 180_000 }, () => {
  let job: ReportJob;
  let stated: readonly Row[];
  beforeAll(async () => {
    const runs = [];
    for (const name of SAMPLES) runs.push(await analyseSample(name));
    job = {
      analysed: { runs, comparison: compareRuns(runs) },
      options: { formats: ['html'], lang: 'en', paper: 'A4', singleFile: false, redact: false },
      generator: { name: 'concurrency-report', version: '1.2.3' },
    };
    stated = jsonRows(fileOf((await json.make(job)).files, 'report.json'));
  }, 60_000);

  it('are stated of each run', () => {
    expect(stated.map(({ failed }) => failed)).toContain('0 of 50');
    expect(new Set(stated.map(({ max }) => max)).size).toBe(SAMPLES.length);
    expect(stated.flatMap(({ quantiles }) => quantiles).every((ms) => ms > 0)).toBe(true);
  });

  it('stand on the page', async () => {
    expect(htmlRows(fileOf((await html.make(job)).files, 'index.html'))).toEqual(stated);
  });

  it('stand in Markdown', async () => {
    expect(markdownRows(fileOf((await md.make(job)).files, 'report.md'))).toEqual(stated);
  });

  it.skipIf(!hasPackedBrowser)('stand on paper', async () => {
    const fonts = await embeddedFonts(FONTS);
    const { html: document } = await renderPrintHtml(job, { faces: fonts.css, from: BASE });
    const bytes = await printDocument(document, fonts, job.options, bareMachine);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
    expect(
      paperRows(
        text[0]!,
        stated.map(({ title }) => title),
      ),
    ).toEqual(stated);
  });
});
