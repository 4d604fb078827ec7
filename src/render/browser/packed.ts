import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Workplace } from './workplace.js';

/** Unpacking takes some two seconds; a slow disk may take ten times as long. */
const UNPACK_LIMIT_MS = 60_000;

/** Run by a Node of its own: the package takes its folder and its system from the environment, which here stays as it is. */
const UNPACK = `const { default: chromium } = await import(process.argv[1]);
process.stdout.write(await chromium.executablePath());`;

/** A browser that is ready to be started. */
export interface Executable {
  readonly path: string;
  /** What it needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Unpacks the browser of `@sparticuz/chromium` into the workplace. The package trusts whatever is called `chromium` in the
 * temporary folder, so that must be one which nobody else can write to. It brings the libraries that a bare Debian lacks,
 * but unpacks them only where it takes the system for Amazon's.
 */
export async function unpackBrowser(
  moduleUrl: string,
  place: Workplace,
  fontFolders: readonly string[],
): Promise<Executable> {
  const { folder } = place;
  const unpacking = execa(process.execPath, ['--input-type=module', '--eval', UNPACK, moduleUrl], {
    env: { TMPDIR: folder, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x', NODE_OPTIONS: '' },
    timeout: UNPACK_LIMIT_MS,
    stdin: 'ignore',
  });
  const kill = () => unpacking.kill('SIGKILL');
  place.occupy({
    kill,
    close: async () => {
      kill();
      await unpacking.catch(() => undefined);
    },
  });
  const { stdout } = await unpacking;
  const fonts = join(folder, 'fonts.conf');
  await writeFile(fonts, fontConfiguration(folder, fontFolders));
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    path: stdout,
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fonts, HOME: folder },
  };
}

/**
 * The package's own configuration looks for its one font where the package was meant to be unpacked. Without any font
 * Chromium prints blank pages, even where the document brings its fonts along. The system's serve for scripts that those lack.
 */
function fontConfiguration(folder: string, others: readonly string[]): string {
  const folders = [join(folder, 'fonts'), ...others];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((path) => `  <dir>${path}</dir>`).join('\n')}
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}
