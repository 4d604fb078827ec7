import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';

const SAMPLE_BYTES = 512;
/** Share of zeros in every second place from which text is taken for UTF-16. */
const ZEROS = 0.8;
const MIN_PAIRS = 4;

/**
 * Makes text of bytes: UTF-8, or UTF-16 where a byte order mark or zeros in every second place give it away. Bytes that are neither
 * become U+FFFD one by one. Lines that end in a carriage return alone (old Macs) get line feeds.
 */
export class Decoding {
  #decoder: TextDecoder | undefined;
  #encoding = 'utf-8';
  #returnsOnly = false;
  #waiting: Buffer | undefined;
  /** The last byte was no ASCII: a character may not be complete. */
  #inCharacter = false;

  /** The encoding's name, once text has been decoded. */
  get encoding(): string {
    return this.#encoding;
  }

  /** The file's lines end in carriage returns alone. */
  get returnsOnly(): boolean {
    return this.#returnsOnly;
  }

  decode(bytes: Buffer): string {
    const all = this.#waiting ? Buffer.concat([this.#waiting, bytes]) : bytes;
    // Two bytes tell the encoding at least.
    this.#waiting = all.length < 2 && !this.#decoder ? all : undefined;
    if (this.#waiting) return '';
    return this.#text(all, true);
  }

  /** What is left when no more bytes come. */
  end(): string {
    const rest = this.#waiting ?? Buffer.alloc(0);
    this.#waiting = undefined;
    return this.#decoder || rest.length > 0 ? this.#text(rest, false) : '';
  }

  #text(bytes: Buffer, stream: boolean): string {
    const first = this.#decoder === undefined;
    if (!this.#decoder) {
      this.#encoding = encodingOf(bytes);
      this.#decoder = new TextDecoder(this.#encoding, { ignoreBOM: true });
      if (isMark(bytes)) bytes = bytes.subarray(this.#encoding === 'utf-8' ? 3 : 2);
    }
    const text = this.#plain(bytes) ?? this.#decoder.decode(bytes, { stream });
    if (first) this.#returnsOnly = /\r[^\r]/.test(text) && !text.includes('\n');
    return this.#returnsOnly ? text.replace(/\r\n?/g, '\n') : text;
  }

  /** ASCII, the usual case, without the decoder: several times as fast, and strings of half the size. */
  #plain(bytes: Buffer): string | undefined {
    if (this.#encoding !== 'utf-8') return undefined;
    const plain = !this.#inCharacter && isAscii(bytes);
    this.#inCharacter = !plain && (bytes.at(-1) ?? 0) > 127;
    return plain ? bytes.toString('latin1') : undefined;
  }
}

/** A byte order mark. */
function isMark([a, b, c]: Buffer): boolean {
  return (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || (a === 0xef && b === 0xbb && c === 0xbf);
}

function encodingOf(bytes: Buffer): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === 0) i % 2 === 0 ? evenZeros++ : oddZeros++;
  }
  const pairs = sample.length / 2;
  if (pairs >= MIN_PAIRS && oddZeros > pairs * ZEROS && evenZeros === 0) return 'utf-16le';
  if (pairs >= MIN_PAIRS && evenZeros > pairs * ZEROS && oddZeros === 0) return 'utf-16be';
  return 'utf-8';
}
