import { EVENT, type ServerEvents } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';

/** Workers end what they begin, where so many ends have a begin of the same id and worker … */
const KNOWN_PAIRS = 10;
/** … and so many times as many as have none: lost lines leave some. */
const KEEPS_TO_WORKER = 3;

/** Whether ends are mostly by the worker that began the request of that id. */
export function keepsToWorker(events: ServerEvents): boolean {
  /** By id and worker, begins that no end has met yet. */
  const begun = new Map<string, number>();
  const keys = Array.from(events.id, (id, i) => `${id}/${events.worker[i]}`);
  const named = (i: number) => !Number.isNaN(events.id[i]!) && events.worker[i] !== NONE_U32;
  for (const [i, key] of keys.entries()) {
    if (named(i) && events.kind[i] === EVENT.begin) begun.set(key, (begun.get(key) ?? 0) + 1);
  }
  let same = 0;
  let other = 0;
  for (const [i, key] of keys.entries()) {
    if (!named(i) || events.kind[i] === EVENT.begin) continue;
    const left = begun.get(key) ?? 0;
    if (left > 0) same++;
    else other++;
    begun.set(key, left - 1);
  }
  return same >= KNOWN_PAIRS && same >= KEEPS_TO_WORKER * other;
}
