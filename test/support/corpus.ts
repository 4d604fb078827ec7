import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recognise } from '../../src/ingest/recognise.js';
import { InputFile } from '../../src/ingest/text/input-file.js';
import type { Reading } from '../../src/model/reading.js';
import { contextOf } from './context.js';

/** The collection of recordings from the wild; it stands beside the project and is not part of it. */
const corpus = join(import.meta.dirname, '../../../shared/corpus');

/** Whether the collection is there; tests that need it say when they are skipped. */
export const corpusFound = existsSync(corpus);

/** One of the collection's lists of counts. */
export function corpusList<T>(name: string): T {
  return JSON.parse(readFileSync(join(corpus, name), 'utf8')) as T;
}

/** Where a file of the collection lies. */
export function corpusPath(folder: string, name: string): string {
  return join(corpus, folder, name);
}

/** Recognises and reads a file as the program would; the reading is absent if nothing takes it. */
export async function readAny(
  path: string,
): Promise<{ format: string | undefined; refusedAs?: string; reading?: Reading }> {
  const file = new InputFile(path, path.slice(path.lastIndexOf('/') + 1), 0);
  const { format, refusedAs } = recognise(await file.head());
  if (!format) return { format: undefined, ...(refusedAs === undefined ? {} : { refusedAs }) };
  return { format: format.id, reading: await format.read(file, contextOf()) };
}
