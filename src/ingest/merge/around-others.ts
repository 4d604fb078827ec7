import { append } from '../../model/append.js';
import type { ServerEvents, Worker } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';
import { END_KIND } from '../../model/timeline.js';
import { isMainThread } from '../logs/parts/who-found.js';
import type { RequestColumns } from './request-columns.js';

/** Workers that have others meanwhile in more than this share of their pairs serve several at once. */
const FEW = 0.1;

/**
 * Pairs without an id of which a lost end and a lost begin made one: their worker, a thread that else serves one request after another, began
 * and ended others meanwhile.
 *
 *     thread 8   ▐█████     ▐█████▌▐█████▌▐█████▌     █████▌
 *                └──── one pair, around three others ──────┘
 */
export function pairsAroundOthers(rows: RequestColumns, { workers }: ServerEvents): readonly number[] {
  const around = new Set<number>();
  let pairs = 0;
  for (const [code, ofOne] of byWorker(rows)) {
    if (!isOfPool(workers[code]!)) continue;
    pairs += ofOne.length;
    // An end closes the last request that its worker has open, so that pairs lie beside or within each other.
    const open: number[] = [];
    for (const n of ofOne) {
      while (open.length > 0 && rows.end.get(open.at(-1)!) <= rows.begin.get(n)) open.pop();
      if (open.length > 0) around.add(open.at(-1)!);
      open.push(n);
    }
  }
  return around.size <= FEW * pairs ? [...around] : [];
}

/** A thread with a number: the main one may be a loop, which has several at once. */
const isOfPool = ({ identity, thread }: Worker): boolean =>
  identity === 'numbered' && thread !== undefined && !isMainThread(thread);

/** Pairs without an id, by worker, in the order of their begins. */
function byWorker(rows: RequestColumns): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (let n = 0; n < rows.begin.count; n++) {
    const worker = rows.worker.get(n);
    if (worker === NONE_U32 || !Number.isNaN(rows.id.get(n)) || rows.endKind.get(n) === END_KIND.open) continue;
    append(found, worker, n);
  }
  for (const ofOne of found.values()) ofOne.sort((a, b) => rows.begin.get(a) - rows.begin.get(b) || a - b);
  return found;
}
