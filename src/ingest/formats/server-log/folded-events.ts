import { findStamp } from '../../text/timestamps.js';
import type { Counted, Learned } from './learned.js';
import type { Learner } from './learner.js';

/** Lines that one event has at most, and characters. */
const MAX_LINES = 12;
const MAX_TEXT = 1_500;

/**
 * Events of several lines: one with the time, and those behind it that have none. They are learnt as one line each.
 *
 *     == 2026-01-05 16:58:58.281 thread=waitress-0 pid=4242
 *        event: end id: 1
 */
export class FoldedEvents {
  readonly #learner: Learner;
  #text = '';
  #line = 0;
  #counted: Counted = 'skipped';
  #count = 0;

  constructor(learner: Learner) {
    this.#learner = learner;
  }

  take(line: number, text: string, counted: Counted): void {
    if (counted === 'used') this.#flush();
    else if (findStamp(text)) {
      this.#flush();
      [this.#text, this.#line, this.#counted, this.#count] = [text, line, counted, 1];
    } else if (this.#goesOn(text)) {
      this.#text += ` ${text.trim()}`;
      this.#count++;
    } else this.#flush();
  }

  /** Behind the second line, one that is not indented is none of the event. */
  #goesOn(text: string): boolean {
    const isNear = this.#count === 1 || (this.#count > 1 && /^\s/.test(text));
    return isNear && this.#count < MAX_LINES && this.#text.length + text.length < MAX_TEXT;
  }

  #flush(): void {
    if (this.#count > 1) this.#learner.take(this.#line, this.#text, this.#counted);
    this.#count = 0;
  }

  learn(): Learned | undefined {
    this.#flush();
    const learned = this.#learner.learn();
    // No pattern for one line takes them.
    if (!learned) return undefined;
    const { patterns: _, ...found } = learned;
    return found;
  }
}
