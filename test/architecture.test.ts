import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SRC = fileURLToPath(new URL('../src/', import.meta.url));

/** What a file imports: statically, dynamically, as a type, or from a worker. */
const IMPORTS =
  /(?:^|[\s;])(?:import|export)\s+(?:type\s+)?(?:[\w*{][^'"`;]*?\s+from\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;
/** Comments hold examples. */
const COMMENTS = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;

interface Room {
  /** Files of the room, as paths below `src` begin. */
  readonly files: RegExp;
  /** What they may import: paths below `src`, `node:…` and packages. The room's own files are always allowed if `own`. */
  readonly may: RegExp;
}

/** The import table of src/README.md; the first room that fits a file holds. */
const ROOMS: readonly Room[] = [
  { files: /^model\//, may: /^model\// },
  { files: /^words\/ids/, may: /^(model\/|words\/ids)/ },
  { files: /^words\//, may: /^(model\/|words\/)/ },
  { files: /^errors\.ts$/, may: /^model\// },
  { files: /^version\.ts$/, may: /^node:(fs|path|url)$/ },
  {
    files: /^ingest\/text\//,
    may: /^(model\/|words\/|ingest\/text\/|ingest\/formats\/format\.ts$|node:|unbzip2-stream$)/,
  },
  { files: /^ingest\/logs\//, may: /^(model\/|words\/ids|ingest\/text\/|ingest\/logs\/)/ },
  { files: /^ingest\/commands\//, may: /^(model\/|words\/ids|ingest\/text\/|ingest\/commands\/)/ },
  {
    files: /^ingest\/formats\//,
    may: /^(model\/|words\/|errors\.ts$|ingest\/(text|formats|logs|commands)\/|ingest\/[\w-]+\.ts$|papaparse$|saxes$|yaml$|re2js$)/,
  },
  { files: /^ingest\//, may: /^(model\/|words\/|errors\.ts$|ingest\/|node:|re2js$)/ },
  { files: /^analyse\//, may: /^(model\/|words\/|analyse\/)/ },
  { files: /^render\/charts\//, may: /^(model\/|words\/|render\/(charts\/|quantity|text|draw)|vega-lite)/ },
  {
    files: /^render\//,
    may: /^(model\/|words\/|errors\.ts$|version\.ts$|ingest\/request-id-pattern\.ts$|render\/|node:|[a-z@])/,
  },
  { files: /^record\//, may: /^(model\/|words\/|errors\.ts$|record\/|node:|execa$|yaml$)/ },
  { files: /^page\//, may: /^(page\/|model\/|vega)/ },
];

/** Packages that are loaded only where they are needed. */
const HEAVY = /^(vega|vega-lite|vega-interpreter|handlebars|puppeteer|puppeteer-core|@sparticuz\/chromium|execa)$/;
const STARTS_FAST = ['cli.ts', 'inspect.ts'];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .sort();

interface Import {
  /** Below `src`, or as it stands for packages and `node:`. */
  readonly to: string;
  readonly lazy: boolean;
  readonly typeOnly: boolean;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SRC, file), 'utf8').replace(COMMENTS, '');
  return [...text.matchAll(IMPORTS)].map(([whole, fixed, lazy]) => {
    const name = fixed ?? lazy!;
    const to = name.startsWith('.')
      ? posix.join(dirname(file).replaceAll('\\', '/'), name).replace(/\.js$/, '.ts')
      : name;
    return { to, lazy: lazy !== undefined, typeOnly: /(?:import|export)\s+type\s/.test(whole) };
  });
}

test('the lexer sees every kind of import', () => {
  const text = `import 'a';\nimport type { X } from "b";\nimport c, { type D } from './c.js';\nexport * from 'd';\nexport {\n  e,\n} from 'e';\nconst f = () => import('f');\nimport * as g from 'g';`;
  const found = [...text.matchAll(IMPORTS)].map((match) => match[1] ?? match[2]);
  expect(found).toEqual(['a', 'b', './c.js', 'd', 'e', 'f', 'g']);
});

test('every room imports only what the table lets it', () => {
  const wrong = files.flatMap((file) => {
    const room = ROOMS.find(({ files: own }) => own.test(file));
    if (!room) return [];
    return importsOf(file).flatMap(({ to }) => (room.may.test(to) ? [] : [`${file} imports ${to}`]));
  });
  expect(wrong).toEqual([]);
});

test('every file stands in a room, or at the top', () => {
  const strays = files.filter((file) => file.includes('/') && !ROOMS.some(({ files: own }) => own.test(file)));
  expect(strays.filter((file) => !file.startsWith('cli/'))).toEqual([]);
});

test('formats do not know each other', () => {
  const formats = files.filter(
    (file) => /^ingest\/formats\/[\w-]+\.ts$/.test(file) && !/\/(index|format)\.ts$/.test(file),
  );
  const wrong = formats.flatMap((file) =>
    importsOf(file).flatMap(({ to }) => (formats.includes(to) && to !== file ? [`${file} imports ${to}`] : [])),
  );
  expect(wrong).toEqual([]);
});

test('what must start fast loads nothing heavy', () => {
  for (const start of STARTS_FAST) {
    const seen = new Set<string>();
    const queue = [start];
    while (queue.length > 0) {
      const file = queue.pop()!;
      if (seen.has(file)) continue;
      seen.add(file);
      for (const { to, lazy, typeOnly } of files.includes(file) ? importsOf(file) : []) {
        if (lazy || typeOnly) continue;
        expect(HEAVY.test(to) ? `${file} imports ${to}` : '', `from ${start}`).toBe('');
        queue.push(to);
      }
    }
  }
});

test('a registry is an ordered array and nothing else', () => {
  for (const file of files.filter((path) =>
    /\/(formats|logs|commands|series|inferences|charts|outputs)\/index\.ts$/.test(path),
  )) {
    const text = readFileSync(join(SRC, file), 'utf8').replace(COMMENTS, '');
    expect(text.match(/\bfunction\b|\bclass\b|\bif\b/g) ?? [], file).toEqual([]);
  }
});
