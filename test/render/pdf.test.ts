import { extractLinks, extractText, getDocumentProxy, getMeta } from 'unpdf';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReportJob } from '../../src/model/report.js';
import { withBrowser } from '../../src/render/browser.js';
import { embeddedFonts } from '../../src/render/fonts.js';
import { renderPrintHtml } from '../../src/render/outputs/html.js';
import { pdf } from '../../src/render/outputs/pdf.js';
import { BASE, FONTS, printDocument, showDocument } from '../../src/render/pdf/print.js';
import { english } from '../../src/words/en.js';
import { bareMachine, hasPackedBrowser } from '../support/browser.js';
import { jobOf, pool } from '../support/report.js';

/** A sheet's width and height, points; Chromium rounds to its pixels. */
const SHEETS = { A4: [595, 842], Letter: [612, 792] } as const;

/** Prints as the output does, with the browser of the package whatever else is installed. */
async function printed(job: ReportJob): Promise<Uint8Array> {
  const fonts = await embeddedFonts(FONTS);
  const { html } = await renderPrintHtml(job, { faces: fonts.css, from: BASE });
  return printDocument(html, fonts, job.options, bareMachine);
}

/** Names of the fonts in a PDF, without the mark of a subset. */
const fontsOf = (bytes: Uint8Array): string[] =>
  Buffer.from(bytes)
    .toString('latin1')
    .split('/BaseFont /')
    .slice(1)
    .map((rest) => /^(?:[A-Z]{6}\+)?([\w-]+)/.exec(rest)![1]!);

/** Whether a piece of the file's syntax is in it; a whole file in a failed assertion helps nobody. */
const has = (bytes: Uint8Array, piece: string): boolean => Buffer.from(bytes).includes(piece, 0, 'latin1');

const textOf = async (bytes: Uint8Array): Promise<string[]> =>
  (await extractText(await getDocumentProxy(new Uint8Array(bytes)))).text;

describe.skipIf(!hasPackedBrowser)('report.pdf', { timeout: 180_000 }, () => {
  it.each(['A4', 'Letter'] as const)('is the report on %s, its pages numbered, its fonts embedded', async (paper) => {
    const job = await jobOf({ 'pool-2': pool(2), 'pool-3': pool(3, 700) }, { paper });
    const bytes = await printed(job);
    const document = await getDocumentProxy(new Uint8Array(bytes));
    const { text, totalPages } = await extractText(document);
    const page = await document.getPage(1);
    const [, , width, height] = page.view;
    expect([Math.round(width!), Math.round(height!)]).toEqual(SHEETS[paper]);
    expect(text[0]).toContain('Serves exactly 2 requests at once, on 2 threads that are used again');
    expect(text[0]).toContain(`1 of ${totalPages}`);
    expect(text.at(-1)).toContain(`${totalPages} of ${totalPages}`);
    expect(text.join(' ')).toMatch(/server\.log:\d+/);
    expect((await document.getMarkInfo())?.Marked).toBe(true);
    expect((await document.getOutline())?.[0]?.items.length).toBeGreaterThan(2);
    expect(has(bytes, '/Lang (en)')).toBe(true);
    expect(fontsOf(bytes)).toContain('NotoSans-Regular');
    expect(fontsOf(bytes).filter((name) => !name.startsWith('NotoSans'))).toEqual([]);
    expect(has(bytes, '/Subtype /Image')).toBe(false);
    expect(bytes.length).toBeLessThan(1_000_000);
  });

  it('says what it is and when it was recorded, and its links lead to what lies beside it', async () => {
    vi.stubEnv('PUPPETEER_EXECUTABLE_PATH', '');
    const job = await jobOf({ 'pool-2': pool(2) });
    const { files } = await pdf.make(job);
    const bytes = files[0]!.content as Uint8Array;
    expect(files[0]!.path).toBe('report.pdf');
    const document = await getDocumentProxy(new Uint8Array(bytes));
    const { info } = await getMeta(document);
    expect(info.Title).toBe('Concurrency of 1 recorded run');
    expect(info.CreationDate).toMatch(/^D:20230210093010/);
    expect(has(bytes, BASE)).toBe(false);
    expect(has(bytes, '/Dest /')).toBe(true);
    const { links } = await extractLinks(document);
    expect(links.filter((link) => link.includes('report.invalid'))).toEqual([]);
    vi.unstubAllEnvs();
  });

  it('is not written where the named browser is none, and says what to do', async () => {
    const job = await jobOf({ 'pool-2': pool(2) }, { browser: '/no/such/browser' });
    const error = await pdf.make(job).catch((reason: unknown) => reason);
    expect(english((error as { said: Parameters<typeof english>[0] }).said)).toMatch(
      /no\/such\/browser.*--browser PATH/,
    );
  });
});

describe.skipIf(!hasPackedBrowser)('text in Chinese, Japanese and Korean', { timeout: 180_000 }, () => {
  const TITLE = '中文服务器 テスト 서버 漢字';
  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = await printed(await jobOf({ cjk: pool(2, 1000, { 'run.yaml': `title: ${TITLE}\n` }) }));
  }, 180_000);

  it('can be read and searched', async () => {
    expect((await textOf(bytes)).join(' ').normalize('NFKC')).toContain(TITLE);
  });

  it('is set in the embedded fonts and no other', () => {
    expect(fontsOf(bytes).filter((name) => !name.startsWith('NotoSans'))).toEqual([]);
    expect(has(bytes, '/Subtype /Type3')).toBe(true);
  });

  it('shows each character as itself on a machine that has one Latin font', async () => {
    const characters = [...'中文服务器漢字国テストあ서버한글①≥≈→A', NO_CHARACTER];
    const boxes = characters.map((character) => `<div>${character}</div>`).join('');
    const fonts = await embeddedFonts(FONTS);
    const family = "'Noto Sans Variable','Noto Sans SC Variable',sans-serif";
    const style = `${fonts.css} body{margin:0} div{font:40px/60px ${family};width:60px;height:60px;overflow:hidden}`;
    const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><style>${style}</style></head><body>${boxes}</body></html>`;
    const pictures = await withBrowser(
      {},
      async (browser) => {
        const page = await browser.newPage();
        await showDocument(page, html, fonts);
        await page.evaluate('document.fonts.ready.then(() => true)');
        const shots: string[] = [];
        for (const box of await page.$$('div')) shots.push(await box.screenshot({ encoding: 'base64' }));
        return shots;
      },
      bareMachine,
    );
    const byPicture = new Map(pictures.map((picture, i) => [picture, characters[i]]));
    expect([...byPicture.values()]).toEqual([...new Set(characters)]);
  });
});

/** No font has a glyph for it: what it looks like is what a missing character looks like. */
const NO_CHARACTER = '\u{10fffd}';
