import type { Listener, Process, TcpState } from '../../model/snapshot.js';
import type { Endpoint } from '../text/addresses.js';

/** A listening socket before its line is known. */
export type ListenerRow = Omit<Listener, 'line'>;

/** What one row of a command's output says. */
export type CommandRow =
  | {
      readonly kind: 'connection';
      readonly state: Exclude<TcpState, 'LISTEN'>;
      readonly local: Endpoint;
      readonly peer: Endpoint;
      readonly recvQ?: number;
      readonly sendQ?: number;
      /** Owning process ids; empty: the row names none though others may; absent: the command does not tell. */
      readonly pids?: readonly number[];
      /** The same socket was in an earlier row (`lsof` names it once for each process that holds it). */
      readonly repeated?: boolean;
    }
  | { readonly kind: 'listener'; readonly listener: ListenerRow }
  /** A listener that is only in the queue table (`netstat -L`) and not counted as a state. */
  | { readonly kind: 'listen-queue'; readonly listener: ListenerRow }
  /** A process; with `thread` one line of several that show the same process, a line per thread. */
  | { readonly kind: 'process'; readonly process: Omit<Process, 'line'>; readonly thread?: boolean }
  | { readonly kind: 'counter'; readonly name: string; readonly value: number }
  | { readonly kind: 'counters'; readonly values: Readonly<Record<string, number>> }
  /** A count without rows; `main` where a section has several and this one stands for it. */
  | { readonly kind: 'total'; readonly what: string; readonly value: number; readonly main?: boolean }
  /** Several at once; the first stands for the section. */
  | { readonly kind: 'totals'; readonly totals: readonly { readonly what: string; readonly value: number }[] }
  /** A row of this command that can't be used: a state word or a value that nothing explains. */
  | { readonly kind: 'unusable'; readonly why: 'state' | 'values'; readonly what: string }
  /** Understood and not needed: headers, UDP and UNIX rows, continuation lines. */
  | { readonly kind: 'ignored' };

/** The one row that says nothing. */
export const IGNORED: CommandRow = { kind: 'ignored' };

/** What a section can show, as far as its title or its command line says. Absent: its rows tell. */
export interface Lists {
  readonly connections?: boolean;
  readonly listeners?: boolean;
}

/** Reads the rows of one section, top to bottom, its header included. Keeps what it learnt from the header. */
export interface SectionReader {
  /** `undefined`: not understood, or a header once more, with which another section begins. */
  row(line: string): CommandRow | undefined;
  /** Known once the header has been read. */
  readonly lists?: Lists | undefined;
  /** Counters that are zero because the section does not mention them; asked at the section's end. */
  readonly implied?: Readonly<Record<string, number>> | undefined;
}

/** What a command's recogniser answers. */
export type SectionRecognition = 'certain' | 'likely' | 'no' | { readonly refused: string };

/** The output of one command. A snapshot file is a sequence of sections, each with or without a time line before it. */
export interface CommandOutput {
  readonly id: string;
  /** First lines of output in this form, header included where it has one; tested. */
  readonly specimens: readonly string[];
  /**
   * Looks at the first lines of a section (`lines[0]` is the header, or a title line before it; blank lines are left out).
   * `certain`: a header of this command. `likely`: headless rows that look like it. `refused`: a look-alike without use, with
   * its name.
   * @param typed the command line that an echo showed, if any.
   */
  recognise(lines: readonly string[], typed?: string): SectionRecognition;
  open(lines: readonly string[], typed?: string): SectionReader;
  /** What the output can tell. */
  readonly shows: 'sockets' | 'listeners' | 'processes' | 'counters' | 'totals' | 'nothing';
}

/** Whether a single-letter option of a command line is set, before any pipe: `hasFlag('ss -tanp | grep -v x', 'a')`. */
export function hasFlag(typed: string, letter: string): boolean {
  const command = typed.split('|', 1)[0] ?? '';
  return command.split(/\s+/).some((word) => /^-[a-zA-Z0-9]{1,12}$/.test(word) && word.includes(letter));
}

/** What the options of `netstat` or `ss` make the command list; nothing is said where no command line is known. */
export function listsOf(typed: string | undefined): Lists | undefined {
  if (typed === undefined || typed === '') return undefined;
  const listening = hasFlag(typed, 'l') || typed.includes('--listening');
  const all = hasFlag(typed, 'a') || typed.includes('--all');
  return { connections: all || !listening, listeners: all || listening };
}
