import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/ingest/formats/index.js';
import { recognise } from '../../src/ingest/recognise.js';
import { InputFile } from '../../src/ingest/text/input-file.js';
import { contextOf } from '../support/context.js';
import { diceOf, mutated } from './mutate.js';
import { seeds } from './seeds.js';

/** `npm run fuzz` tries more, with other seeds. */
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 250);
const SEED = Number(process.env.FUZZ_SEED ?? 20260105);
/** Every so many inputs one is packed, and its packed bytes are cut. */
const PACKED_EVERY = 16;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fuzz-'));
});
afterAll(() => rm(dir, { recursive: true }));

/** Line ends of bytes that are plain text for certain; `undefined` where their encoding has a say. */
function physicalLines(bytes: Buffer): number | undefined {
  if (bytes.includes(0) || !bytes.includes(10) || bytes[0] === 0x1f || bytes[0] === 0xff || bytes[0] === 0xfe) return;
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
  return bytes.at(-1) === 10 ? lines : lines + 1;
}

/** Has every reader read the bytes; any of them may be asked for a file that it did not recognise. */
async function readByAll(bytes: Buffer): Promise<void> {
  const path = join(dir, 'input');
  await writeFile(path, bytes);
  const lines = physicalLines(bytes);
  recognise(await new InputFile(path, 'input', 0).head());
  for (const format of formats) {
    const context = { ...contextOf(), clientIds: () => new Set([1, 2, 3, 4, 5, 6, 7, 8, 9]) };
    const { source, samples, events } = await format.read(new InputFile(path, 'input', 0), context);
    expect([format.id, source.used + source.ignored + source.skipped]).toEqual([format.id, source.lines]);
    expect(Math.min(source.used, source.ignored, source.skipped)).toBeGreaterThanOrEqual(0);
    if (lines !== undefined) expect([format.id, source.lines]).toEqual([format.id, lines]);
    for (const line of [...(samples?.line ?? []), ...(events?.line ?? [])]) expect(line <= source.lines).toBe(true);
    const told = source.problems.find(({ line = 1 }) => line > Math.max(1, source.lines));
    expect([format.id, told, source.lines]).toEqual([format.id, undefined, source.lines]);
  }
}

describe('damaged files', () => {
  it(
    `leave every reader standing and its ledger in order (${INPUTS} inputs)`,
    async () => {
      const files = seeds();
      const dice = diceOf(SEED);
      let tried = 0;
      for (; tried < INPUTS; tried++) {
        let bytes = mutated(files, dice);
        if (tried % PACKED_EVERY === 0) {
          const packed = gzipSync(bytes);
          bytes = packed.subarray(0, packed.length - dice(packed.length));
        }
        await readByAll(bytes).catch((error: unknown) => {
          const what = error instanceof Error ? error : new Error(String(error));
          what.message = `input ${tried} of seed ${SEED}: ${what.message}`;
          throw what;
        });
      }
      if (process.env.FUZZ_INPUTS) console.log(`${tried} inputs tried, ${formats.length} readers each, seed ${SEED}`);
      expect(tried).toBe(INPUTS);
    },
    Math.max(120_000, INPUTS * 2_000),
  );
});
