import type { Evidence } from '../../model/finding.js';
import { say } from '../../words/ids.js';
import { decisiveSpans } from './decisive.js';
import type { Links } from './links.js';
import { visible, visibleLine } from './visible.js';
import type { Piece, Voice } from './voice.js';

/** A piece of a recorded line; the decisive one is marked. */
export interface QuotePiece {
  readonly text: string;
  readonly marked: boolean;
}

export interface ContextLine {
  readonly number: string;
  readonly text: string;
  readonly cited: boolean;
}

/** A line of a recording as it is quoted: its number in the run, where it stands, what it shows. */
export interface QuoteView {
  readonly number: number;
  readonly id: string;
  readonly href: string;
  readonly noteId: string;
  readonly place: string;
  readonly says: readonly Piece[];
  readonly hasText: boolean;
  readonly pieces: readonly QuotePiece[];
  readonly hasContext: boolean;
  readonly folded: boolean;
  readonly contextLabel: string;
  readonly context: readonly ContextLine[];
}

export function quoteView(evidence: Evidence, number: number, voice: Voice, links: Links): QuoteView {
  const { source, line, says, text, context } = evidence;
  const id = links.anchor(`evidence-${number}`);
  const noteId = links.anchor(`note-${number}`);
  const onPaper = links.form === 'print';
  const lines = context?.lines ?? [];
  const first = context?.firstLine ?? line;
  return {
    number,
    id,
    href: `#${onPaper ? noteId : id}`,
    noteId,
    place: `${visibleLine(source)}:${line}`,
    says: voice.pieces(says),
    hasText: text !== undefined,
    pieces: text === undefined ? [] : piecesOf(text, evidence),
    hasContext: lines.length > 1,
    folded: lines.length > 1 && !onPaper,
    contextLabel: voice.say(say('page.quote.context', { first, last: first + Math.max(0, lines.length - 1) })),
    context: lines.map((text, i) => ({ number: String(first + i), text: visible(text), cited: first + i === line })),
  };
}

function piecesOf(text: string, { says }: Evidence): readonly QuotePiece[] {
  const pieces: QuotePiece[] = [];
  let at = 0;
  for (const [from, to] of decisiveSpans(text, says)) {
    if (from > at) pieces.push({ text: visible(text.slice(at, from)), marked: false });
    pieces.push({ text: visible(text.slice(from, to)), marked: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: visible(text.slice(at)), marked: false });
  return pieces;
}
