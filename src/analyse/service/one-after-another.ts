import { NONE_U32 } from '../../model/samples.js';
import type { Span } from './mender.js';
import { PRINT_RACE_MS } from './typical.js';

/**
 * A worker that serves one request after another is counted once, whatever its stamps and durations leave open of when the one ended and the
 * next began: of what overlaps, the next one's part is taken off.
 *
 *     worker 8   ▐███████████▌                       ▐███████████▌
 *                          ▐███████████▌    →                    ▐█████████▌
 *
 * @param rows whose spans are changed
 * @param stepMs of the stamps: what overlaps by more is not theirs to explain
 */
export function oneAfterAnother(rows: readonly (Span & { readonly worker: number })[], stepMs: number): void {
  const last = new Map<number, Span>();
  const order = rows.filter(({ worker }) => worker !== NONE_U32).sort((a, b) => a.end - b.end);
  for (const row of order) {
    const before = last.get(row.worker);
    last.set(row.worker, row);
    if (!before || before.end - row.begin > stepMs + PRINT_RACE_MS) continue;
    row.begin = Math.min(Math.max(row.begin, before.end), row.end);
    row.surelyFrom = Math.max(row.surelyFrom, before.surelyTo);
    row.possiblyFrom = Math.min(Math.max(row.possiblyFrom, before.possiblyTo), row.possiblyTo);
  }
}
