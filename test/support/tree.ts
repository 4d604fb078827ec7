import { readdir } from 'node:fs/promises';

/** All paths below a folder, sorted. */
export async function tree(dir: string): Promise<readonly string[]> {
  return (await readdir(dir, { recursive: true })).map((path) => path.replaceAll('\\', '/')).sort();
}
