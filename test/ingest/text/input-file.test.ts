import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputFile, MAX_LINE_LENGTH } from '../../../src/ingest/text/input-file.js';

const BZIP2 = 'QlpoOTFBWSZTWacUK3cAAALBgAAQAgGEgCAAIYAMAjj1G4u5IpwoSFOKFbuA';

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

  it('reads gzip files of several members, and what bzip2 packed', async () => {
    const members = Buffer.concat([gzipSync('one\n'), gzipSync('two\nthree\n'), gzipSync('four')]);
    const { file, lines } = await read('members.gz', members);
    expect(lines.map(([, line]) => line)).toEqual(['one', 'two', 'three', 'four']);
    expect(file.problems).toEqual([]);
    // printf 'one\ntwo\n' | bzip2 | base64
    const packed = Buffer.from(BZIP2, 'base64');
    expect((await read('a.bz2', packed)).lines.map(([, line]) => line)).toEqual(['one', 'two']);
    expect((await read('two.bz2', Buffer.concat([packed, packed]))).lines).toHaveLength(4);
    const cut = await read('cut.bz2', packed.subarray(0, 30));
    expect(cut.file.problems.map(({ message }) => message.id)).toEqual(['problem.gzipCut']);
  });

  it('reads UTF-16 of either order, with and without a byte order mark', async () => {
    const little = (text: string) => Buffer.from(text, 'utf16le');
    const big = (text: string) => little(text).swap16();
    for (const bytes of [
      little('\ufeffgrün\nblau\n'),
      big('\ufeffgrün\r\nblau'),
      little('grün\nblau\n'),
      big('grün\nblau\n'),
    ]) {
      expect((await read('u', bytes)).lines).toEqual([
        [1, 'grün'],
        [2, 'blau'],
      ]);
    }
  });

  it('reads lines that end as old Macs ended them', async () => {
    const { file, lines } = await read('mac', 'one\rtwo\rthree\r');
    expect(lines.map(([, line]) => line)).toEqual(['one', 'two', 'three']);
    expect(file.lines).toBe(3);
  });

  it('does not open what is no file', async () => {
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    await expect(new InputFile(pipe, 'pipe', 0).head()).rejects.toMatchObject({ what: 'pipe' });
    await expect(new InputFile(dir, 'dir', 0).head()).rejects.toMatchObject({ what: 'directory' });
    await expect(new InputFile('/dev/zero', 'zero', 0).head()).rejects.toMatchObject({ what: 'device' });
  });

  it('knows other packed files by their first bytes', async () => {
    await writeFile(join(dir, 'x'), Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 1, 2]));
    expect((await new InputFile(join(dir, 'x'), 'x', 0).head()).packedAs).toBe('a file packed by xz: unpack it first');
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
