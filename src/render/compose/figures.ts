import type { Figure } from '../../model/report.js';
import { say } from '../../words/ids.js';
import type { Links } from './links.js';
import { type Trusted, trusted } from './trusted.js';
import { visible, visibleLine } from './visible.js';
import type { Voice } from './voice.js';

/** Rows of a chart's data that a page shows; the CSV has them all. */
const ROWS_SHOWN = 40;

export interface FigureView {
  readonly id: string;
  readonly title: string;
  readonly hasCaption: boolean;
  readonly caption: string;
  readonly summary: string;
  readonly svg: Trusted;
  /** The same for a phone; the style sheet shows one of the two. */
  readonly hasNarrow: boolean;
  readonly svgNarrow: Trusted;
  readonly interactive: boolean;
  readonly onPaper: boolean;
  readonly dataTitle: string;
  readonly svgHref: string;
  readonly svgName: string;
  readonly svgTitle: string;
  readonly csvHref: string;
  readonly csvName: string;
  readonly csvTitle: string;
  readonly columns: readonly { readonly title: string; readonly numeric: boolean }[];
  readonly rows: readonly { readonly cells: readonly { readonly text: string; readonly numeric: boolean }[] }[];
  readonly isPart: boolean;
  readonly part: string;
}

/** A chart as a page shows it: the drawing, what it shows in words, its data in part, and where to save both. */
export function figureView(figure: Figure, voice: Voice, links: Links): FigureView {
  const { table } = figure;
  const title = visibleLine(figure.title);
  const id = links.anchor(figure.id);
  const saved = savedAs(figure, links);
  return {
    id,
    title,
    hasCaption: figure.caption !== undefined,
    caption: visibleLine(figure.caption ?? ''),
    summary: visibleLine(figure.summary),
    svg: trusted(visible(figure.svg)),
    hasNarrow: links.form !== 'print',
    svgNarrow: trusted(links.form === 'print' ? '' : visible(figure.svgNarrow)),
    interactive: figure.interactive !== undefined && links.form !== 'print',
    onPaper: links.form === 'print',
    dataTitle: voice.say(say('page.figure.data', { title })),
    ...saved,
    svgTitle: voice.say(say('page.figure.svg', { title })),
    csvTitle: voice.say(say('page.figure.csv', { title })),
    columns: table.columns.map(({ title, unit, numeric }) => ({
      title: unit === undefined ? visibleLine(title) : voice.say(say('page.unit', { title, unit })),
      numeric,
    })),
    rows: table.rows.slice(0, ROWS_SHOWN).map((row) => ({
      cells: row.map((cell, i) => ({
        text: typeof cell === 'number' ? voice.wording.number(cell, 3) : visibleLine(cell),
        numeric: table.columns[i]?.numeric ?? false,
      })),
    })),
    isPart: table.rows.length > ROWS_SHOWN,
    part: voice.say(say('page.figure.part', { shown: ROWS_SHOWN, of: table.rows.length })),
  };
}

/** Beside the page that shows it; within the address itself where there is one file only. */
function savedAs(figure: Figure, { form }: Links): Pick<FigureView, 'svgHref' | 'svgName' | 'csvHref' | 'csvName'> {
  const names = { svgName: `${figure.id}.svg`, csvName: `${figure.id}.csv` };
  if (form === 'site') {
    return { ...names, svgHref: `figures/${figure.id}.svg`, csvHref: `figures/${figure.id}.csv` };
  }
  if (form === 'print') return { ...names, svgHref: '', csvHref: '' };
  return {
    ...names,
    svgHref: `data:image/svg+xml,${inAddress(visible(figure.svg))}`,
    csvHref: `data:text/csv;charset=utf-8,${inAddress(csvOf(figure))}`,
  };
}

/** Text within a `data:` address: only what would end it or be escaped by a template at greater length is encoded. */
const inAddress = (text: string): string => text.replace(/[^\w!$()*+,./:;?@~-]/gu, (c) => encodeURIComponent(c));

/** A spreadsheet would take text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** All data of a chart, RFC 4180. */
export function csvOf({ table }: Figure): string {
  const field = (value: string | number): string => {
    if (typeof value === 'number') return String(value);
    const text = visible(value);
    const safe = FORMULA.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const head = table.columns.map(({ title, unit }) => (unit === undefined ? title : `${title} (${unit})`));
  return [head, ...table.rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}
