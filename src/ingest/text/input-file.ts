import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Message } from '../../model/message.js';
import { say } from '../../words/ids.js';
import type { Head } from '../formats/format.js';
import { type Container, containerOf, MAGIC_BYTES, PackedDataError, unpacked } from './containers.js';
import { Decoding } from './decoding.js';

/** Longest line that is kept, in UTF-16 units; the rest of a longer one is dropped and said. */
export const MAX_LINE_LENGTH = 1_048_576;
/** How much of a file its recognition sees. */
const HEAD_LENGTH = 65_536;
/** Larger buffers get fresh pages from the system each time, which costs more than the reading itself. */
const CHUNK_BYTES = 65_536;
/** A packed file that grows beyond both is taken for a bomb: recordings compress 20 to 100 times, gzip's limit is 1,032. */
const BOMB_BYTES = 512 * 1024 * 1024;
const BOMB_RATIO = 250;

/** Whole lines of a file: `text` has no partial line but for one that was cut at `MAX_LINE_LENGTH`. */
export interface Block {
  readonly text: string;
  /** Number of the first line of `text`, from 1. */
  readonly firstLine: number;
}

/** A problem of the file as a whole or of one line, found while its bytes were read. */
export interface ReadProblem {
  readonly line?: number;
  readonly message: Message;
}

/** One input file: streams its text, decompressed and decoded, and knows its lines and hash once it has been read. */
export class InputFile {
  /** Relative to the run folder, with `/`. */
  readonly path: string;
  readonly absolute: string;
  /** Number of the file among the run's sources. */
  readonly index: number;
  #sha256: string | undefined;
  #lines = 0;
  #bytes = 0;
  #problems: ReadProblem[] = [];
  #container: Container = { kind: 'plain' };

  constructor(absolute: string, path: string, index: number) {
    this.absolute = absolute;
    this.path = path;
    this.index = index;
  }

  /** File name without folders. */
  get name(): string {
    return this.path.slice(this.path.lastIndexOf('/') + 1);
  }

  /** Physical lines; known after `chunks`, `blocks` or `eachLine` came to the end. A last line without line end counts. */
  get lines(): number {
    return this.#lines;
  }

  /** Size on disk; known once the file was opened. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Hash of the bytes on disk, hexadecimal; known after the file was read to the end. */
  get sha256(): string {
    return this.#sha256 ?? '';
  }

  /** What was wrong with the bytes: a gzip cut off, a line too long. */
  get problems(): readonly ReadProblem[] {
    return this.#problems;
  }

  /** The beginning of the file. @throws I/O errors. */
  async head(): Promise<Head> {
    let text = '';
    let complete = true;
    for await (const chunk of this.#decoded(false)) {
      text += chunk;
      if (text.length > HEAD_LENGTH) {
        text = text.slice(0, HEAD_LENGTH);
        complete = false;
        break;
      }
    }
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === '') lines.pop();
    const other = this.#container.kind === 'other' ? { packedAs: this.#container.name } : {};
    return { name: this.name, text, lines, complete, ...other };
  }

  /** The text in pieces that end anywhere; for formats that are not made of lines. */
  async *chunks(): AsyncGenerator<string> {
    this.#lines = 0;
    this.#problems = [];
    let last = '\n';
    for await (const chunk of this.#decoded(true)) {
      if (chunk === '') continue;
      this.#lines += countNewlines(chunk);
      last = chunk.charAt(chunk.length - 1);
      yield chunk;
    }
    if (last !== '\n') this.#lines++;
  }

  /** The text in pieces of whole lines. */
  async *blocks(): AsyncGenerator<Block> {
    let firstLine = 1;
    let rest = '';
    /** The line at the start of `rest` was cut: drop what follows up to its end. */
    let cutting = false;
    for await (const chunk of this.chunks()) {
      let text = chunk;
      if (cutting) {
        const end = text.indexOf('\n');
        if (end < 0) continue;
        text = text.slice(end);
        cutting = false;
      }
      text = rest === '' ? text : rest + text;
      rest = '';
      const end = text.lastIndexOf('\n');
      if (end >= 0) {
        const whole = this.#cutLongLines(text.slice(0, end + 1), firstLine);
        yield { text: whole, firstLine };
        firstLine = this.#lines + 1;
      }
      rest = end < 0 ? text : text.slice(end + 1);
      if (rest.length > MAX_LINE_LENGTH) {
        this.#problems.push({ line: firstLine, message: say('problem.lineTooLong', { limit: MAX_LINE_LENGTH }) });
        rest = rest.slice(0, MAX_LINE_LENGTH);
        cutting = true;
      }
    }
    if (rest !== '') yield { text: rest, firstLine };
  }

  /** Calls `visit` for each line without its line end, numbers from 1. */
  async eachLine(visit: (line: string, number: number) => void): Promise<void> {
    for await (const { text, firstLine } of this.blocks()) {
      let number = firstLine;
      let at = 0;
      while (at < text.length) {
        let end = text.indexOf('\n', at);
        if (end < 0) end = text.length;
        const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
        visit(text.slice(at, stop), number);
        number++;
        at = end + 1;
      }
    }
  }

  #cutLongLines(text: string, firstLine: number): string {
    if (text.length <= MAX_LINE_LENGTH) return text;
    let number = firstLine;
    let out: string[] | undefined;
    let at = 0;
    let kept = 0;
    while (at < text.length) {
      const end = text.indexOf('\n', at);
      const stop = end < 0 ? text.length : end;
      if (stop - at > MAX_LINE_LENGTH) {
        out ??= [];
        out.push(text.slice(kept, at + MAX_LINE_LENGTH));
        kept = stop;
        this.#problems.push({ line: number, message: say('problem.lineTooLong', { limit: MAX_LINE_LENGTH }) });
      }
      number++;
      at = stop + 1;
    }
    if (out === undefined) return text;
    out.push(text.slice(kept));
    return out.join('');
  }

  async *#decoded(whole: boolean): AsyncGenerator<string> {
    this.#bytes = await sizeOf(this.absolute);
    const container = containerOf(await firstBytes(this.absolute));
    this.#container = container;
    const raw = createReadStream(this.absolute, { highWaterMark: CHUNK_BYTES });
    const hash = createHash('sha256');
    let bytesIn = 0;
    raw.on('data', (bytes) => {
      bytesIn += bytes.length;
      if (whole) hash.update(bytes as Buffer);
    });
    const packed = container.kind === 'gzip' || container.kind === 'bzip2';
    const decoding = new Decoding();
    let bytesOut = 0;
    try {
      for await (const bytes of unpacked(raw, container)) {
        bytesOut += bytes.length;
        if (packed && bytesOut > BOMB_BYTES && bytesOut > bytesIn * BOMB_RATIO) {
          this.#problems.push({ message: say('problem.gzipBomb', { bytes: bytesOut }) });
          break;
        }
        yield decoding.decode(bytes);
      }
    } catch (error) {
      if (!(error instanceof PackedDataError)) throw error;
      this.#problems.push({ message: say('problem.gzipCut', { reason: error.message }) });
    } finally {
      raw.destroy();
    }
    yield decoding.end();
    if (whole) this.#sha256 = raw.readableEnded ? hash.digest('hex') : await hashOf(this.absolute);
  }
}

/** A file that is none: reading a device or a pipe would never end. */
export class NotAFileError extends Error {
  constructor(readonly what: 'directory' | 'pipe' | 'socket' | 'device') {
    super(what);
  }
}

/** @throws {NotAFileError} */
async function sizeOf(path: string): Promise<number> {
  const info = await stat(path);
  if (info.isFile()) return info.size;
  throw new NotAFileError(
    info.isDirectory() ? 'directory' : info.isFIFO() ? 'pipe' : info.isSocket() ? 'socket' : 'device',
  );
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer);
  return hash.digest('hex');
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
