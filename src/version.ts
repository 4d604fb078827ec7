import { readFileSync } from 'node:fs';

/** Name and version of the program, as its package states them. */
export const generator: { readonly name: string; readonly version: string } = (() => {
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return { name, version };
})();
