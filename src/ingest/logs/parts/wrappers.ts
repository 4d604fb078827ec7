import type { Stamp } from '../../../model/time.js';
import { parseStamp, stampAt } from '../../text/timestamps.js';

/** A line out of its wrapper, with the wrapper's own time. */
export interface Unwrapped {
  readonly text: string;
  readonly stamp?: Stamp;
  /** The wrapper's time with who it says has written the line: what a text without a time of its own has before it. */
  readonly head?: string;
}

/** Terminal colours and other CSI sequences (ECMA-48). */
const COLOUR = /\x1b\[[0-9;?]{0,16}[A-Za-z]/g;
/** `Jan  5 14:53:00 host prog[123]: ` and its ISO form (syslog, journalctl). */
const SYSLOG = /^ ([A-Za-z][\w.-]{0,63}) ([A-Za-z][\w./@-]{0,63})(\[\d{1,10}\])?: /;
/** `web-1  | ` of docker compose. */
const COMPOSE = /^[\w.-]{1,64} {1,40}\| /;

/** The stream that a line was written to, and whether it is whole, as Kubernetes' runtimes (CRI) say behind the time. */
const STREAM = /^std(?:out|err) [FP] /;

const OPEN_BRACKET = 91;
/** What stands before each text of a JSON sequence (RFC 7464; Twisted). */
const RECORD_SEPARATOR = 0x1e;

/** Takes colour codes, record separators and the prefixes of docker, docker compose, Kubernetes, pm2, syslog and journald off a line. */
export function unwrap(line: string): Unwrapped {
  let text = line.includes('\u001b') ? line.replace(COLOUR, '') : line;
  if (text.charCodeAt(0) === RECORD_SEPARATOR) text = text.slice(1);
  if (text.startsWith('{"log":')) return dockerJson(text) ?? { text };
  if (text.includes(' | ') && COMPOSE.test(text)) text = text.replace(COMPOSE, '');
  const code = text.charCodeAt(0);
  // Syslog begins with a month or a digit; anything else is no prefix.
  if (!((code >= 48 && code <= 57) || (code >= 65 && code <= 90))) return { text };
  const found = text.includes(': ') || text.includes('Z ') ? stampAt(text, 0) : undefined;
  if (!found) return { text };
  // pm2 puts its own time before that of the line.
  if (text.startsWith(': ', found.end) && beginsWithTime(text, found.end + 2))
    return { text: text.slice(found.end + 2) };
  const syslog = SYSLOG.exec(text.slice(found.end, found.end + 160));
  // The ISO form always names the process; without it, it may be a logger's own line.
  if (syslog && (found.stamp.yearless || (found.stamp.zoned && syslog[3] !== undefined)))
    return parted(text, found.end + syslog[0].length, found.stamp);
  // `docker logs -t`: nanoseconds in UTC, a blank, the line.
  if (text.charCodeAt(found.end - 1) === 90 && found.end === 30 && text.charCodeAt(30) === 32) {
    const { text: rest, ...wrapped } = parted(text, 31, found.stamp);
    return { text: rest.replace(STREAM, ''), ...wrapped };
  }
  return { text };
}

/** `2026-01-05T19:15:21Z [29] info: …`, `[2026-01-05 19:15:21] …`. */
const beginsWithTime = (text: string, at: number): boolean =>
  stampAt(text, text.charCodeAt(at) === OPEN_BRACKET ? at + 1 : at) !== undefined;

const parted = (line: string, at: number, stamp: Stamp): Unwrapped => ({
  text: line.slice(at),
  stamp,
  head: line.slice(0, at),
});

function dockerJson(line: string): Unwrapped | undefined {
  try {
    const { log, time } = JSON.parse(line) as { log?: unknown; time?: unknown };
    if (typeof log !== 'string') return undefined;
    const stamp = typeof time === 'string' ? parseStamp(time) : undefined;
    return { text: log.replace(/\r?\n$/, '').replace(COLOUR, ''), ...(stamp ? { stamp, head: `${time} ` } : {}) };
  } catch {
    return undefined;
  }
}
