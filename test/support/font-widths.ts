import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

/** Tags of WOFF2's table directory that this reader needs to tell apart, by their index in the format's list. */
const TAGS = ['cmap', 'head', 'hhea', 'hmtx', 'maxp', 'name', 'OS/2', 'post', 'cvt ', 'fpgm', 'glyf', 'loca'];

interface Table {
  readonly at: number;
  readonly transformed: boolean;
}

/**
 * Advance widths of a WOFF2 font's default instance in thousandths of an em, by code point
 * (https://www.w3.org/TR/WOFF2/: table directory, transformed hmtx; OpenType: cmap format 4).
 */
export function fontWidths(path: string): ReadonlyMap<number, number> {
  const file = readFileSync(path);
  const { tables, end } = directory(file);
  const data = brotliDecompressSync(file.subarray(end, end + file.readUInt32BE(20)));
  const place = (tag: string) => tables.get(tag)!.at;
  const unitsPerEm = data.readUInt16BE(place('head') + 18);
  const metrics = data.readUInt16BE(place('hhea') + 34);
  const { at, transformed } = tables.get('hmtx')!;
  const advance = (glyph: number) => {
    const i = Math.min(glyph, metrics - 1);
    return data.readUInt16BE(transformed ? at + 1 + 2 * i : at + 4 * i);
  };
  return new Map(
    [...glyphs(data, place('cmap'))].map(([code, glyph]) => [code, Math.round((1000 * advance(glyph)) / unitsPerEm)]),
  );
}

function directory(file: Buffer): { tables: Map<string, Table>; end: number } {
  const tables = new Map<string, Table>();
  let p = 48;
  let at = 0;
  const base128 = () => {
    let value = 0;
    for (;;) {
      const byte = file[p++]!;
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  for (let n = file.readUInt16BE(12); n > 0; n--) {
    const flags = file[p++]!;
    const stated = (flags & 63) === 63;
    const tag = stated ? file.toString('latin1', p, p + 4) : (TAGS[flags & 63] ?? `#${flags & 63}`);
    if (stated) p += 4;
    const version = flags >> 6;
    const transformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0;
    const original = base128();
    const length = transformed ? base128() : original;
    tables.set(tag, { at, transformed });
    at += length;
  }
  return { tables, end: p };
}

function* glyphs(data: Buffer, cmap: number): Generator<[code: number, glyph: number]> {
  for (let i = 0; i < data.readUInt16BE(cmap + 2); i++) {
    const sub = cmap + data.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (data.readUInt16BE(sub) !== 4) continue;
    const size = data.readUInt16BE(sub + 6);
    for (let s = 0; s < size; s += 2) {
      const last = data.readUInt16BE(sub + 14 + s);
      const first = data.readUInt16BE(sub + 16 + size + s);
      const delta = data.readUInt16BE(sub + 16 + 2 * size + s);
      const rangeAt = sub + 16 + 3 * size + s;
      const range = data.readUInt16BE(rangeAt);
      for (let code = first; code <= last && code < 0xffff; code++) {
        const glyph = range === 0 ? code : data.readUInt16BE(rangeAt + range + 2 * (code - first));
        if (glyph !== 0) yield [code, (glyph + delta) & 0xffff];
      }
    }
    return;
  }
}
