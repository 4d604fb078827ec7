import { append } from '../../../model/append.js';
import type { ServedRequests } from '../../../model/timeline.js';
import type { Life } from './lives.js';

/** The start of the server to which a worker belongs; 0 is the first. */
export const startOf = (served: Pick<ServedRequests, 'workers'>, worker: number): number =>
  served.workers[worker]?.start ?? 0;

/**
 * Lives by start of the server: nobody is replaced, or seen again, across one.
 *
 *     one start    a ▐█▌▐█▌      another   c ▐█▌▐█▌
 *                  b  ▐█▌▐█▌               d  ▐█▌▐█▌       c and d did not take the places of a and b
 */
export function byStart(served: Pick<ServedRequests, 'workers'>, lives: readonly Life[]): readonly (readonly Life[])[] {
  const groups = new Map<number, Life[]>();
  for (const life of lives) append(groups, startOf(served, life.worker), life);
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}
