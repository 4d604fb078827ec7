import type { Notice } from '../../model/events.js';
import type { Stamp } from '../../model/time.js';
import type { Who } from './parts/who-found.js';

/** What one line of a server log says. */
export interface LogRecord extends Who {
  /**
   * `begin`, `end`: of a request. `span`: both (with a duration). `notice`: of the server (with `notice`).
   * `understood`: known and not needed, such as a banner. `logger`: a logging framework's line whose form is known and whose
   * message says nothing that we know: ignored, and offered to the learner.
   */
  readonly kind: 'begin' | 'end' | 'span' | 'notice' | 'understood' | 'logger';
  readonly stamp?: Stamp;
  /**
   * Whether `stamp` is when the request began or ended; `end` when left out, `unsure` where servers that write this form
   * differ (the reader then decides by the order of lines). Not for `begin`.
   */
  readonly stampIs?: 'begin' | 'end' | 'unsure';
  /** Request id, where the line itself names it. */
  readonly id?: string;
  /** A field that is an id, if the target tells none and the client knows it for one. */
  readonly otherId?: string;
  /** Request target, in which the reader looks for the id. */
  readonly target?: string;
  readonly status?: number;
  /** The process' own count of requests (`#12`). */
  readonly serial?: number;
  readonly durationMs?: number;
  readonly durationResolutionMs?: number;
  /** Numbers one of which may be the duration, in a unit that the line does not tell; the reader decides for the file as a whole. */
  readonly rawDurations?: readonly string[];
  /** The one number behind the status: the size of the answer as a rule, or how long it took (Apache's `"%r" %>s %D`); the reader decides likewise. */
  readonly sizeOrDuration?: string;
  readonly notice?: Notice;
  /** More that the server says of itself with this line, whatever its kind. */
  readonly notices?: readonly Notice[];
  /** The line also tells how long a server behind took: it is that of a server in front. */
  readonly behind?: true;
  /**
   * The request is named by a field of the line and not by its target: a line in words of its own may begin it. The line is offered to
   * the learner as well.
   */
  readonly mayBeBegunBefore?: true;
  /** The line is the first of two of one record, whose time it tells. */
  readonly timesNext?: true;
  /** The request was finished without a response having been sent. */
  readonly unanswered?: boolean;
  /** Text before the record on the same line that may be a record of its own (two threads printed at once). */
  readonly before?: string;
  /**
   * Text after the record on the same line that may itself be a whole record (two threads printed at once). The reader goes on
   * with it as if it were a line of its own.
   */
  readonly rest?: string;
}

/** Reads lines; may remember earlier ones of the same file. */
export interface LogMatcher {
  match(line: string): LogRecord | undefined;
}

/**
 * One server's kind of line. `match` is called for each line that an earlier pattern did not take, so it must fail fast: test
 * a cheap substring before a regular expression, and write expressions that cannot backtrack without end. A pattern whose
 * lines need earlier ones to be understood has `open`, which gives a matcher for one file.
 */
export interface LogPattern extends LogMatcher {
  readonly id: string;
  /** Real lines that the pattern takes; each is tested. */
  readonly specimens: readonly string[];
  /** Whoever writes such lines of itself stamps the access lines beside them when requests end. */
  readonly stampsEnds?: true;
  open?(): LogMatcher;
}
