import type { ServerEvents } from '../model/events.js';
import type { Message } from '../model/message.js';
import type { Reading } from '../model/reading.js';
import type { ClientSamples } from '../model/samples.js';
import { PROBLEMS_KEPT } from '../model/source.js';
import { say } from '../words/ids.js';
import { eventKeys, hash, MAX_COMPARED } from './event-keys.js';
import { withoutShared } from './shared-lines.js';

/**
 * Leaves out what is in the run twice: results saved as CSV and as XML, a file beside its packed copy, or only the failed samples
 * beside all of them (Taurus writes both). The file stays in the ledger; its facts are told by the other.
 */
export function withoutDuplicates(readings: readonly Reading[]): readonly Reading[] {
  const out = [...readings];
  for (const [index, of] of [...sameSamples(readings), ...sameEvents(readings)]) {
    out[index] = emptied(out[index]!, say('problem.duplicate', { of: readings[of]!.source.path }));
  }
  return withoutShared(out);
}

/** Readings whose samples are all in another one's, with that one. */
function sameSamples(readings: readonly Reading[]): [number, number][] {
  const files = readings.flatMap(({ samples }, index) => (samples && samples.count > 0 ? [{ index, samples }] : []));
  if (files.length < 2 || files.length > MAX_COMPARED) return [];
  // The largest first; of equal ones the first in path order stays.
  const keyed = files
    .map(({ index, samples }) => ({ index, keys: keysOf(samples) }))
    .sort((a, b) => b.keys.length - a.keys.length || a.index - b.index);
  const kept: { index: number; keys: Float64Array }[] = [];
  const found: [number, number][] = [];
  for (const file of keyed) {
    const of = kept.find(({ keys }) => includesAll(keys, file.keys));
    if (of) found.push([file.index, of.index]);
    else kept.push(file);
  }
  return found;
}

/** A number for each sample, sorted: by its start, duration and label, which no two of different files share but by chance. */
function keysOf({ count, start, elapsed, label, labels }: ClientSamples): Float64Array {
  const hashes = labels.map(hash);
  const keys = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    keys[i] = start[i]! + ((Math.round(elapsed[i]!) * 7919 + (hashes[label[i]!] ?? 0)) % 999_983) / 1_000_000;
  }
  return keys.sort();
}

/** Whether every number of `part`, as often as it occurs, is in `all`; both are sorted. */
function includesAll(all: Float64Array, part: Float64Array): boolean {
  let at = 0;
  for (const key of part) {
    // No time: nothing to tell samples apart by.
    if (Number.isNaN(key)) return false;
    while (at < all.length && all[at]! < key) at++;
    if (all[at] !== key) return false;
    at++;
  }
  return true;
}

/** Readings whose events are all in another one's: a log and its copy, or the application's own file beside the server's that has its lines too. */
function sameEvents(readings: readonly Reading[]): [number, number][] {
  const files = readings.flatMap(({ events, notices }, index) =>
    events && events.count > 0 ? [{ index, events, notices: notices?.length ?? 0 }] : [],
  );
  if (files.length < 2 || files.length > MAX_COMPARED) return [];
  const keyed = files
    .map((file) => ({ ...file, keys: eventKeys(file.events).sort() }))
    .sort((a, b) => b.keys.length - a.keys.length || b.notices - a.notices || a.index - b.index);
  const kept: typeof keyed = [];
  const found: [number, number][] = [];
  for (const file of keyed) {
    const of = kept.find((one) => isSame(one.events, file.events) || includesAll(one.keys, file.keys));
    if (of) found.push([file.index, of.index]);
    else kept.push(file);
  }
  return found;
}

/** The same lines of the same numbers, whatever they tell. */
function isSame(a: ServerEvents, b: ServerEvents): boolean {
  if (a.count !== b.count) return false;
  for (let i = 0; i < a.count; i++) {
    const same = a.line[i] === b.line[i] && Object.is(a.time[i], b.time[i]) && Object.is(a.id[i], b.id[i]);
    if (!same || a.kind[i] !== b.kind[i]) return false;
  }
  return true;
}

/** Only the ledger is left, and in it no line that a fact came from. */
function emptied({ source }: Reading, message: Message): Reading {
  return {
    source: {
      ...source,
      used: 0,
      ignored: source.ignored + source.used,
      problems: [{ message }, ...source.problems].slice(0, PROBLEMS_KEPT),
      problemCount: source.problemCount + 1,
    },
  };
}
