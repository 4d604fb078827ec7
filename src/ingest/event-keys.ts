import type { ServerEvents } from '../model/events.js';

/** Files that are compared with each other; a run of more has one per generator, or parts of one. */
export const MAX_COMPARED = 64;
/** Stamps this coarse are shared by chance, ms. */
const COARSE_MS = 1000;

/** A number for each event: by its time, kind, id and worker; none for one that others may share by chance. */
export function eventKeys(events: ServerEvents): Float64Array {
  const { count, time, kind, id, worker, workers, resolution } = events;
  const hashes = workers.map(({ pid, thread, nativeId }) => hash(`${pid} ${thread} ${nativeId}`));
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const isTold = !Number.isNaN(id[i]!) || resolution[i]! < COARSE_MS;
    const own = (Number.isNaN(id[i]!) ? 0 : id[i]!) * 7919 + kind[i]! * 104_729 + (hashes[worker[i]!] ?? 0);
    keys[i] = isTold ? time[i]! + (own % 999_983) / 1_000_000 : Number.NaN;
  }
  return keys;
}

export function hash(text: string): number {
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (h * 31 + text.charCodeAt(i)) % 1_000_003;
  return h;
}
