import type { Listener, Process, TcpState } from '../../model/snapshot.js';

/** What one row of a command's output says. */
export type CommandRow =
  | {
      readonly kind: 'connection';
      readonly state: TcpState;
      readonly local: { readonly address: string; readonly port: number | undefined };
      readonly peer: { readonly address: string; readonly port: number | undefined };
      readonly recvQ?: number;
      readonly sendQ?: number;
      /** Owning process ids; empty: the command names owners and this row has none; absent: it does not tell. */
      readonly pids?: readonly number[];
    }
  | { readonly kind: 'listener'; readonly listener: Omit<Listener, 'line'> }
  /** A listener that is only in the queue table (`netstat -L`) and not counted as a state. */
  | { readonly kind: 'listen-queue'; readonly listener: Omit<Listener, 'line'> }
  | { readonly kind: 'process'; readonly process: Omit<Process, 'line'> }
  | { readonly kind: 'counter'; readonly name: string; readonly value: number }
  | { readonly kind: 'counters'; readonly values: Readonly<Record<string, number>> }
  | { readonly kind: 'total'; readonly what: string; readonly value: number }
  /** Understood and not needed: headers, UDP and UNIX rows, continuation lines. */
  | { readonly kind: 'ignored' };

/** Reads the rows of one section, top to bottom. Keeps what it learnt from the section's header. */
export interface SectionReader {
  /** `undefined`: not understood. */
  row(line: string): CommandRow | undefined;
}

/** The output of one command. A snapshot file is a sequence of sections, each with or without a time line before it. */
export interface CommandOutput {
  readonly id: string;
  /** First lines of real output, header included; tested. */
  readonly specimens: readonly string[];
  /**
   * Looks at the first lines of a section (the header is `lines[0]`, perhaps with a title line before it).
   * `certain`: a header of this command. `likely`: headless rows that look like it. `refused`: a look-alike without use, with
   * its name.
   */
  recognise(lines: readonly string[]): 'certain' | 'likely' | 'no' | { readonly refused: string };
  /** `connections` and so on: what the section can show, known from header and rows. */
  open(lines: readonly string[]): SectionReader;
  /** What the output can tell. */
  readonly shows: 'sockets' | 'listeners' | 'processes' | 'counters' | 'totals';
}
