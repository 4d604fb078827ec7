import { findStampIn } from '../../text/timestamps.js';
import type { LogRecord } from '../log-pattern.js';

/** How far into a line a prefix's stamp can begin. */
const MAX_STAMP_AT = 80;

/** The stamp before `message`, as a part of a record. */
export function stampBefore(line: string, message: number): Pick<LogRecord, 'stamp'> {
  const found = findStampIn(line, 0, Math.min(message, MAX_STAMP_AT));
  return found ? { stamp: found.stamp } : {};
}
