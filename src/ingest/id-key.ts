import type { Reading } from '../model/reading.js';
import type { QueryKey } from '../model/samples.js';
import type { InputFile } from './text/input-file.js';
import { findStamp } from './text/timestamps.js';

/** Values of a key that must stand in a log, … */
const LEAST = 5;
/** … and their share of all values of requests up to the last one that is found: the log's beginning is looked at only. */
const SHARE = 0.5;
/** What may be an id in a line. */
const WORD = /[A-Za-z0-9][A-Za-z0-9_-]{0,63}/g;

/**
 * The key of the client's queries that names its requests, where none has a usual name: its values stand in a log, more than those of others.
 *
 *     client   /cart?_=1795892118136&token=8ddf8780
 *     log      10:00:01 8ddf8780 accepted
 */
export async function idKeyOf(
  readings: readonly (Reading | undefined)[],
  others: readonly InputFile[],
): Promise<string | undefined> {
  const samples = readings.flatMap((reading) => (reading?.samples ? [reading.samples] : []));
  const keys = samples.flatMap(({ queryKeys }) => queryKeys ?? []);
  if (keys.length === 0 || samples.some(({ id }) => id.some((one) => !Number.isNaN(one)))) return undefined;
  const words = new Map<string, number>();
  for (const file of others) await addWords(file, words);
  const scored = keys.map(({ key, values }) => ({ key, lines: linesOf(values, words) }));
  const [best] = scored.filter(({ lines }) => lines > 0).sort((a, b) => b.lines - a.lines);
  return best?.key;
}

/** How often words stand in the file's first lines, their times left out. */
async function addWords(file: InputFile, words: Map<string, number>): Promise<void> {
  const { lines } = await file.head().catch(() => ({ lines: [] }));
  for (const line of lines) {
    const stamp = findStamp(line);
    const text = stamp ? `${line.slice(0, stamp.start)} ${line.slice(stamp.end)}` : line;
    for (const [word] of text.matchAll(WORD)) words.set(word, (words.get(word) ?? 0) + 1);
  }
}

/** Lines in which the key's values stand; 0 if too few of them do. */
function linesOf(values: QueryKey['values'], words: ReadonlyMap<string, number>): number {
  const found = values.flatMap((value, at) => (words.has(value) ? [at] : []));
  const upTo = (found.at(-1) ?? 0) + 1;
  if (found.length < LEAST || found.length < SHARE * upTo) return 0;
  return found.reduce((n, at) => n + words.get(values[at]!)!, 0);
}
