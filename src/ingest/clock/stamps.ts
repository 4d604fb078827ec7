import { EVENT, type ServerEvents } from '../../model/events.js';
import type { Reading } from '../../model/reading.js';
import type { ClientSamples } from '../../model/samples.js';
import { nearestZone } from '../text/nearest-zone.js';
import { feasibleOffset } from './feasible.js';
import { pairsByOrder } from './order.js';
import { arePaced } from './paced.js';
import { pairsOf } from './pairs.js';
import { stampedBeside } from './stamped-beside.js';
import { CLIENT_ROUNDING_MS } from './statement.js';
import { CLEARLY_FEWER, FAULTS, stampedByTurns } from './worker-turns.js';

/** Pairs from which causality tells which end of a sample its stamp marks. */
const ENOUGH_PAIRS = 5;
/** Contradictions among the statements that a few faults in the data explain, as a share. */
const FAULTS_SHARE = 0.02;
/** Clocks that nobody keeps differ by more than this, ms … */
const FAR_MS = 250;
/** … and by the other reading by so small a part of it, where the order of rows tells nothing. */
const CLEARLY_NEARER = 0.25;
/** Lines of which it is asked which end they mark; of more of them a part tells as well. */
const ENOUGH_LINES = 40_000;
/** Stamps step back by so much without meaning anything, ms. */
const ROUNDING_MS = 2;
/** Rows that two threads write at once may change places, which are no further apart, ms. */
const SWAPPED_MS = 100;

interface Checked {
  readonly matched: number;
  readonly statements: number;
  readonly violations: number;
  /** The clocks may show the same time, but for a time zone. */
  readonly mayAgree: boolean;
  /** How far from that they are at least, ms. */
  readonly awayMs: number;
  /** How far the server's is ahead, zone and all, ms. */
  readonly middleMs: number;
}

type StampIs = 'start' | 'end';

/**
 * Reads client stamps as the other end of their samples where causality says so. Rows are written when a sample ends, so their order tells
 * as a rule; but a copy sorted by time looks as if it were stamped at the end, and a shuffled one like neither. A request that
 * waited, read from the wrong end, is begun before it was sent.
 *
 *     read rightly   sent |─────wait─────▐begun██ended▌| answered
 *     wrongly        |────────────────────────────────|  sent? ─ begun long before
 */
export function restamped(readings: readonly Reading[]): readonly Reading[] {
  const logs = readings.filter(({ events }) => events !== undefined && events.count > 0);
  if (logs.length === 0) return readings;
  return readings.map((reading) => {
    const { samples } = reading;
    const stamp = stampOf(reading);
    if (!samples || stamp === undefined || (stamp === 'start' && writtenAtEnds(samples))) return reading;
    const other = readFrom(reading, samples, stamp === 'start' ? 'end' : 'start');
    const logsOnly = logs.map(({ samples: _, ...log }) => log);
    const now = contradictions([...logsOnly, reading]);
    if (!now || now.matched < ENOUGH_PAIRS) return reading;
    const consistent = now.violations <= FAULTS_SHARE * now.statements + 1;
    const inBothOrders = samples.loose === undefined && fitsBothOrders(samples);
    if (consistent && samples.loose === undefined && !inBothOrders) return reading;
    const then = contradictions([...logsOnly, other]);
    if (!then || fitsByBegins(logsOnly, reading, then)) return reading;
    if (consistent && inBothOrders) {
      if (flawless(now, then)) return other;
      if (!clearlyNearer(now, then) || (stamp === 'start' && arePaced(samples))) return reading;
      const tiedMs = then.middleMs - now.middleMs;
      return stamp === 'end' || agree(then) ? other : { ...reading, samples: { ...samples, tiedMs } };
    }
    // Of probes no order of rows tells.
    if (consistent) return likelier(now, then) ? other : reading;
    return then.violations <= CLEARLY_FEWER * now.violations ? other : reading;
  });
}

/** Where a log does not say which end its lines stamp, it may be that, and not the client's stamps, which is read from the wrong end. */
function fitsByBegins(logs: readonly Reading[], client: Reading, other: Checked): boolean {
  const byBegins = readAsBegins(logs);
  const moved = byBegins && contradictions([...byBegins, client]);
  return moved !== undefined && moved.violations <= other.violations && moved.awayMs <= Math.max(FAR_MS, other.awayMs);
}

/**
 * Rows in the order in which requests ended, and not of their stamps, which are those of the starts: neither a copy sorted by time nor a
 * shuffled one stands so, and whatever contradicts it is the fault of the log's stamps.
 */
function writtenAtEnds(samples: ClientSamples): boolean {
  const { starts, ends } = stepsBack(samples);
  return samples.loose === undefined && ends === 0 && starts > SWAPPED_MS;
}

/**
 * Where all requests take equally long either reading is free of contradictions: then the one by which the clocks may agree is
 * the likelier, if they can't by the other.
 */
const likelier = (now: Checked, then: Checked): boolean =>
  then.violations <= now.violations && then.mayAgree && !now.mayAgree;

/** Requests that all take equally long end in the order in which they were sent: rows in that order are in both. */
function fitsBothOrders(samples: ClientSamples): boolean {
  const { starts, ends } = stepsBack(samples);
  return !samples.stampShown && starts === 0 && ends === 0;
}

/** How far at most the starts, and the ends, run back from row to row, ms; 0 for what is mere rounding. */
function stepsBack({ count, start, elapsed }: ClientSamples): { readonly starts: number; readonly ends: number } {
  let [lastStart, lastEnd] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [starts, ends] = [0, 0];
  for (let i = 0; i < count; i++) {
    const end = start[i]! + elapsed[i]!;
    if (Number.isNaN(end)) continue;
    if (start[i]! < lastStart - ROUNDING_MS) starts = Math.max(starts, lastStart - start[i]!);
    if (end < lastEnd - ROUNDING_MS) ends = Math.max(ends, lastEnd - end);
    [lastStart, lastEnd] = [start[i]!, end];
  }
  return { starts, ends };
}

/** The few that took another time contradict the wrong end and not the right one; a faulty line would contradict both. */
const flawless = (now: Checked, then: Checked): boolean => then.violations === 0 && now.violations >= FAULTS;

/**
 * Read from the wrong end, each request is off by its whole duration, and the clocks seem to be. That clocks which nobody keeps are off
 * by just that is less likely than that the other end was stamped.
 */
const clearlyNearer = (now: Checked, then: Checked): boolean =>
  then.violations <= now.violations && now.awayMs > FAR_MS && then.awayMs <= CLEARLY_NEARER * now.awayMs;

/**
 * Only clocks that agree are no chance. By how long a request takes a server's clock may be off as well as by anything else: near to agreement is
 * not enough to believe that the client stamped other than it does as shipped.
 */
const agree = ({ awayMs }: Checked): boolean => awayMs <= CLIENT_ROUNDING_MS;

/**
 * Lines of which their file did not tell whether they stamp begin or end, likewise: by other lines of the same requests, by the workers' turns,
 * or by what the clients say of them.
 */
export function withToldStamps(readings: readonly Reading[]): readonly Reading[] {
  const clients = readings.filter(({ samples }) => samples !== undefined).map(({ events: _, ...client }) => client);
  const logs = readings.flatMap(({ events }) => events ?? []);
  return readings.map((reading) => {
    const { events } = reading;
    if (!events?.untold) return reading;
    const { untold, ...told } = events;
    const beside = stampedBeside(events, untold, logs);
    if (beside === 'end') return { ...reading, events: told };
    const rows = new Set(untold.filter((i) => events.duration[i]! >= 0));
    // Begins that other lines tell as well would be those of other requests.
    if (beside === 'begin' && rows.size === untold.length) return asBegins(reading, events);
    if (rows.size === 0) return reading;
    const moved = events.time.map((t, i) => (rows.has(i) ? t + events.duration[i]! : t));
    const byTurns = stampedByTurns(events, rows);
    if (byTurns) return { ...reading, events: byTurns === 'begin' ? { ...told, time: moved } : told };
    if (clients.length === 0) return reading;
    const alone = (time: Float64Array): Checked | undefined => {
      const own = time.map((t, i) => (rows.has(i) ? t : Number.NaN));
      return contradictions([...clients, { ...reading, events: { ...events, time: own } }]);
    };
    const [now, then] = [alone(events.time), alone(moved)];
    if (!now || !then || now.matched < ENOUGH_PAIRS) return reading;
    if ((likelier(now, then) && now.awayMs > FAR_MS) || clearlyNearer(now, then))
      return { ...reading, events: { ...told, time: moved } };
    // The other way about, the end is the likelier, if the clocks can't agree by the begin.
    const isEnd = likelier(then, now) || clearlyNearer(then, now) || then.violations > now.violations;
    return isEnd ? { ...reading, events: told } : reading;
  });
}

/** The other reading of lines of which nothing tells which end they stamp: the begin; `undefined` if all is told. */
export function readAsBegins(readings: readonly Reading[]): readonly Reading[] | undefined {
  if (!readings.some(({ events }) => events?.untold)) return undefined;
  return readings.map((reading) => (reading.events?.untold ? asBegins(reading, reading.events) : reading));
}

/** What is untold is told to be the begin. */
function asBegins(reading: Reading, { untold, ...events }: ServerEvents): Reading {
  const [time, kind] = [events.time.slice(), events.kind.slice()];
  for (const i of untold ?? []) {
    if (events.duration[i]! >= 0) time[i]! += events.duration[i]!;
    else kind[i] = EVENT.begin;
  }
  return { ...reading, events: { ...events, time, kind } };
}

const stampOf = ({ source }: Reading): StampIs | undefined => {
  const stamp = source.variant.stamp;
  return stamp === 'start' || stamp === 'end' ? stamp : undefined;
};

function readFrom(reading: Reading, samples: ClientSamples, stamp: StampIs): Reading {
  const by = stamp === 'end' ? -1 : 1;
  const start = samples.start.map((t, i) => t + by * (samples.elapsed[i]! || 0));
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < samples.count; i++) {
    if (start[i]! < from) from = start[i]!;
    const end = start[i]! + (samples.elapsed[i]! || 0);
    if (end > to) to = end;
  }
  const source = { ...reading.source, variant: { ...reading.source.variant, stamp } };
  return {
    ...reading,
    source: from <= to ? { ...source, from, to } : source,
    samples: { ...samples, start },
  };
}

/** The log without the lines of all but some of its ids: those whose hash is a multiple (Knuth's multiplicative one, TAOCP 6.4). */
function thinned(reading: Reading): Reading {
  const { events } = reading;
  if (!events || events.count <= ENOUGH_LINES) return reading;
  const { id } = events;
  const each = Math.ceil(events.count / ENOUGH_LINES);
  const isKept = (i: number) => Number.isNaN(id[i]!) || (Math.imul(id[i]!, 0x9e3779b1) >>> 0) % each === 0;
  return { ...reading, events: { ...events, time: events.time.map((t, i) => (isKept(i) ? t : Number.NaN)) } };
}

/** How many of the statements about the clocks' difference no one difference can satisfy. */
function contradictions(all: readonly Reading[]): Checked | undefined {
  const readings = all.map(thinned);
  const byId = pairsOf(readings);
  const { statements } = byId.statements.length > 0 ? byId : pairsByOrder(readings);
  const matched = byId.statements.length > 0 ? byId.matched : Math.floor(statements.length / 2);
  const zoned = statements.filter((one) => one.zoned);
  const alike = 2 * zoned.length > statements.length ? zoned : statements.filter((one) => !one.zoned);
  const side = (wanted: 'at-least' | 'at-most') =>
    Float64Array.from(
      alike.filter((one) => one.side === wanted),
      ({ value }) => value,
    );
  const lows = side('at-least');
  const highs = side('at-most');
  if (lows.length === 0 || highs.length === 0) return undefined;
  const { low, high, violations } = feasibleOffset({ lows, highs });
  const zone = nearestZone((low + high) / 2) * 60_000;
  const awayMs = Math.max(0, low - zone, zone - high);
  return { matched, statements: alike.length, violations, mayAgree: awayMs === 0, awayMs, middleMs: (low + high) / 2 };
}
