import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The list of what a build wrote, so that the next one knows what it may remove. */
export const MANIFEST = 'manifest.json';
/** A manifest is a list of paths; one beyond this was not written by this program, bytes. */
const MAX_MANIFEST_BYTES = 16 * 1024 * 1024;

interface Manifest {
  readonly generator: string;
  readonly files: readonly string[];
}

export function manifestText(generator: string, files: Iterable<string>): string {
  const manifest: Manifest = { generator, files: [...files].sort() };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/**
 * What the manifest in `root` lists, as far as it can be trusted: a path that leads out of the folder is left out.
 * `undefined` where there is no manifest of this program.
 */
export async function readManifest(root: string, generator: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const text = await readFile(join(root, MANIFEST), 'utf8');
    if (text.length > MAX_MANIFEST_BYTES) return undefined;
    const { generator: by, files } = JSON.parse(text) as Partial<Manifest>;
    if (by !== generator || !Array.isArray(files)) return undefined;
    return new Set(files.filter(isInside));
  } catch {
    return undefined;
  }
}

/** Whether a path names something inside the folder that it is relative to, on every system. */
export function isInside(path: unknown): path is string {
  if (typeof path !== 'string' || path === '' || /[\\:\0]/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}
