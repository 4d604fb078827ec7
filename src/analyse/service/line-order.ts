import { append } from '../../model/append.js';
import type { Service } from './service.js';

/** Lines that stand before one with an earlier stamp: so many … */
const SOME = 3;
/** … and so large a share of all are no race between two prints: the file is not in the order in which things happened. */
const SHARE = 0.05;

/**
 * The files whose lines are out of order, by their stamps: a collector put them together, or several processes write at the same time. Of lines with one
 * stamp their order says nothing of which came first.
 *
 *     10:30:01.250 end 7          10:30:01.268 begin 9       back by 20 ms
 *     10:30:01.250 begin 8        10:30:01.248 end 8
 */
export function shuffledFiles({ count, begin, end, source, beginLine, endLine }: Service): ReadonlySet<number> {
  const bySource = new Map<number, { readonly line: number; readonly at: number }[]>();
  for (let i = 0; i < count; i++) {
    if (beginLine[i]! > 0 && beginLine[i] !== endLine[i])
      append(bySource, source[i]!, { line: beginLine[i]!, at: begin[i]! });
    if (endLine[i]! > 0 && Number.isFinite(end[i]!)) append(bySource, source[i]!, { line: endLine[i]!, at: end[i]! });
  }
  const shuffled = new Set<number>();
  for (const [file, list] of bySource) {
    list.sort((a, b) => a.line - b.line);
    const back = list.reduce((n, { at }, k) => n + (k > 0 && at < list[k - 1]!.at ? 1 : 0), 0);
    if (back >= SOME && back >= SHARE * list.length) shuffled.add(file);
  }
  return shuffled;
}
