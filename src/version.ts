import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the package. The build puts all code into one folder beside `src`, so that it is as far from there as from here. */
export const PACKAGE_ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Name and version of the program, as its package states them. */
export const generator: { readonly name: string; readonly version: string } = (() => {
  const { name, version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'));
  return { name, version };
})();
