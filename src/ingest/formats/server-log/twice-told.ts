import { EVENT } from '../../../model/events.js';
import type { EventColumns } from './event-columns.js';

/** Two loggers in one process measure the same request with so much difference at most, and stamp it so far apart, ms. */
const APART_MS = 20;
/** Share of the requests of one kind of line that must be told twice, and the fewest: an id that comes again is no twin. */
const TOLD_TWICE = 0.9;
const LEAST = 5;

/**
 * Lines that tell a request once more, where a server has two access loggers that write the same form (Rack's in development beside the
 * application's own):
 *
 *     127.0.0.1 - - [05/Jan/2026:18:58:53 +0000] "GET /report?id=1 HTTP/1.1" 200 3 0.8067
 *     127.0.0.1 - - [05/Jan/2026:18:58:53 +0000] "GET /report?id=1 HTTP/1.1" 200 3 0.8070
 */
export function twiceTold(events: EventColumns): ReadonlySet<number> {
  const forms = new Map<number, Form>();
  for (let row = 0; row < events.count; row++) {
    const { id, kind, pattern, line } = events.at(row);
    if (kind !== EVENT.span || Number.isNaN(id)) continue;
    let form = forms.get(pattern);
    if (!form) {
      form = { first: new Map(), again: [], ids: new Set(), rows: 0 };
      forms.set(pattern, form);
    }
    form.rows++;
    form.ids.add(id);
    const before = form.first.get(id);
    if (before !== undefined && isSame(events, before, row)) {
      form.first.delete(id);
      form.again.push(line);
    } else form.first.set(id, row);
  }
  return new Set([...forms.values()].filter(isTwice).flatMap(({ again }) => again));
}

/** Lines of one form. */
interface Form {
  /** By id, the row that has no twin yet. */
  readonly first: Map<number, number>;
  readonly again: number[];
  readonly ids: Set<number>;
  rows: number;
}

/** Nearly each id is told twice, and no more often: one that all share names no request. */
const isTwice = ({ again, ids, rows }: Form): boolean =>
  again.length >= LEAST && 2 * again.length >= TOLD_TWICE * rows && ids.size >= TOLD_TWICE * again.length;

/** The same request by its time, its duration and its status. */
function isSame(events: EventColumns, first: number, second: number): boolean {
  const [a, b] = [events.at(first), events.at(second)];
  const apart = Math.abs(a.time - b.time) <= Math.max(APART_MS, a.resolution);
  return apart && a.status === b.status && Math.abs(a.duration - b.duration) <= APART_MS;
}
