import { EVENT, type ServerEvents } from '../../model/events.js';
import { nearestZone } from '../text/nearest-zone.js';

/** So many lines must show that their stamps are not those of the other end. */
const ENOUGH_LINES = 5;
/** A share of the lines that may be at fault. */
const FAULTS_SHARE = 0.02;
/** Lines that a server writes about one moment are written within this, ms. */
const WRITTEN_MS = 5;
const MINUTE_MS = 60_000;

/**
 * Whether lines of which their form does not tell it stamp begin or end, where other lines of the same requests, of that log or of another
 * one, tell when they began and ended: theirs are the same times.
 *
 *     10:44:38.339 processing id 2          access line `10:44:40 … id=2 … 2.0016`: that of the end, and so it is
 *     10:44:40.341 done id 2                with all of them
 */
export function stampedBeside(
  events: ServerEvents,
  rows: Iterable<number>,
  logs: readonly ServerEvents[],
): 'begin' | 'end' | undefined {
  const begun = timesById(logs, EVENT.begin);
  const ended = timesById(logs, EVENT.end);
  const lines = Array.from(rows, (row) => {
    const [began, end] = [begun.get(events.id[row]!), ended.get(events.id[row]!)];
    const told = events.duration[row]!;
    const tookMs = told >= 0 ? told : end !== undefined && began !== undefined ? end - began : 0;
    return { at: events.time[row]!, stepMs: events.resolution[row]!, tookMs, began, end };
  });
  const isBegin = areTheSame(lines.map((one) => ({ ...one, other: one.began })));
  const isEnd = areTheSame(lines.map((one) => ({ ...one, other: one.end })));
  if (isBegin === isEnd) return undefined;
  return isBegin ? 'begin' : 'end';
}

interface Beside {
  readonly at: number;
  readonly stepMs: number;
  /** How long the request took. */
  readonly tookMs: number;
  /** What another line says. */
  readonly other: number | undefined;
}

function areTheSame(lines: readonly Beside[]): boolean {
  let beside = 0;
  let same = 0;
  // How many of them would not be the same if they were of the other end.
  let apart = 0;
  for (const { at, stepMs, tookMs, other } of lines) {
    if (other === undefined || Number.isNaN(at)) continue;
    beside++;
    // One of the two may state its zone, and the other not: so far they are apart as well.
    const laterMs = other - at - nearestZone(other - at) * MINUTE_MS;
    if (laterMs >= -WRITTEN_MS && laterMs < stepMs + WRITTEN_MS) same++;
    apart += Math.min(1, Math.max(0, tookMs - WRITTEN_MS) / stepMs);
  }
  return apart >= ENOUGH_LINES && same >= (1 - FAULTS_SHARE) * beside;
}

/** When each request began, or ended, by the lines that tell no more than that; not by those in question. */
function timesById(logs: readonly ServerEvents[], kind: number): ReadonlyMap<number, number> {
  const times = new Map<number, number>();
  for (const events of logs) {
    const untold = new Set(events.untold);
    for (let i = 0; i < events.count; i++) {
      if (events.kind[i] === kind && !untold.has(i) && !Number.isNaN(events.id[i]!))
        times.set(events.id[i]!, events.time[i]!);
    }
  }
  return times;
}
