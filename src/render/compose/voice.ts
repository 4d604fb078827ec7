import type { Message } from '../../model/message.js';
import type { LanguageId } from '../../model/report.js';
import type { EpochMs } from '../../model/time.js';
import { say } from '../../words/ids.js';
import { languageOf } from '../../words/languages.js';
import type { Speak, Wording } from '../../words/words.js';
import { visibleLine } from './visible.js';

/** A piece of a sentence: words, or a command that can be pasted. */
export interface Piece {
  readonly text: string;
  readonly code: boolean;
}

/** Puts messages into the report's language; whatever recorded text they hold is made visible. */
export interface Voice {
  readonly lang: LanguageId;
  readonly wording: Wording;
  readonly say: Speak;
  /** A sentence with its commands told apart. */
  pieces(message: Message): readonly Piece[];
  /** The label of that id, for templates. @throws for an id that is no sentence. */
  label(id: string): string;
}

export function voiceOf(lang: LanguageId): Voice {
  const { id, speak, wording, has } = languageOf(lang);
  const aloud: Speak = (message) => visibleLine(speak(message));
  return {
    lang: id,
    wording,
    say: aloud,
    pieces: (message) => piecesOf(aloud(message)),
    label: (label) => {
      if (!has(label)) throw new Error(`no such label: ${label}`);
      return speak({ id: label, args: {} });
    },
  };
}

/** Commands stand between backticks in all languages. */
function piecesOf(sentence: string): readonly Piece[] {
  return sentence
    .split('`')
    .map((text, i) => ({ text, code: i % 2 === 1 }))
    .filter(({ text }) => text !== '');
}

/** The furthest instant that a date can name. */
const LAST_INSTANT: EpochMs = 8.64e15;

/** First to last event of a recording, in UTC whatever the machine's zone is. */
export function spanOf(from: EpochMs | undefined, to: EpochMs | undefined): Message | undefined {
  const first = isoOf(from);
  const last = isoOf(to);
  if (!first || !last) return undefined;
  return say('page.span', {
    fromDate: first.date,
    fromTime: first.time,
    toDate: last.date,
    toTime: last.time,
    durationMs: to! - from!,
  });
}

function isoOf(at: EpochMs | undefined): { date: string; time: string } | undefined {
  if (at === undefined || !(Math.abs(at) < LAST_INSTANT)) return undefined;
  const [date = '', time = ''] = new Date(at).toISOString().split('T');
  return { date, time: time.slice(0, 8) };
}
