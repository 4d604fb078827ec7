import { hasWho, keyOfWho } from '../../logs/parts/who-found.js';
import type { JoinKind } from './joined-lines.js';
import type { LearnedRow } from './learned.js';

/** Words of lines that tell that a connection comes, and goes. */
const COMES = /\b(?:accept(?:ed|ing)?|connect(?:ed|ion)?|open(?:ed|ing)?|new client)\b/i;
const GOES = /\b(?:clos(?:ed?|ing)|disconnect(?:ed|ion)?|gone|left|hung up)\b/i;

/**
 * Lines that tell when connections come and go. A process may accept one while it serves another, so that they begin and end no service
 * unless no worker has two of them at once.
 *
 *     [5] 127.0.0.1:39198 Accepted        [5] 127.0.0.1:39226 Accepted        [5] 127.0.0.1:39198 Closing
 */
export const areConnections = ({ lines: [first] }: JoinKind, { lines: [last] }: JoinKind): boolean =>
  COMES.test(first?.text ?? '') && GOES.test(last?.text ?? '');

/** Whether every line names its worker, and each worker's begins and ends take turns. */
export function eachAlternates(rows: readonly LearnedRow[]): boolean {
  const last = new Map<string, LearnedRow['kind']>();
  return rows.every(({ who, kind }) => {
    const key = keyOfWho(who);
    const isOther = (last.get(key) ?? 'end') !== kind;
    last.set(key, kind);
    return hasWho(who) && isOther;
  });
}
