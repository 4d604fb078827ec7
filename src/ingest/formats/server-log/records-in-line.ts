import type { Message } from '../../../model/message.js';
import type { RunFile } from '../../../model/run-file.js';
import { logPatterns } from '../../logs/index.js';
import type { LogMatcher, LogRecord } from '../../logs/log-pattern.js';
import { compileStated } from './stated-pattern.js';

/** Records merged on one line that are taken apart. */
const MAX_PARTS = 8;

/** A record, the id of the pattern that found it, and the text in which it was found. */
export interface FoundRecord {
  readonly part: string;
  readonly id: string;
  readonly record: LogRecord;
}

/** A matcher by the id of its pattern. */
interface Named {
  readonly id: string;
  readonly matcher: LogMatcher;
}

/** Fresh matchers of all patterns: some remember what they have seen. */
export const openMatchers = (): Named[] =>
  logPatterns.map((pattern) => ({ id: pattern.id, matcher: pattern.open?.() ?? pattern }));

/** The first record that a matcher finds in a text. */
export function firstMatch(
  matchers: readonly Named[],
  text: string,
): { readonly id: string; readonly record: LogRecord } | undefined {
  for (const { id, matcher } of matchers) {
    const record = matcher.match(text);
    if (record) return { id, record };
  }
  return undefined;
}

/** Finds what a line tells by the patterns of run.yaml and of the registry. */
export class RecordsInLine {
  readonly #matchers: readonly Named[];
  /** Patterns of run.yaml that can't be used. */
  readonly problems: readonly Message[];

  constructor({ log }: RunFile) {
    const stated = compileStated(log ?? []);
    this.problems = stated.problems.map(({ message }) => message);
    this.#matchers = [...stated.matchers.map((matcher) => ({ id: matcher.id, matcher })), ...openMatchers()];
  }

  /** A text's records in the order in which they stand: two threads may have printed at once. */
  find(text: string, room = MAX_PARTS): FoundRecord[] {
    const found = room > 0 ? firstMatch(this.#matchers, text) : undefined;
    if (!found) return [];
    const { before, rest } = found.record;
    const records = before !== undefined && before.length > 3 ? this.find(before, room - 1) : [];
    records.push({ part: text, ...found });
    if (rest !== undefined) records.push(...this.find(rest, room - records.length));
    return records;
  }
}
