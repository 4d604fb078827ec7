import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Format, RunContext } from '../../src/ingest/formats/format.js';
import { InputFile } from '../../src/ingest/text/input-file.js';
import { RequestIdFinder } from '../../src/ingest/text/request-id.js';
import type { Reading } from '../../src/model/reading.js';
import { RequestIds } from '../../src/model/request-ids.js';
import type { RunFile } from '../../src/model/run-file.js';

/** What a reader knows of a run of which nothing is known but, perhaps, a run.yaml. */
export function contextOf(runFile: RunFile = {}): RunContext {
  return { runFile, ids: new RequestIds(), requestId: new RequestIdFinder(), ports: new Set() };
}

/** Reads a file that lies on disk. */
export function readFileWith(format: Format, path: string, context = contextOf()): Promise<Reading> {
  return format.read(new InputFile(path, path.slice(path.lastIndexOf('/') + 1), 0), context);
}

/** Reads text as if it were a file of that name. */
export async function readWith(
  format: Format,
  content: string | Uint8Array,
  { name = 'file', runFile = {} as RunFile, context = contextOf(runFile) } = {},
): Promise<Reading> {
  const dir = await mkdtemp(join(tmpdir(), 'reader-'));
  try {
    await writeFile(join(dir, name), content);
    return await readFileWith(format, join(dir, name), context);
  } finally {
    await rm(dir, { recursive: true });
  }
}
