import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputFile, MAX_LINE_LENGTH } from '../../../src/ingest/text/input-file.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'input-file-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function read(name: string, content: string | Uint8Array) {
  await writeFile(join(dir, name), content);
  const file = new InputFile(join(dir, name), name, 0);
  const lines: [number, string][] = [];
  await file.eachLine((line, number) => lines.push([number, line]));
  return { file, lines };
}

describe('an input file', () => {
  it('numbers physical lines from 1, with or without a last line end', async () => {
    const { file, lines } = await read('a', 'one\r\ntwo\n\nfour');
    expect(lines).toEqual([
      [1, 'one'],
      [2, 'two'],
      [3, ''],
      [4, 'four'],
    ]);
    expect(file.lines).toBe(4);
    expect((await read('b', 'one\n')).file.lines).toBe(1);
    expect((await read('c', '')).file.lines).toBe(0);
  });

  it('hashes the bytes on disk and reads what gzip packed', async () => {
    const packed = gzipSync('one\ntwo\n');
    const { file, lines } = await read('a.gz', packed);
    expect(lines.map(([, line]) => line)).toEqual(['one', 'two']);
    expect(file.sha256).toBe(createHash('sha256').update(packed).digest('hex'));
  });

  it('keeps what came before the cut of a gzip file', async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `line ${i * 7919}`).join('\n');
    const packed = gzipSync(text);
    const { file, lines } = await read('cut.gz', packed.subarray(0, packed.length / 2));
    expect(lines.length).toBeGreaterThan(1000);
    expect(lines[0]).toEqual([1, 'line 0']);
    expect(file.problems.map(({ message }) => message.id)).toEqual(['problem.gzipCut']);
  });

  it('reads UTF-16 with and without a byte order mark', async () => {
    const marked = Buffer.from('\ufeffgrün\nblau\n', 'utf16le');
    expect((await read('m', marked)).lines).toEqual([
      [1, 'grün'],
      [2, 'blau'],
    ]);
    expect((await read('u', Buffer.from('one\ntwo\n', 'utf16le'))).lines.length).toBe(2);
  });

  it('does not stop at bytes that are no UTF-8', async () => {
    const { lines } = await read('x', Buffer.from([0x61, 0xff, 0x62, 0x0a, 0x63]));
    expect(lines).toEqual([
      [1, 'a\ufffdb'],
      [2, 'c'],
    ]);
  });

  it('cuts a line without end and goes on after it', async () => {
    const { file, lines } = await read('long', `${'x'.repeat(MAX_LINE_LENGTH * 3)}\nnext\n`);
    expect(lines.map(([number, line]) => [number, line.length])).toEqual([
      [1, MAX_LINE_LENGTH],
      [2, 4],
    ]);
    expect(file.problems).toHaveLength(1);
    expect(file.problems[0]?.line).toBe(1);
  });
});
