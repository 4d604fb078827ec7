import { findStampIn } from '../text/timestamps.js';
import type { LogPattern } from './log-pattern.js';

/** How much of a line is looked at, characters. */
const HEAD = 400;
const WORD_BEFORE = /(?<![\w-])(?:rejected|rejecting|refused|refusing|denied|dropped|dropping) (?:the )?request\b/i;
const WORD_BEHIND = /(?<![\w-])request\b[^"]{0,40} (?:rejected|refused|denied|dropped|turned away)(?![\w-])/i;

/** A handler that turned a request away: it neither began nor ended. The client's record tells what became of it. */
export const turnedAway = {
  id: 'turned-away',
  specimens: [
    '2026-01-05T10:15:30.139Z [7] busy, rejected request 41 with 503',
    '2026-01-05 10:15:30.139 - 4711-MainThread: request 41 was refused',
  ],
  match(line) {
    if (!line.includes('equest')) return undefined;
    const head = line.slice(0, HEAD);
    if (!WORD_BEFORE.test(head) && !WORD_BEHIND.test(head)) return undefined;
    const found = findStampIn(head, 0, head.length);
    return found && { kind: 'understood', stamp: found.stamp };
  },
} satisfies LogPattern;
