import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { OutputFile } from '../../../model/report.js';
import { chartCss } from '../../charts/theme.js';
import { TEMPLATES } from './templates.js';

const require = createRequire(import.meta.url);

/** A font's file and the characters that the report takes from it. */
interface Font {
  readonly family: string;
  readonly from: string;
  readonly name: string;
  readonly range: string;
}

/** Ranges as the font's makers cut it; a browser fetches a file only for characters that are on the page. */
const LATIN =
  'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const LATIN_EXT =
  'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF';

const SANS = { family: 'Noto Sans Variable', from: '@fontsource-variable/noto-sans' };
const MONO = { family: 'Noto Sans Mono Variable', from: '@fontsource-variable/noto-sans-mono' };

const FONTS: readonly Font[] = [
  { ...SANS, name: 'noto-sans-latin-ext-wght-normal.woff2', range: LATIN_EXT },
  { ...SANS, name: 'noto-sans-latin-wght-normal.woff2', range: LATIN },
  { ...MONO, name: 'noto-sans-mono-latin-ext-wght-normal.woff2', range: LATIN_EXT },
  { ...MONO, name: 'noto-sans-mono-latin-wght-normal.woff2', range: LATIN },
];

/** The basic letters alone. Within one file every byte is carried by every reader: others come from the reader's machine. */
const BASIC_FONTS = FONTS.filter(({ range }) => range === LATIN);

/** `U+0-FF,U+131` as the inside of a character class. */
const classOf = (range: string): string =>
  range.replace(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?,?/g, (_, first, last = first) => `\\u{${first}}-\\u{${last}}`);
/** A letter that only the larger files have. */
const BEYOND_BASIC = new RegExp(`(?![${classOf(LATIN)}])[${classOf(LATIN_EXT)}]`, 'u');

const bytesOf = ({ from, name }: Font): Buffer => readFileSync(require.resolve(`${from}/files/${name}`));

const face = ({ family, range }: Font, src: string): string =>
  `@font-face{font-family:'${family}';font-style:normal;font-weight:100 900;font-display:swap;src:url(${src}) format('woff2');unicode-range:${range}}\n`;

const styles = (name: string): string => readFileSync(join(TEMPLATES, 'styles', `${name}.css`), 'utf8');

/** The style sheet alone, for a page whose fonts are found elsewhere; the charts' part stands between screen and paper. */
export const plainStyles = (): string => styles('screen') + chartCss() + styles('scripted') + styles('print');

/** The style sheet and what it names, beside these pages. A font goes along where a page has a letter for it. */
export function siteAssets(pages: readonly string[]): readonly OutputFile[] {
  const fonts = pages.some((page) => BEYOND_BASIC.test(page)) ? FONTS : BASIC_FONTS;
  const faces = fonts.map((font) => face(font, `fonts/${font.name}`)).join('');
  return [
    { path: 'assets/report.css', content: faces + plainStyles() },
    ...fonts.map((font) => ({ path: `assets/fonts/${font.name}`, content: bytesOf(font) })),
  ];
}

/** The style sheet with its fonts in it, for a page that stands alone. */
export function inlineStyles(): string {
  const faces = BASIC_FONTS.map((font) => face(font, `data:font/woff2;base64,${bytesOf(font).toString('base64')}`));
  return faces.join('') + plainStyles();
}
