import type { ServerEvents } from '../model/events.js';
import type { Reading } from '../model/reading.js';
import { PROBLEMS_KEPT } from '../model/source.js';
import { say } from '../words/ids.js';
import { eventKeys, MAX_COMPARED } from './event-keys.js';

/** Events of one file that another has as well, from which that is no chance … */
const LEAST = 5;
/** … and as a share of its own. */
const SHARE = 0.5;

/** A file that tells of requests. */
interface Telling {
  readonly index: number;
  readonly events: ServerEvents;
  readonly keys: Float64Array;
}

/**
 * Leaves out the lines of a log that another one has too, where neither has all of the other's: both were cut at different places, or each
 * lost some.
 *
 *     server.log   ┆ begin 3  end 2  begin 4  end 3  begin 5
 *     app.log      begin 1  begin 2  end 1  begin 3  end 2  begin 4 ┆        the last three are told already
 */
export function withoutShared(readings: readonly Reading[]): readonly Reading[] {
  const files = readings.flatMap(({ events }, index): Telling[] =>
    events && events.count > 0 ? [{ index, events, keys: eventKeys(events) }] : [],
  );
  if (files.length < 2 || files.length > MAX_COMPARED) return readings;
  const out = [...readings];
  const kept: Telling[] = [];
  // The largest first; of equal ones the first in path order stays whole.
  for (const file of files.sort((a, b) => b.keys.length - a.keys.length || a.index - b.index)) {
    // What is yet to be read into rows by their number keeps all of them.
    const isBound = file.events.untold !== undefined || file.events.loose !== undefined;
    const of = isBound ? undefined : kept.find((one) => isShared(file.keys, one.keys));
    const events = of ? without(file, of) : file.events;
    if (of) out[file.index] = lessOf(out[file.index]!, events, readings[of.index]!.source.path);
    kept.push(of ? { ...file, events, keys: eventKeys(events) } : file);
  }
  return out;
}

function isShared(part: Float64Array, all: Float64Array): boolean {
  const [a, b] = [part.slice().sort(), all.slice().sort()];
  let both = 0;
  for (let i = 0, k = 0; i < a.length && k < b.length; ) {
    if (a[i] === b[k]) {
      both++;
      i++;
      k++;
    } else if (a[i]! < b[k]!) i++;
    else k++;
    if (Number.isNaN(a[i]) || Number.isNaN(b[k])) break;
  }
  return both >= Math.max(LEAST, SHARE * part.length);
}

/** The events that the other file has not. */
function without({ events, keys }: Telling, of: Telling): ServerEvents {
  const told = new Set(of.keys);
  const isOwn = (_: number, i: number): boolean => Number.isNaN(keys[i]!) || !told.has(keys[i]!);
  const columns = Object.fromEntries(
    Object.entries(events).flatMap(([name, column]) =>
      ArrayBuffer.isView(column) ? [[name, (column as Uint32Array).filter(isOwn)]] : [],
    ),
  );
  return { ...events, ...columns, count: keys.filter(isOwn).length };
}

/** With the lines that the other tells as well among those that are understood and not needed. */
function lessOf(reading: Reading, events: ServerEvents, path: string): Reading {
  const { source } = reading;
  const less = Math.min(source.used, reading.events!.count - events.count);
  return {
    ...reading,
    events,
    source: {
      ...source,
      used: source.used - less,
      ignored: source.ignored + less,
      problems: [{ message: say('problem.shared', { lines: less, of: path }) }, ...source.problems].slice(
        0,
        PROBLEMS_KEPT,
      ),
      problemCount: source.problemCount + 1,
    },
  };
}
