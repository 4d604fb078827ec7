import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OutputFile, ReportJob } from '../../src/model/report.js';
import { html, renderPrintHtml } from '../../src/render/outputs/html.js';
import { jobOf, pool } from '../support/report.js';

let job: ReportJob;
let site: readonly OutputFile[];

beforeAll(async () => {
  job = await jobOf({ 'pool-2': pool(2), 'pool 3': pool(3, 700) });
  site = (await html.make(job)).files;
});

const textOf = (files: readonly OutputFile[], path: string): string =>
  String(files.find((file) => file.path === path)?.content);
const pagesOf = (files: readonly OutputFile[]): readonly OutputFile[] =>
  files.filter(({ path }) => path.endsWith('.html'));
const attributes = (page: string, name: string): string[] =>
  [...page.matchAll(new RegExp(`<[^>]*\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value);

describe('the site', () => {
  it('has a page for the comparison and one per run, at a path that an address can hold', () => {
    expect(pagesOf(site).map(({ path }) => path)).toEqual([
      'index.html',
      'runs/pool-2/index.html',
      'runs/pool-3/index.html',
    ]);
  });

  it('lists every input with its hash, and folds many that are alike', async () => {
    const looks = Array.from({ length: 12 }, (_, n) => n + 10);
    const look = (s: number) => `2023-02-10 09:30:${s}\ntcp 0 0 127.0.0.1:8080 127.0.0.1:50000 ESTABLISHED\n`;
    const snapshots = Object.fromEntries(looks.map((s) => [`look-${s}.txt`, look(s)]));
    const many = await jobOf({ many: pool(2, 1000, snapshots) });
    const index = textOf((await html.make(many)).files, 'index.html');
    const listed = [...index.matchAll(/<code class="hash">([0-9a-f]{64})</g)].map(([, hash]) => hash);
    expect(listed).toEqual(many.analysed.runs[0]!.sources.map(({ sha256 }) => sha256));
    expect(index.match(/<summary>look-10.txt … look-21.txt \(12 files\)/g)).toHaveLength(1);
  });

  it('says when it was recorded, what made it, and each run in one sentence', () => {
    const index = textOf(site, 'index.html');
    expect(index).toContain('Recorded 2023-02-10 09:30:00 to 09:30:10 UTC');
    expect(index).toContain('concurrency-report 1.2.3');
    expect(index).toContain('Serves exactly 2 requests at once, on 2 threads that are used again');
    expect(index).toContain('Serves exactly 3 requests at once, on 3 threads that are used again');
  });

  it('shows bound and value in the table', () => {
    expect(textOf(site, 'index.html')).toContain('<span class="value">&#x3D; 2</span>');
  });

  it('quotes the recorded line with its place and marks what decides', () => {
    const run = textOf(site, 'runs/pool-2/index.html');
    expect(run).toMatch(/<code class="place">server\.log:\d+<\/code>/);
    expect(run).toContain('<mark>processing request id[');
  });

  it('links only to what is there', () => {
    const paths = new Set([
      ...site.map(({ path }) => path),
      'report.json',
      'runs/pool-2/run.json',
      'runs/pool-3/run.json',
    ]);
    for (const { path, content } of pagesOf(site)) {
      const page = String(content);
      for (const address of [...attributes(page, 'href'), ...attributes(page, 'src')]) {
        if (address.startsWith('data:')) continue;
        const [file = '', anchor] = address.split('#');
        const target = file === '' ? path : posix.join(posix.dirname(path), file);
        expect(paths, `${path} → ${address}`).toContain(target);
        if (anchor !== undefined)
          expect(attributes(textOf(site, target), 'id'), `${path} → ${address}`).toContain(anchor);
      }
    }
  });

  it('has no link that leaves it, and its style sheet loads nothing from elsewhere', () => {
    for (const { path, content } of site) {
      if (!/\.(html|css)$/.test(path)) continue;
      const loaded = [...String(content).matchAll(/(?:href|src)="([^"]*)"|url\(([^)]*)\)/g)].map(
        ([, a, b]) => a ?? b ?? '',
      );
      for (const address of loaded) expect(address, path).not.toMatch(/^(?:https?:)?\/\//);
    }
  });

  it('has no script or style within a page, and says so in its policy', () => {
    for (const { content } of pagesOf(site)) {
      const page = String(content);
      expect(page).not.toMatch(/<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/i);
      expect(page).toContain('content="default-src &#x27;none&#x27;; script-src &#x27;self&#x27;');
    }
  });

  it('brings the larger fonts along only where a page has a letter for them', async () => {
    const fontsOf = (files: readonly OutputFile[]) => files.filter(({ path }) => path.endsWith('.woff2')).length;
    expect(fontsOf(site)).toBe(2);
    const polish = await jobOf({ lodz: pool(2, 1000, { 'run.yaml': 'title: Łódź\n' }) });
    expect(fontsOf((await html.make(polish)).files)).toBe(4);
  });

  it('has ids once on each page', () => {
    for (const { content, path } of pagesOf(site)) {
      const ids = attributes(String(content), 'id');
      expect(ids.length, path).toBe(new Set(ids).size);
    }
  });

  it('gives a preview its title and description', () => {
    const run = textOf(site, 'runs/pool-2/index.html');
    expect(run).toContain('<meta property="og:title" content="pool-2 · Concurrency of 2 recorded runs">');
    expect(run).toMatch(/<meta property="og:description" content="Serves exactly 2 requests/);
  });

  it('is the same bytes when it is made again', async () => {
    const again = (await html.make(job)).files;
    expect(again.map(({ path }) => path)).toEqual(site.map(({ path }) => path));
    for (const [i, file] of again.entries())
      expect(Buffer.from(file.content).equals(Buffer.from(site[i]!.content)), file.path).toBe(true);
  });
});

describe('one file', () => {
  it('holds everything, and its policy states the hashes of what it holds', async () => {
    const { files } = await html.make({ ...job, options: { ...job.options, singleFile: true } });
    expect(files.map(({ path }) => path)).toEqual(['index.html']);
    const page = textOf(files, 'index.html');
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '';
    expect(page).toContain(`sha256-${createHash('sha256').update(style).digest('base64')}`.replaceAll('=', '&#x3D;'));
    expect(attributes(page, 'src')).toEqual([]);
    const ids = attributes(page, 'id');
    expect(ids.length).toBe(new Set(ids).size);
    for (const address of attributes(page, 'href')) {
      if (!address.startsWith('data:')) expect(ids).toContain(address.slice(1));
    }
  });
});

describe('the document for paper', () => {
  it('has nothing folded, and every quote again in its context', async () => {
    const { html: page } = await renderPrintHtml(job);
    expect(page).not.toMatch(/<details|<script/);
    const notes = attributes(page, 'id').filter((id) => id.includes('--note-'));
    const quotes = attributes(page, 'id').filter((id) => id.includes('--evidence-'));
    expect(quotes.length).toBeGreaterThan(4);
    expect(notes.length).toBe(quotes.length);
  });

  it('is cut to the paper that was asked for', async () => {
    expect((await renderPrintHtml(job)).html).toContain('size: A4');
    const letter = await renderPrintHtml({ ...job, options: { ...job.options, paper: 'Letter' } });
    expect(letter.html).toContain('size: letter');
  });
});

describe('templates', () => {
  it('put nothing into a page unescaped and decide nothing', () => {
    const root = new URL('../../templates/', import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.hbs'));
    expect(files.length).toBeGreaterThan(10);
    for (const name of files) {
      const text = readFileSync(new URL(name, root), 'utf8');
      expect(text, name).not.toMatch(/\{\{\{|\{\{&/);
      const tested = [...text.matchAll(/\{\{#(?:if|unless) ([^}]+)\}\}/g)].map(([, what = '']) => what);
      for (const what of tested) expect(what, name).toMatch(/^[\w./]+$/);
    }
  });
});
