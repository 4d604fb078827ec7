import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import type { OutputFile } from '../../src/model/report.js';
import { withBrowser } from '../../src/render/browser.js';
import { bareMachine } from './browser.js';

/** Builds the scripts of the pages; without them the pages are whole, but not what these tests are about. */
export async function buildPageScripts(): Promise<void> {
  await execa('npm', ['run', '--silent', 'build:page'], { cwd: join(import.meta.dirname, '../..') });
}

/** Writes a report to a folder of its own. */
export async function writtenReport(
  files: readonly OutputFile[],
): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'pages-test-'));
  for (const { path, content } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A browser that stays open until it is let go: the one of the package, whatever else is installed. */
export async function openBrowser(): Promise<{ browser: Browser; close(): Promise<void> }> {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return new Promise((resolve, reject) => {
    const done = withBrowser(
      {},
      async (browser) => {
        resolve({
          browser,
          close: () => {
            letGo();
            return done;
          },
        });
        await held;
      },
      bareMachine,
    );
    done.catch(reject);
  });
}

/** A page of a report as opened from disk, and all that it did which it should not. */
export interface Visit {
  readonly page: Page;
  /** Addresses asked for. */
  readonly requests: readonly string[];
  /** Errors, failed loads, violations of the page's policy. */
  readonly troubles: readonly string[];
}

export async function visit(
  browser: Browser,
  path: string,
  { width = 1280, dark = false, scripts = true }: { width?: number; dark?: boolean; scripts?: boolean } = {},
): Promise<Visit> {
  const page = await browser.newPage();
  const requests: string[] = [];
  const troubles: string[] = [];
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  await page.setJavaScriptEnabled(scripts);
  page.on('request', (request: HTTPRequest) => requests.push(request.url()));
  page.on('requestfailed', (request) => troubles.push(`failed: ${request.url()}`));
  page.on('pageerror', (error) => troubles.push(`error: ${String(error)}`));
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(`console: ${message.text()}`);
  });
  await page.goto(pathToFileURL(path).href);
  return { page, requests, troubles };
}
