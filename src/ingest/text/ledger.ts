import type { Message } from '../../model/message.js';
import { PROBLEMS_KEPT, type Problem } from '../../model/source.js';

const TEXT_KEPT = 200;

/** Keeps account of a file's physical lines: each is used, ignored or skipped, and counted once. */
export class Ledger {
  used = 0;
  ignored = 0;
  skipped = 0;
  problemCount = 0;
  readonly problems: Problem[] = [];

  use(lines = 1): void {
    this.used += lines;
  }

  ignore(lines = 1): void {
    this.ignored += lines;
  }

  /** Counts lines that were not understood and notes the first of them as a problem. */
  skip(line: number, message: Message, text = '', lines = 1): void {
    this.skipped += lines;
    this.note(message, line, text);
  }

  /** Takes back the problems of lines that were understood later; `lines` tells which of them had been ignored. */
  forgive(lines: ReadonlyMap<number, boolean>): void {
    for (const ignored of lines.values()) if (!ignored) this.problemCount--;
    const kept = this.problems.filter(({ line }) => line === undefined || !lines.has(line));
    this.problems.splice(0, this.problems.length, ...kept);
  }

  /** Notes a problem without counting a line: the line was used all the same, or the whole file is meant. */
  note(message: Message, line?: number, text = ''): void {
    this.problemCount++;
    if (this.problems.length >= PROBLEMS_KEPT) return;
    this.problems.push({
      message,
      ...(line === undefined ? {} : { line }),
      ...(text === '' ? {} : { text: text.slice(0, TEXT_KEPT) }),
    });
  }
}
