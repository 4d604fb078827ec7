import type { ReadStream } from 'node:fs';
import { constants, createGunzip } from 'node:zlib';
import unbzip2 from 'unbzip2-stream';

/** How a file's bytes are packed; `other` with the name of what this program does not unpack. */
export type Container =
  | { readonly kind: 'plain' | 'gzip' | 'bzip2' }
  | { readonly kind: 'other'; readonly name: string };

/** Packed files and other binary ones, by the bytes that they begin with. */
const MAGIC: readonly (readonly [readonly number[], string])[] = [
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'a file packed by xz: unpack it first'],
  [[0x28, 0xb5, 0x2f, 0xfd], 'a file packed by zstd: unpack it first'],
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive: unpack it first'],
  [[0x37, 0x7a, 0xbc, 0xaf], 'a 7-Zip archive: unpack it first'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture (PNG)'],
  [[0xff, 0xd8, 0xff], 'a picture (JPEG)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program (ELF)'],
  [[0xd4, 0xc3, 0xb2, 0xa1], 'a packet capture (pcap)'],
  [[0x0a, 0x0d, 0x0d, 0x0a], 'a packet capture (pcapng)'],
];
/** Bytes of a file that tell its container. */
export const MAGIC_BYTES = 5;
const CHUNK_BYTES = 65_536;
/** A bzip2 file is unpacked block by block; so much may come of one piece of it before it is handed on. */
const MAX_BURST = 256 * 1024 * 1024;

export function containerOf(first: Buffer): Container {
  if (first[0] === 0x1f && first[1] === 0x8b) return { kind: 'gzip' };
  if (first.subarray(0, 3).toString('latin1') === 'BZh') return { kind: 'bzip2' };
  const other = MAGIC.find(([bytes]) => bytes.every((byte, i) => first[i] === byte));
  return other ? { kind: 'other', name: other[1] } : { kind: 'plain' };
}

/** The packed data are damaged or end too early; what came before has been handed on. */
export class PackedDataError extends Error {}

/** The unpacked bytes of a file. @throws PackedDataError after the last good byte; I/O errors. */
export async function* unpacked(raw: ReadStream, container: Container): AsyncGenerator<Buffer> {
  if (container.kind === 'gzip') yield* gunzip(raw);
  else if (container.kind === 'bzip2') yield* bunzip(raw);
  else yield* raw as AsyncIterable<Buffer>;
}

/** zlib reads files of several members; a stream that is cut is flushed, and its missing end told. */
async function* gunzip(raw: ReadStream): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH });
  const tail = new Tail(8);
  let size = 0;
  raw.on('data', (bytes) => tail.push(bytes as Buffer));
  raw.on('error', (error) => stream.destroy(error));
  try {
    for await (const bytes of raw.pipe(stream) as AsyncIterable<Buffer>) {
      size += bytes.length;
      yield bytes;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw typeof code === 'string' && code.startsWith('Z_') ? new PackedDataError((error as Error).message) : error;
  } finally {
    stream.destroy();
  }
  // The last four bytes are the size of the last member: of the only one, as a rule.
  const stated = tail.bytes.length === 8 ? tail.bytes.readUInt32LE(4) : -1;
  if (stated !== size % 2 ** 32 && stated > size) throw new PackedDataError('unexpected end of file');
}

/** The last bytes of a stream. */
class Tail {
  bytes: Buffer = Buffer.alloc(0);

  constructor(readonly length: number) {}

  push(bytes: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, bytes.subarray(-this.length)]).subarray(-this.length);
  }
}

async function* bunzip(raw: ReadStream): AsyncGenerator<Buffer> {
  const decoder = unbzip2();
  let ready: Buffer[] = [];
  let burst = 0;
  let failed: Error | undefined;
  decoder.on('data', (bytes: Buffer) => {
    burst += bytes.length;
    // Thrown into the decoder, which stops.
    if (burst > MAX_BURST) throw new Error('it unpacks to too much');
    ready.push(bytes);
  });
  decoder.on('error', (error: Error) => {
    failed ??= error;
  });
  for await (const bytes of raw as AsyncIterable<Buffer>) {
    for (let at = 0; at < bytes.length && !failed; at += CHUNK_BYTES) {
      decoder.write(bytes.subarray(at, at + CHUNK_BYTES));
      yield* ready;
      ready = [];
      burst = 0;
    }
  }
  if (!failed) decoder.end();
  yield* ready;
  if (failed) throw new PackedDataError(failed.message);
}
