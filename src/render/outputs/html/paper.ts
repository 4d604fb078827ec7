import type { Paper } from '../../../model/report.js';
import { say } from '../../../words/ids.js';
import type { Voice } from '../../compose/voice.js';

const SIZES: Readonly<Record<Paper, string>> = { A4: 'A4', Letter: 'letter' };

/** Stand-ins for the numbers that the browser counts; no sentence has them. */
const PAGE = '\u0001';
const PAGES = '\u0002';

/** Size and margins of a sheet, and what stands in the margins: the report's title and the page's number. */
export function paperStyles(paper: Paper, title: string, voice: Voice): string {
  const number = voice.wording.text(say('page.number', { page: PAGE, pages: PAGES }));
  const furniture = `font:7.5pt 'Noto Sans Variable','Noto Sans SC Variable',sans-serif;color:#5b5b57`;
  return [
    `@page{size: ${SIZES[paper]};margin:18mm 18mm 20mm;`,
    `@top-left{content:${cssText(title)};${furniture};vertical-align:bottom;padding-bottom:4mm}`,
    `@bottom-right{content:${counted(number)};${furniture};vertical-align:top;padding-top:4mm}}`,
    '@page:first{@top-left{content:none}}\n',
  ].join('\n');
}

function counted(text: string): string {
  return text
    .split(new RegExp(`(${PAGE}|${PAGES})`))
    .filter((part) => part !== '')
    .map((part) => (part === PAGE ? 'counter(page)' : part === PAGES ? 'counter(pages)' : cssText(part)))
    .join(' ');
}

/** A string of CSS that neither ends early nor closes the element that holds the style sheet. */
function cssText(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} .,:;()·–-]/gu, (c) => `\\${c.codePointAt(0)!.toString(16)} `)}"`;
}
