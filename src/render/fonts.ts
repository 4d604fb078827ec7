import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** First and last code point. */
type Range = readonly [number, number];

/** A font package, as a part of a family. */
interface Part {
  readonly package: string;
  /** Characters that are taken from it; all that it has where this is absent. */
  readonly only?: readonly Range[];
  /** It is one file for all of them. */
  readonly file?: string;
}

interface Family {
  readonly names: readonly string[];
  /** As `font-weight` takes it. */
  readonly weights: readonly string[];
  /** For one character, a later part goes before an earlier one. */
  readonly parts: readonly Part[];
}

/** Arrows, operators, technical signs: the text fonts lack ≥ and ≈, and the Chinese one draws them as wide as a character. */
const MATHS: Part = {
  package: '@fontsource/noto-sans-math',
  only: [
    [0x2190, 0x23ff],
    [0x27c0, 0x2aff],
  ],
  file: 'noto-sans-math-latin-400-normal.woff2',
};
/** Korean syllables and letters; everything else of the Korean font is drawn as Chinese readers expect it by another. */
const KOREAN: Part = {
  package: '@fontsource-variable/noto-sans-kr',
  only: [
    [0x1100, 0x11ff],
    [0x3130, 0x318f],
    [0xa960, 0xa97f],
    [0xac00, 0xd7ff],
  ],
};
/** A PDF holds a font of one weight as a font; a variable one becomes drawings of its letters, which viewers space badly. */
const WEIGHTS = ['400', '600', '700'];

/** Under the names that stand first in the style sheets. */
const FAMILIES: readonly Family[] = [
  {
    names: ['Noto Sans Variable', 'Noto Sans'],
    weights: WEIGHTS,
    parts: [MATHS, { package: '@fontsource/noto-sans' }],
  },
  {
    names: ['Noto Sans Mono Variable', 'Noto Sans Mono'],
    weights: WEIGHTS,
    parts: [MATHS, { package: '@fontsource/noto-sans-mono' }],
  },
  {
    names: ['Noto Sans SC Variable'],
    weights: ['100 900'],
    parts: [{ package: '@fontsource-variable/noto-sans-sc' }, KOREAN],
  },
];

/** Fonts for a document. */
export interface FontSet {
  /** `@font-face` rules; their files lie under the given address. */
  readonly css: string;
  /** Paths of the files by the name that follows that address. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The embedded families, their files under `base`. The packages cut their fonts into hundreds of files, and each rule names
 * the characters of one, so that a browser asks only for those that the document needs. A font of the machine that stood
 * before these would keep it from asking.
 */
export async function embeddedFonts(base: string): Promise<FontSet> {
  const files = new Map<string, string>();
  const rules: string[] = [];
  for (const { names, weights, parts } of FAMILIES) {
    for (const part of parts) {
      for (const weight of weights) {
        for (const { name, path, ranges } of await filesOf(part, weight)) {
          files.set(name, path);
          for (const family of names) rules.push(rule(family, weight, base + name, ranges));
        }
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
}

const resolve = createRequire(import.meta.url).resolve;

/** The upright files of a package (https://fontsource.org: `unicode.json` says what each is for). */
async function filesOf({ package: from, only, file }: Part, weight: string): Promise<readonly FontFile[]> {
  const index = resolve(`${from}/unicode.json`);
  const at = (name: string) => ({ name, path: join(dirname(index), 'files', name) });
  if (file && only) return [{ ...at(file), ranges: only }];
  const subsets = JSON.parse(await readFile(index, 'utf8')) as Record<string, string>;
  const short = from.slice(from.lastIndexOf('/') + 1);
  // A variable font has one file for all weights.
  const cut = weight.includes(' ') ? 'wght' : weight;
  return Object.entries(subsets)
    .map(([subset, list]) => {
      const ranges = rangesOf(list);
      return {
        ...at(`${short}-${subset.replace(/[[\]]/g, '')}-${cut}-normal.woff2`),
        ranges: only ? ranges.flatMap((range) => only.flatMap((other) => common(range, other))) : ranges,
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

/** A browser takes one character after another only from faces of the same weight: each part is named for every one. */
function rule(family: string, weight: string, url: string, ranges: readonly Range[]): string {
  const list = ranges.map(([first, last]) => `U+${first.toString(16)}-${last.toString(16)}`).join(',');
  return `@font-face{font-family:"${family}";font-weight:${weight};src:url("${url}") format("woff2");unicode-range:${list}}`;
}
