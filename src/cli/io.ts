import type { BuildHooks } from '../build.js';

/** Where the command line speaks to, so that tests can listen. */
export interface Io {
  /** What a script would want. */
  out(text: string): void;
  /** What people should know. */
  err(text: string): void;
  /** Progress is for terminals only. */
  readonly errIsTerminal: boolean;
  readonly outIsTerminal: boolean;
  /** From now on Ctrl-C does not end the program but aborts the signal, with an `Interrupted` as its reason. */
  catchInterrupt(): AbortSignal;
  /** How runs are analysed where it is not by worker threads. */
  readonly analyse?: BuildHooks['analyse'];
}

/** The user wishes to end. */
export class Interrupted extends Error {
  constructor(readonly signal: NodeJS.Signals) {
    super(signal);
    this.name = 'Interrupted';
  }
}

/** Control characters and those that turn the direction of writing, which a terminal would act upon. */
const UNSAFE = /[\0-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** One line of text that is safe on a terminal: what it would act upon is shown as `\x1b`. */
export function oneLine(text: string): string {
  return text.replace(UNSAFE, shown);
}

/** As `oneLine`, with line ends and tabs kept. */
export function safeLines(text: string): string {
  return text.replace(UNSAFE, (c) => (c === '\n' || c === '\t' ? c : shown(c)));
}

function shown(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
