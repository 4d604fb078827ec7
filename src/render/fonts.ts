import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** First and last code point. */
type Range = readonly [number, number];

/** A font package, as a part of a family that reads in every script of it. */
interface Part {
  readonly package: string;
  /** Characters that are taken from it; all that it has where this is absent. */
  readonly only?: readonly Range[];
  /** It is one file for all of them. */
  readonly file?: string;
}

/** Korean syllables and letters; everything else of the Korean font is drawn as Chinese readers expect it by another. */
const HANGUL = [
  [0x1100, 0x11ff],
  [0x3130, 0x318f],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
] as const;
/** Arrows, operators and box-like signs: the text fonts lack ≥ and ≈, and the Chinese one draws them as wide as a character. */
const MATHS = [
  [0x2190, 0x23ff],
  [0x27c0, 0x2aff],
] as const;
/** For every family, whatever the shape of its Latin letters. */
const COMPANIONS: readonly Part[] = [
  { package: '@fontsource-variable/noto-sans-sc' },
  { package: '@fontsource-variable/noto-sans-kr', only: HANGUL },
  { package: '@fontsource/noto-sans-math', only: MATHS, file: 'noto-sans-math-latin-400-normal.woff2' },
];
const SANS: readonly Part[] = [...COMPANIONS, { package: '@fontsource-variable/noto-sans' }];
/** For one character, a later part goes before an earlier one. */
const FAMILIES: Readonly<Record<string, readonly Part[]>> = {
  'Noto Sans Variable': SANS,
  // The charts' own name for it; a font of that name on the machine would be taken else.
  'Noto Sans': SANS,
  'Noto Sans Mono Variable': [...COMPANIONS, { package: '@fontsource-variable/noto-sans-mono' }],
};

/** Fonts for a document. */
export interface FontSet {
  /** `@font-face` rules; their files lie under the given address. */
  readonly css: string;
  /** Paths of the files by the name that follows that address. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The embedded families, their files under `base`. The packages cut their fonts into hundreds of files, and each rule names
 * the characters of one, so that a browser asks only for those that the document needs. They are whole
 * families under the names that stand first in the style sheets, companions included: a font of the machine that stood before
 * one of them would keep the browser from asking for it.
 */
export async function embeddedFonts(base: string): Promise<FontSet> {
  const files = new Map<string, string>();
  const rules: string[] = [];
  for (const [family, parts] of Object.entries(FAMILIES)) {
    for (const part of parts) {
      for (const { name, path, ranges, weight } of await filesOf(part)) {
        files.set(name, path);
        rules.push(rule(family, base + name, weight, ranges));
      }
    }
  }
  return { css: rules.join('\n'), files };
}

interface FontFile {
  /** Unique among all packages. */
  readonly name: string;
  readonly path: string;
  readonly ranges: readonly Range[];
  /** As `font-weight` takes it: what the file has, so that the browser thickens what has no bold. */
  readonly weight: string;
}

const resolve = createRequire(import.meta.url).resolve;

/** The upright files of a package (https://fontsource.org: `unicode.json` says what each is for). */
async function filesOf({ package: name, only, file }: Part): Promise<readonly FontFile[]> {
  const index = resolve(`${name}/unicode.json`);
  if (file && only) return [{ name: file, path: join(dirname(index), 'files', file), ranges: only, weight: '400' }];
  const subsets = JSON.parse(await readFile(index, 'utf8')) as Record<string, string>;
  const short = name.slice(name.lastIndexOf('/') + 1);
  return Object.entries(subsets)
    .map(([subset, list]) => {
      const file = `${short}-${subset.replace(/[[\]]/g, '')}-wght-normal.woff2`;
      const ranges = rangesOf(list);
      return {
        name: file,
        path: join(dirname(index), 'files', file),
        ranges: only ? ranges.flatMap((range) => only.flatMap((other) => common(range, other))) : ranges,
        weight: '100 900',
      };
    })
    .filter(({ ranges }) => ranges.length > 0);
}

/** `U+20-22,U+27,U+4??` */
function rangesOf(list: string): Range[] {
  return list.split(',').map((item) => {
    const [first = '', last = first] = item.trim().replace(/^U\+/i, '').split('-');
    return [Number.parseInt(first.replaceAll('?', '0'), 16), Number.parseInt(last.replaceAll('?', 'F'), 16)];
  });
}

function common(a: Range, b: Range): Range[] {
  const first = Math.max(a[0], b[0]);
  const last = Math.min(a[1], b[1]);
  return first <= last ? [[first, last]] : [];
}

function rule(family: string, url: string, weight: string, ranges: readonly Range[]): string {
  const list = ranges.map(([first, last]) => `U+${first.toString(16)}-${last.toString(16)}`).join(',');
  return `@font-face{font-family:"${family}";font-weight:${weight};src:url("${url}") format("woff2");unicode-range:${list}}`;
}
