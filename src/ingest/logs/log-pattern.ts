import type { IdentityKind, Notice } from '../../model/events.js';
import type { Stamp } from '../../model/time.js';

/** What one line of a server log says. */
export interface LogRecord {
  /**
   * `begin`, `end`: of a request. `span`: both (with `durationMs`). `notice`: of the server (with `notice`).
   * `understood`: known and not needed, such as a banner.
   */
  readonly kind: 'begin' | 'end' | 'span' | 'notice' | 'understood';
  readonly stamp?: Stamp;
  /** Whether `stamp` is when the request began or ended; `end` when left out. Only for `span`. */
  readonly stampIs?: 'begin' | 'end';
  readonly pid?: number;
  /** Thread name, trimmed. */
  readonly thread?: string;
  readonly nativeId?: number;
  readonly identity?: IdentityKind;
  /** Request id, where the line itself names it. */
  readonly id?: string;
  /** Request target, in which the reader looks for the id. */
  readonly target?: string;
  readonly status?: number;
  readonly durationMs?: number;
  readonly durationResolutionMs?: number;
  readonly notice?: Notice;
  /** The request was finished without a response having been sent. */
  readonly unanswered?: boolean;
  /**
   * Text after the record on the same line that is itself a whole record (two threads printed at once). The reader goes on
   * with it as if it were a line of its own.
   */
  readonly rest?: string;
}

/**
 * One server's kind of line. `match` is called for each line that an earlier pattern did not take, so it must fail fast: test
 * a cheap substring before a regular expression, and write expressions that cannot backtrack without end.
 */
export interface LogPattern {
  readonly id: string;
  /** Real lines that the pattern takes; each is tested. */
  readonly specimens: readonly string[];
  match(line: string): LogRecord | undefined;
}
