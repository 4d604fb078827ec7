import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What a file of a recorded run holds. */
type Source = 'client' | 'log' | 'snapshots' | 'run-file';

/** What is left of a file's lines; nothing at all if the file is taken away. */
export type Damage = (lines: readonly string[], source: Source) => readonly string[] | undefined;

const without =
  (gone: Source): Damage =>
  (lines, source) =>
    source === gone ? undefined : lines;

const only =
  (hit: Source, cut: (lines: readonly string[]) => readonly string[]): Damage =>
  (lines, source) =>
    source === hit ? cut(lines) : lines;

/** XML has several lines to a sample: what is left out of it would leave halves of two that make one. */
const rowsOf = (lines: readonly string[], keep: (row: number) => boolean) =>
  lines[0]?.startsWith('<') ? lines : lines.filter((_, i) => i === 0 || keep(i));

/** What befalls recordings: a source that was not recorded, lines that were lost, files that begin late or break off, another system's line ends. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  'without the client’s record': without('client'),
  'without the log': without('log'),
  'without snapshots': without('snapshots'),
  'with a fifth of the log’s lines lost': only('log', (lines) => lines.filter((_, i) => i % 5 !== 3)),
  'with a log that begins late': only('log', (lines) => lines.slice(Math.floor(0.3 * lines.length))),
  'with a log that breaks off': only('log', (lines) => lines.slice(0, Math.floor(0.6 * lines.length))),
  'with a fifth of the client’s rows lost': only('client', (lines) => rowsOf(lines, (i) => i % 5 !== 3)),
  'with a client’s record that begins late': only('client', (lines) => rowsOf(lines, (i) => i > 0.3 * lines.length)),
  'with a client’s last row cut in two': only('client', (lines) => {
    const rows = lines.filter((line) => line !== '');
    return [...rows.slice(0, -1), rows.at(-1)!.slice(0, rows.at(-1)!.length >> 1)];
  }),
  'with lines that end in CR LF': (lines) => lines.map((line) => (line === '' ? line : `${line}\r`)),
};

/** Writes a copy of a run's folder with such a damage; packed files are unpacked. */
export async function damagedCopy(from: string, to: string, damage: Damage): Promise<void> {
  const files = await readdir(from, { recursive: true, withFileTypes: true });
  for (const file of files.filter((one) => one.isFile())) {
    const path = join(file.parentPath, file.name);
    const name = path.slice(from.length + 1);
    const bytes = await readFile(path);
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const left = damage(text.split('\n'), sourceOf(name));
    if (!left) continue;
    const copy = join(to, name.replace(/\.gz$/, ''));
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, left.join('\n'));
  }
}

function sourceOf(name: string): Source {
  if (name.includes('.jtl')) return 'client';
  if (name.startsWith('snapshots')) return 'snapshots';
  return name === 'run.yaml' ? 'run-file' : 'log';
}
