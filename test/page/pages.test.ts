/// <reference lib="dom" />
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { html } from '../../src/render/outputs/html.js';
import { hasPackedBrowser } from '../support/browser.js';
import { buildPageScripts, openBrowser, visit, writtenReport } from '../support/pages.js';
import { jobOf, pool } from '../support/report.js';

/** Widths of a phone, a laptop and a wide screen, px. */
const WIDTHS = [390, 1280, 1920];
const PAGES = ['index.html', 'runs/pool-2/index.html'];

let browser: Browser;
let closeBrowser: () => Promise<void>;
let folder: string;
let remove: () => Promise<void>;

/** Reasons, one a line, for which axe finds a page hard to use. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: element }) => element.slice(0, 200)).join(' | ')}`);
}

beforeAll(async () => {
  if (!hasPackedBrowser) return;
  await buildPageScripts();
  const job = await jobOf({ 'pool-2': pool(2), 'pool 3': pool(3, 700), 'pool-10': pool(10) });
  const json = { path: 'report.json', content: '{}' };
  const runs = job.analysed.runs.map(({ id }) => ({ path: `runs/${id.replace(' ', '-')}/run.json`, content: '{}' }));
  ({ folder, remove } = await writtenReport([...(await html.make(job)).files, json, ...runs]));
  ({ browser, close: closeBrowser } = await openBrowser());
}, 180_000);
afterAll(async () => {
  await closeBrowser?.();
  await remove?.();
});

describe.skipIf(!hasPackedBrowser)('the pages in a browser', { timeout: 180_000 }, () => {
  describe.each(PAGES)('%s', (path) => {
    it('asks for nothing but its own files, and its policy has nothing to complain of', async () => {
      const { page, requests, troubles } = await visit(browser, join(folder, path));
      expect(troubles).toEqual([]);
      expect(requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
      expect(requests.some((url) => url.endsWith('page.js'))).toBe(true);
      await page.close();
    });

    it.each(WIDTHS)('fits a window of %i px, and axe finds no violation, light and dark', async (width) => {
      for (const dark of [false, true]) {
        const { page } = await visit(browser, join(folder, path), { width, dark });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(await violations(page)).toEqual([]);
        await page.close();
      }
    });

    it('is whole without scripts', async () => {
      const { page, troubles } = await visit(browser, join(folder, path), { scripts: false });
      expect(troubles).toEqual([]);
      expect(await page.$$('button')).toHaveLength(0);
      expect(await page.$$('.drawing svg')).not.toHaveLength(0);
      await page.close();
    });

    it('can be walked through by keyboard', async () => {
      const { page } = await visit(browser, join(folder, path));
      const count = await page.$$eval(
        'a[href], button, summary, [tabindex="0"]',
        (all) => all.filter((one) => (one as HTMLElement).checkVisibility()).length,
      );
      const reached = new Set<string>();
      for (let i = 0; i < count + 5; i++) {
        await page.keyboard.press('Tab');
        reached.add(
          await page.evaluate(() => {
            const all = [...document.querySelectorAll('*')];
            return String(all.indexOf(document.activeElement!));
          }),
        );
      }
      expect(reached.size).toBeGreaterThanOrEqual(count);
      await page.close();
    });
  });

  it('sorts the comparison by keyboard, and says so', async () => {
    const { page } = await visit(browser, join(folder, 'index.html'));
    const column = () =>
      page.$$eval('.comparison tbody tr td:nth-child(2)', (cells) => cells.map((cell) => cell.dataset.sortBy));
    const heading = '.comparison thead th:nth-child(2)';
    expect(await column()).toEqual(['2', '3', '10']);
    await page.focus(`${heading} button`);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await column()).toEqual(['10', '3', '2']);
    expect(await page.$eval(heading, (th) => th.getAttribute('aria-sort'))).toBe('descending');
    await page.keyboard.press('Space');
    expect(await column()).toEqual(['2', '3', '10']);
    await page.close();
  });
});

/** What a server may find in its log, or a tester may call a run. */
const HOSTILE = `</script><script>canary = 1</script><img src=x onerror="canary=1"><svg onload=canary=1>'"\u2028`;

describe.skipIf(!hasPackedBrowser)('a recording that would like to be a program', { timeout: 180_000 }, () => {
  it.each([false, true])('stays text, in one file: %s', async (singleFile) => {
    const hostile = pool(2, 1000, {
      'run.yaml': `title: ${JSON.stringify(HOSTILE)}\nserver: ${JSON.stringify(HOSTILE)}\n`,
    });
    const log = hostile['server.log']!.replaceAll('pool-1-thread-1', `pool<script>canary=1</script>-thread-1`);
    const job = await jobOf({ hostile: { ...hostile, 'server.log': log + HOSTILE } }, { singleFile });
    const report = await writtenReport((await html.make(job)).files);
    const pages = singleFile ? ['index.html'] : ['index.html', 'runs/hostile/index.html'];
    for (const path of pages) {
      const { page, requests } = await visit(browser, join(report.folder, path));
      const button = await page.$('.explore-start button');
      await button?.click();
      if (path !== 'index.html' || singleFile) await page.waitForSelector('.explore svg');
      expect(await page.evaluate(() => 'canary' in globalThis)).toBe(false);
      expect(await page.$eval('body', (body) => body.textContent)).toContain('onerror="canary=1"');
      expect(requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
      await page.close();
    }
    await report.remove();
  });
});

describe.skipIf(!hasPackedBrowser)('a chart that is explored', { timeout: 180_000 }, () => {
  const told = (page: Page) => page.$$eval('.explore output', (outputs) => outputs.map((one) => one.textContent));
  /** All that is written in the chart; labels that come back may come in another order. */
  const axis = (page: Page) =>
    page.$$eval('.explore-plot text', (texts) =>
      texts
        .map((one) => one.textContent)
        .sort()
        .join(),
    );

  it.each([
    ['a page of a site', false],
    ['the one file', true],
  ])('is drawn on %s, opened from disk, under its policy', async (_, singleFile) => {
    const job = await jobOf({ 'pool-2': pool(2) }, { singleFile });
    const report = await writtenReport((await html.make(job)).files);
    const path = join(report.folder, singleFile ? 'index.html' : 'runs/pool-2/index.html');
    const { page, troubles, requests } = await visit(browser, path);
    expect(requests.filter((url) => url.endsWith('explore.js'))).toEqual([]);
    await page.click('.explore-start button');
    await page.waitForSelector('.explore svg');
    const figures = await page.$$eval('figure[data-interactive]', (all) => all.length);
    expect(figures).toBeGreaterThan(0);
    expect(await page.$$('.explore svg')).toHaveLength(figures);
    expect(troubles).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.close();
    await report.remove();
  });

  it('moves in time by key, together with the others, and tells what it points at', async () => {
    const { page, troubles } = await visit(browser, join(folder, 'runs/pool-2/index.html'));
    await page.click('.explore-start button');
    await page.waitForSelector('.explore svg');
    const whole = await axis(page);
    await page.focus('.explore');
    await page.keyboard.press('ArrowLeft');
    const all = await told(page);
    expect(all[0]).toMatch(/^\d+\.\d{3} s · .*In service 2/i);
    expect(new Set(all.map((text) => text!.split(' · ')[0])).size).toBe(1);
    await page.keyboard.press('+');
    const closer = await axis(page);
    expect(closer).not.toBe(whole);
    await page.keyboard.press('0');
    expect(await axis(page)).toBe(whole);
    await page.keyboard.press('Escape');
    expect((await told(page)).join('')).toBe('');
    expect(troubles).toEqual([]);
    await page.close();
  });

  it('moves in time by pointer, and leaves the wheel to the page', async () => {
    const { page, troubles } = await visit(browser, join(folder, 'runs/pool-2/index.html'));
    await page.click('.explore-start button');
    const svg = await page.waitForSelector('.explore svg');
    await svg!.scrollIntoView();
    const { x, y, width, height } = (await svg!.boundingBox())!;
    const whole = await axis(page);
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.waitForFunction(() => document.querySelector('.explore output')?.textContent?.includes(' s'));
    await page.mouse.wheel({ deltaY: 100 });
    expect(await axis(page)).toBe(whole);
    await page.keyboard.down('Control');
    await page.mouse.wheel({ deltaY: -400 });
    await page.keyboard.up('Control');
    await expect.poll(() => axis(page)).not.toBe(whole);
    await page.click('.explore-tools button:last-child');
    expect(await axis(page)).toBe(whole);
    expect(troubles).toEqual([]);
    await page.close();
  });
});
