import { nextAfter, type Steps } from '../stats/steps.js';
import { shuffledFiles } from './line-order.js';
import type { Service } from './service.js';

/**
 * How many requests were in service, by the best estimate of each begin and end. Where stamps are equal, lines of one file
 * count in the file's order, for that is the order in which things happened, unless it is shuffled; else an end goes before a begin.
 */
export function countInService(service: Service): Steps {
  const { count, begin, end, source, beginLine, endLine } = service;
  // Event 2i is the begin of request i, 2i + 1 its end.
  const timeOf = (event: number) => (event & 1 ? end[event >> 1]! : begin[event >> 1]!);
  const lineOf = (event: number) => (event & 1 ? endLine[event >> 1]! : beginLine[event >> 1]!);
  const shuffled = shuffledFiles(service);
  const order = Uint32Array.from({ length: 2 * count }, (_, event) => event)
    .filter((event) => Number.isFinite(timeOf(event)))
    .sort((a, b) => {
      const apart = timeOf(a) - timeOf(b);
      if (apart !== 0) return apart;
      const lines = lineOf(a) - lineOf(b);
      const comparable =
        lineOf(a) > 0 && lineOf(b) > 0 && source[a >> 1] === source[b >> 1] && !shuffled.has(source[a >> 1]!);
      if (comparable && lines !== 0) return lines;
      return (b & 1) - (a & 1) || a - b;
    });
  return stepsOf(order, timeOf);
}

function stepsOf(order: Uint32Array, timeOf: (event: number) => number): Steps {
  const t: number[] = [];
  const v: number[] = [];
  let open = 0;
  for (let k = 0; k < order.length; ) {
    const at = timeOf(order[k]!);
    let most = Number.NEGATIVE_INFINITY;
    for (; k < order.length && timeOf(order[k]!) === at; k++) {
      open += order[k]! & 1 ? -1 : 1;
      most = Math.max(most, open);
    }
    const before = v.at(-1) ?? 0;
    // A maximum inside an instant is kept for the shortest span there is.
    if (most > open && most > before) {
      t.push(at, nextAfter(at));
      v.push(most, open);
    } else if (open !== before) {
      t.push(at);
      v.push(open);
    }
  }
  return { t: Float64Array.from(t), v: Int32Array.from(v) };
}
