import { NONE_U32 } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';
import { BETWEEN_TESTS_MS } from '../warm-up.js';

/**
 * Requests of the log that belong to another test than the client's: those between two pauses of all that is under way, in which none of the
 * client's is.
 *
 *     client                           ▐██████████▌
 *     log        ▐█████████▌    …      ▐██████████▌       the first stretch is another test's
 *
 * Of a record that lacks rows of its own time it is not so: there, more are under way than it says.
 */
export function ofOtherTests({ samples, served, clock }: Timeline): readonly number[] {
  if (!samples || !served) return [];
  // Without an id it is known only by time whose they are, if the clocks are.
  const isUnknown = (k: number) =>
    served.sample[k] === NONE_U32 && (clock.method === 'order' || !Number.isNaN(served.id[k]!));
  if (!served.sample.some((_, k) => isUnknown(k))) return [];
  const spans: Span[] = [];
  for (let i = 0; i < samples.count; i++)
    spans.push({ from: samples.start[i]!, to: samples.start[i]! + (samples.elapsed[i]! || 0) });
  for (let k = 0; k < served.count; k++) {
    const to = Number.isFinite(served.end[k]!) ? served.end[k]! : served.begin[k]!;
    spans.push({ from: served.begin[k]!, to, request: k });
  }
  return stretches(spans)
    .filter((stretch) => stretch.every(({ request }) => request !== undefined && isUnknown(request)))
    .flatMap((stretch) => stretch.map(({ request }) => request!));
}

/** From when to when the client had a request under way, or the server had one in service. */
interface Span {
  readonly from: number;
  readonly to: number;
  /** Of the log; absent for one of the client's. */
  readonly request?: number;
}

/** Spans with no pause as long as one between two tests. */
function stretches(spans: readonly Span[]): readonly (readonly Span[])[] {
  const list: Span[][] = [];
  let over = Number.NEGATIVE_INFINITY;
  for (const span of spans.filter(({ from }) => !Number.isNaN(from)).sort((a, b) => a.from - b.from)) {
    if (span.from > over + BETWEEN_TESTS_MS) list.push([]);
    list.at(-1)!.push(span);
    over = Math.max(over, span.to);
  }
  return list;
}
