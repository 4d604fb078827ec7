import { readFile } from 'node:fs/promises';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import type { Paper } from '../../model/report.js';
import type { Machine } from '../browser/machine.js';
import { withBrowser } from '../browser.js';
import type { FontSet } from '../fonts.js';

/**
 * The address under which the browser sees the document and its fonts. Nothing is at it: the host's name can't exist
 * (RFC 6761), and every request is answered here. Links relative to it are told from others by it.
 */
export const BASE = 'https://report.invalid/';
/** Where the document's style sheet finds the fonts. */
export const FONTS = `${BASE}fonts/`;

/** Laying out and printing a hundred pages takes some seconds; a loaded machine may take long. */
const PRINT_LIMIT_MS = 120_000;

/** Prints a document; it may refer to nothing but `fonts` and `data:`. Its style sheet says the size of the page. */
export async function printDocument(
  html: string,
  fonts: FontSet,
  options: { readonly paper: Paper; readonly browser?: string },
  machine?: Machine,
): Promise<Uint8Array> {
  const print = async (browser: Browser) => {
    const page = await browser.newPage();
    await showDocument(page, html, fonts);
    return page.pdf({
      format: options.paper,
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
      waitForFonts: true,
      timeout: PRINT_LIMIT_MS,
    });
  };
  return withBrowser(options, print, machine);
}

/** Opens the document in a page without scripts, whose every request is answered here or refused. */
export async function showDocument(page: Page, html: string, fonts: FontSet): Promise<void> {
  page.setDefaultTimeout(PRINT_LIMIT_MS);
  await page.setJavaScriptEnabled(false);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    // A request whose page has been closed can't be answered any more, and need not be.
    answerFrom(request, html, fonts.files).catch(() => undefined);
  });
  await page.goto(BASE, { timeout: PRINT_LIMIT_MS });
}

async function answerFrom(request: HTTPRequest, document: string, fonts: ReadonlyMap<string, string>): Promise<void> {
  const url = request.url();
  if (url === BASE) return request.respond({ contentType: 'text/html; charset=utf-8', body: document });
  const font = url.startsWith(FONTS) ? fonts.get(url.slice(FONTS.length)) : undefined;
  if (font !== undefined) return request.respond({ contentType: 'font/woff2', body: await readFile(font) });
  return url.startsWith('data:') ? request.continue() : request.abort('blockedbyclient');
}
