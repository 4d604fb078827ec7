import type { EpochMs } from '../../model/time.js';

/** What the PDF says of itself in place of what the browser made up. */
export interface PdfFacts {
  /** Links below this address become relative: they lead to what lies beside the PDF. */
  readonly base: string;
  /** The program, without brackets. */
  readonly creator: string;
  /** The day of the report is that of its recordings, never of its making. */
  readonly date?: EpochMs;
}

/**
 * Corrects a PDF of Chromium's where it speaks of the machine that made it: the addresses of relative links, the times, the
 * program. Every change keeps the length (blanks outside a string mean nothing), so that all offsets in the file stay right.
 */
export function tidyPdf(pdf: Uint8Array, { base, creator, date }: PdfFacts): Uint8Array {
  const relative = new RegExp(`/URI \\(${base.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}((?:[^()\\\\]|\\\\.)*)\\)`, 'g');
  let text = Buffer.from(pdf).toString('latin1');
  text = text.replace(relative, (whole, path: string) => `/URI (${path || './'})`.padEnd(whole.length));
  text = text.replace(/\/Creator \((?:[^()\\]|\\.)*\)/, (whole) => fitted(`/Creator (${creator})`, whole));
  if (date !== undefined) {
    text = text.replace(/\/(CreationDate|ModDate) \(D:\d{14}[^)]*\)/g, (whole, key: string) =>
      fitted(`/${key} (${pdfDate(date)})`, whole),
    );
  }
  return Buffer.from(text, 'latin1');
}

/** The new entry where it has room, else the old one. */
function fitted(entry: string, old: string): string {
  return entry.length <= old.length ? entry.padEnd(old.length) : old;
}

/** `D:20230210103016+00'00'`, whole seconds of UTC. */
function pdfDate(at: EpochMs): string {
  return `D:${new Date(at).toISOString().slice(0, 19).replace(/\D/g, '')}+00'00'`;
}
