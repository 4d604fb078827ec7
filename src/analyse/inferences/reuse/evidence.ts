import type { Evidence, ReusePattern } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { cite } from '../../cite.js';
import type { View } from '../../view.js';
import { overlaps } from './at-once.js';
import type { Life } from './lives.js';
import { workerLabel } from './names.js';

/** Requests of a worker that are looked up to be cited. */
const CITED = 3;

/** Lines that show it: a worker that serves again, or others in its place. */
export function evidenceOf(
  view: View,
  served: ServedRequests,
  lives: readonly Life[],
  pattern: ReusePattern,
): readonly Evidence[] {
  const lines = linesOf(view, served);
  const label = (life: Life) => workerLabel(served.workers[life.worker]!);
  if (pattern === 'event-loop') {
    const loop = lives.find(overlaps) ?? lives.reduce((a, b) => (b.atOnce > a.atOnce ? b : a));
    return requestsOf(served, loop)
      .slice(0, 2)
      .map((i) => lines(i, say('reuse.says.while', { worker: label(loop), n: loop.atOnce })));
  }
  const again =
    pattern === 'per-request' || pattern === 'inconclusive' ? undefined : lives.find(({ requests }) => requests > 1);
  if (again) {
    const [first, second] = requestsOf(served, again);
    return [
      lines(first!, say('reuse.says.first', { worker: label(again) })),
      lines(second!, say('reuse.says.again', { worker: label(again) })),
    ];
  }
  const last = lives.at(-1)!;
  return [
    lines(lives[0]!.first, say('reuse.says.first', { worker: label(lives[0]!) })),
    ...(last === lives[0] ? [] : [lines(last.first, say('reuse.says.other', { worker: label(last) }))]),
  ];
}

/** Cites the line of a request; those behind the others are of ends alone. */
function linesOf({ timeline }: View, { count, source, beginLine, endLine, orphanEnds }: ServedRequests) {
  const at = (i: number) =>
    i < count
      ? { source: source[i]!, line: beginLine[i]! || endLine[i]! }
      : { source: orphanEnds.source[i - count]!, line: orphanEnds.line[i - count]! };
  return (i: number, says: Message): Evidence => cite(timeline, at(i), says);
}

/** The first requests of a worker. */
function requestsOf({ count, worker, orphanEnds }: ServedRequests, life: Life): readonly number[] {
  const list: number[] = [];
  for (let i = 0; i < count && list.length < CITED; i++) if (worker[i] === life.worker) list.push(i);
  for (let i = 0; i < orphanEnds.count && list.length < CITED; i++)
    if (orphanEnds.worker[i] === life.worker) list.push(count + i);
  return list;
}
