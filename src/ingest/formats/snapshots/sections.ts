import type { Stamp } from '../../../model/time.js';
import type { CommandOutput, CommandRow, SectionReader } from '../../commands/command-output.js';
import { commands } from '../../commands/index.js';
import { isNoise, isReadHere, markOf, prefixStamp } from './marks.js';

/** What the file's lines turn out to be, in order; `line` is the physical line's number. */
export interface SectionHandler {
  time(stamp: Stamp, line: number): void;
  /** A section begins; its first row or header follows. */
  open(command: CommandOutput, reader: SectionReader, certain: boolean, line: number): void;
  row(row: CommandRow, line: number, text: string): void;
  close(): void;
  /** A part that is of no use begins. */
  refused(as: string, line: number): void;
  /** A line that is no row: a mark is used, the rest ignored or not understood. */
  line(verdict: 'used' | 'ignored' | 'skipped', line: number, text: string): void;
}

/** How many lines a recogniser sees at most, the section's first included. */
const WINDOW = 6;
/** A section's own title and header. */
const HEADER_LINES = 2;
/** A row is read up to here: `ss -p` names each of a listener's processes, and no other row comes near it. */
const LONGEST_ROW = 65_536;
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78])/g;
/** Of lines that begin with a blank only these can be headers; rows and details begin so as well. */
const INDENTED_HEADER = /\bPID\b|local_address|^\s+Proto\s/;

/**
 * Parts a file into sections: asks the open section for each line first, then whether it is a mark (a time, an echoed
 * command), then whether a command's output begins there. Lines wait until the ones after them are known, since a title is told
 * by the header below it.
 */
export class Sections {
  readonly #handler: SectionHandler;
  readonly #texts: string[] = [];
  readonly #numbers: number[] = [];
  #reader: SectionReader | undefined;
  /** Lines that the open section has taken. */
  #fed = 0;
  #typed: string | undefined;
  /** The part that is being read is of no use: a refused look-alike, or the output of a command that is not read here. */
  #useless = false;
  #refused = false;

  constructor(handler: SectionHandler) {
    this.#handler = handler;
  }

  /** The next line, in order. */
  push(text: string, number: number): void {
    this.#texts.push(text.length > LONGEST_ROW || text.includes('\x1b') ? clean(text) : text);
    this.#numbers.push(number);
    if (this.#texts.length > WINDOW) this.#next();
  }

  /** The file is at its end. */
  end(): void {
    while (this.#texts.length > 0) this.#next();
    this.#close();
  }

  #next(): void {
    const line = this.#texts.shift() as string;
    const number = this.#numbers.shift() as number;
    if (line === '' || line.trim() === '') this.#handler.line('ignored', number, '');
    else if (!this.#taken(line, number) && !this.#prefixed(line, number)) {
      this.#handler.line(this.#useless ? 'ignored' : 'skipped', number, line);
    }
  }

  #taken(line: string, number: number): boolean {
    const first = line.charCodeAt(0);
    const indented = first === 32 || first === 9;
    const otherHeader = indented && this.#fed >= HEADER_LINES && INDENTED_HEADER.test(line);
    if (!otherHeader && this.#row(line, number)) return true;
    if (this.#mark(line, number) || this.#begins(line, number)) return true;
    return otherHeader && this.#row(line, number);
  }

  #row(line: string, number: number): boolean {
    const row = this.#reader?.row(line);
    if (!row) return false;
    this.#fed++;
    this.#handler.row(row, number, line);
    return true;
  }

  #mark(line: string, number: number): boolean {
    if (isNoise(line)) {
      this.#handler.line('ignored', number, line);
      return true;
    }
    const mark = markOf(line);
    if (!mark) return false;
    this.#close();
    this.#typed = mark.typed;
    this.#useless = mark.typed !== undefined && !isReadHere(mark.typed);
    if (mark.stamp) this.#handler.time(mark.stamp, number);
    this.#handler.line(mark.stamp ? 'used' : 'ignored', number, line);
    return true;
  }

  /** Whether a command's output begins at this line: whoever is certain comes first, then the refusals, then the likely. */
  #begins(line: string, number: number, stamp?: Stamp): boolean {
    const below = this.#texts.filter((text) => text.trim() !== '');
    const window = [line, ...(stamp ? below.map((text) => prefixStamp(text)?.rest ?? text) : below)];
    let likely: CommandOutput | undefined;
    let refused: string | undefined;
    for (const command of commands) {
      const answer = command.recognise(window, this.#typed);
      if (answer === 'certain') return this.#open(command, true, window, number, stamp);
      if (answer === 'likely') likely ??= command;
      else if (answer !== 'no') refused ??= answer.refused;
    }
    if (refused !== undefined) return this.#refuse(refused, number, line);
    if (likely === undefined || this.#refused) return false;
    // After `$ nproc` a number counts no connections.
    if (this.#useless && likely.shows === 'totals') return false;
    return this.#open(likely, false, window, number, stamp);
  }

  #open(command: CommandOutput, certain: boolean, window: readonly string[], number: number, stamp?: Stamp): boolean {
    const reader = command.open(window, this.#typed);
    const row = reader.row(window[0] as string);
    if (row === undefined) return false;
    this.#close();
    this.#reader = reader;
    this.#fed = 1;
    this.#useless = false;
    if (stamp) this.#handler.time(stamp, number);
    this.#handler.open(command, reader, certain, number);
    this.#handler.row(row, number, window[0] as string);
    return true;
  }

  #refuse(as: string, number: number, line: string): boolean {
    this.#close();
    this.#refused = true;
    this.#useless = true;
    this.#handler.refused(as, number);
    this.#handler.line('ignored', number, line);
    return true;
  }

  /** A row or header behind a time stamp; a new time begins a new section. */
  #prefixed(line: string, number: number): boolean {
    const prefix = prefixStamp(line);
    if (!prefix) return false;
    if (this.#row(prefix.rest, number)) return true;
    return this.#begins(prefix.rest, number, prefix.stamp);
  }

  #close(): void {
    if (this.#reader) this.#handler.close();
    this.#reader = undefined;
    this.#refused = false;
  }
}

/** Without terminal escapes, and cut to the longest row. */
function clean(text: string): string {
  return text.slice(0, LONGEST_ROW).replace(ESCAPES, '');
}
