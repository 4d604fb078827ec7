import type { Reading } from '../model/reading.js';
import type { EpochMs } from '../model/time.js';
import type { Clock } from '../model/timeline.js';
import { say } from '../words/ids.js';
import { type ClockChange, changeInLog, clockChangeOf, exactly } from './clock/clock-change.js';
import { dated } from './clock/days.js';
import { roomByDelivery } from './clock/delivered.js';
import { feasibleLine, type Line } from './clock/drift.js';
import { feasibleOffset } from './clock/feasible.js';
import { lineFromOneSide } from './clock/one-sided.js';
import { pairsByOrder } from './clock/order.js';
import { pairsOf } from './clock/pairs.js';
import { readAsBegins, restamped, withToldStamps } from './clock/stamps.js';
import { type Assumed, CLIENT_ROUNDING_MS, KEPT_TIME_MS, type Pairs, type Statement } from './clock/statement.js';
import { withViolations } from './clock/violations.js';
import { withoutChange } from './clock/without-change.js';
import { logZoneMinutes, ownZoneMinutes, statedZoneMinutes } from './clock/zone.js';
import { nearestZone } from './text/nearest-zone.js';

const MINUTE_MS = 60_000;
/** A drift smaller than this can't be told from the slack of the bounds, ppm. */
const LEAST_PPM = 1;

/** How server stamps are put on the client's clock. */
export interface Alignment {
  readonly clock: Clock;
  /** The run's readings, with dates and years where stamps lack them, and summer time's jumps taken out. */
  readonly readings: readonly Reading[];
  /** Minutes east of UTC that run.yaml states for stamps that state none, where no pair tells more. */
  readonly stated?: number;
  /** A server stamp on the client's clock. */
  onClient(time: EpochMs, zoned: boolean): EpochMs;
}

/** Finds how far the server's clock is ahead of the client's, from causality: see `clock/pairs.ts`. */
export function align(original: readonly Reading[], timezone: string | undefined): Alignment {
  const withDates = withToldStamps(restamped(dated(original, timezone)));
  const first = pairsOf(withDates);
  const change = changeOf(first, withDates);
  const readings = change ? withoutChange(withDates, change) : withDates;
  const byId = change ? pairsOf(readings) : first;
  const pairs = pairsIn(readings, byId);
  const stated = statedZone(readings, timezone) ?? ownZoneMinutes(readings, pairs);
  // Only ids say which answer belongs to which end, and only a client that stamps its own requests when it came.
  const loose = readings.some(({ samples }) => samples?.loose !== undefined);
  const solved = solve(pairs, stated, byId.statements.length > 0 && !loose);
  if (!solved) return unpaired(readings, statedZone(readings, timezone));
  const zoneOfLog = logZoneMinutes(readings);
  const zone = solved.zone ?? zoneOfLog ?? stated;
  const { line, oneSided, violations } = solved;
  const asBegins = readAsBegins(readings);
  const other = asBegins && solve(pairsIn(asBegins), stated, byId.statements.length > 0 && !loose);
  const untold = other ? furtherAhead(solved, other) : 0;
  const isOpen = untold > CLIENT_ROUNDING_MS;
  const otherTest = isClearlyNearer(line, pairs.orElseMs) ? undefined : pairs.orElseMs;
  const orAheadMs = isOpen ? Math.max(otherTest ?? 0, 0) + untold : otherTest;
  const drifts = Math.abs(line.ppm) >= LEAST_PPM;
  const clock: Clock = {
    ...(zone === undefined ? {} : { timezoneOffsetMinutes: zone }),
    offsetMs: line.value,
    // Stamps that contradict each other are not exact to less than their rounding: servers write durations after the answer has left.
    uncertaintyMs: oneSided || violations > 0 ? Math.max(line.uncertainty, CLIENT_ROUNDING_MS) : line.uncertainty,
    ...(orAheadMs === undefined ? {} : { orAheadMs }),
    ...(drifts ? { driftPpm: line.ppm } : {}),
    method: byId.statements.length === 0 ? 'order' : oneSided ? 'causality-one-sided' : 'causality',
    matched: pairs.matched,
    caveats: [
      // Where other lines of the log state the same zone, it is not a guess.
      ...(solved.zone !== undefined && stated === undefined && zoneOfLog !== solved.zone
        ? [say('clock.zoneInferred', { minutes: solved.zone })]
        : []),
      ...(pairs.orElseMs === undefined
        ? []
        : [say('clock.orElse', { ms: pairs.orElseMs, held: otherTest !== undefined })]),
      ...(isOpen ? [say('clock.untold', { ms: untold })] : []),
      ...tiesOf(readings),
      ...(violations > 0 ? [say('clock.violations', { violations, matched: pairs.matched })] : []),
      ...(change ? [say('clock.changed', { minutes: change.byMs / MINUTE_MS, line: change.line })] : []),
      ...(solved.openMs === undefined ? [] : [say('clock.delivered', { openMs: solved.openMs })]),
      ...(byId.statements.length === 0 ? [say('clock.byOrder', {})] : []),
    ],
  };
  const listed = violations > 0 ? withViolations(readings, solved.statements, line) : readings;
  // Lines that state no zone and pair with nothing were written by the same machine as those that do.
  return { clock, readings: listed, onClient: onClientBy(line, (zone ?? 0) * MINUTE_MS) };
}

const tiesOf = (readings: readonly Reading[]): Clock['caveats'] =>
  readings.flatMap(({ samples }) => (samples?.tiedMs === undefined ? [] : [say('clock.tied', { ms: samples.tiedMs })]));

function pairsIn(readings: readonly Reading[], byId: Pairs = pairsOf(readings)): Pairs {
  return byId.statements.length > 0 ? byId : pairsByOrder(readings);
}

/**
 * By how much the server's clock may be further ahead, ms, if lines of which nothing tells it stamp the begin. Of lines that bound one side alone
 * it is the end where the clocks can agree only then.
 */
function furtherAhead(asEnds: Solved, asBegins: Solved): number {
  if (asBegins.violations > asEnds.violations) return 0;
  if (asEnds.oneSided && asBegins.oneSided && mayAgree(asEnds.line) && !mayAgree(asBegins.line)) return 0;
  return highest(asBegins) - highest(asEnds);
}

/** Clocks that nobody keeps are off by any time; that they are by so small a part of the other test's difference is no chance. */
const CLEARLY_NEARER = 0.2;

/** By clocks that are kept, or nearly so, one of two tests is likelier than the other; else nothing tells which it is. */
const isClearlyNearer = ({ value, uncertainty }: Line, orElseMs = 0): boolean =>
  Math.abs(value) <= Math.max(uncertainty + KEPT_TIME_MS, CLEARLY_NEARER * Math.abs(value + orElseMs));

const mayAgree = ({ value, uncertainty }: Line): boolean => Math.abs(value) <= uncertainty + CLIENT_ROUNDING_MS;

const highest = ({ zone, line }: Solved): number => (zone ?? 0) * MINUTE_MS + line.value + line.uncertainty;

function changeOf({ statements }: Pairs, readings: readonly Reading[]): ClockChange | undefined {
  const change = clockChangeOf(statements);
  const log = readings.find(({ events }) => change !== undefined && events?.source.includes(change.source))?.events;
  if (change) {
    // Lines stamped at the begin of their request show it later than those beside them.
    const shown = log && changeInLog(log);
    if (shown && shown.source === change.source && shown.byMs === change.byMs) return shown;
    return log ? exactly(change, log) : change;
  }
  for (const { events } of readings) {
    const found = events && changeInLog(events);
    if (found) return found;
  }
  return undefined;
}

const onClientBy =
  ({ at, value, ppm }: Line, zoneMs: number) =>
  (time: EpochMs, zoned: boolean): EpochMs => {
    const rough = time - (zoned ? 0 : zoneMs) - value;
    return rough - (rough - at) * ppm * 1e-6;
  };

interface Solved {
  readonly line: Line;
  /** What the stamps without a zone are ahead by, minutes; absent where all state theirs. */
  readonly zone?: number;
  readonly oneSided: boolean;
  readonly violations: number;
  /** How much causality alone leaves open, where the delivery of answers tells more, ms. */
  readonly openMs?: number;
  /** Those that `line` must satisfy, the zone taken out. */
  readonly statements: readonly Statement[];
}

/** The zone of the stamps that state none, then one line for all. */
function solve({ statements, assumed }: Pairs, stated: number | undefined, byAnswers: boolean): Solved | undefined {
  if (statements.length === 0) return undefined;
  const lineOf = (list: readonly Statement[], zoneMs: (one: Statement) => number) => {
    const less = (one: Statement) => ({ ...one, value: one.value - zoneMs(one) });
    const assumedLess = () => {
      const { statements: bounds, ...more } = assumed();
      // Stamps with and without a zone are hours apart: the one kind bounds the other only where the zone is taken out.
      const alike = bounds.filter((one) => list === statements || one.zoned === list[0]?.zoned);
      return { ...more, statements: alike.map(less) };
    };
    return solveLine(list.map(less), assumedLess, byAnswers);
  };
  const local = statements.filter(({ zoned }) => !zoned);
  if (local.length === 0) return lineOf(statements, () => 0);
  const zoned = statements.filter((one) => one.zoned);
  // The multiple of a quarter of an hour nearest to the difference; where other stamps state theirs, to the difference from these.
  const known = zoned.length > 0 ? lineOf(zoned, () => 0)?.line.value : undefined;
  const total = stated === undefined ? lineOf(local, () => 0)?.line.value : undefined;
  const zone = stated ?? (total === undefined ? undefined : nearestZone(total - (known ?? 0)));
  if (zone === undefined) return undefined;
  const solved = lineOf(statements, (one) => (one.zoned ? 0 : zone * MINUTE_MS));
  return solved && { ...solved, zone };
}

function solveLine(
  statements: readonly Statement[],
  assumed: () => Assumed,
  byAnswers: boolean,
): Omit<Solved, 'zone'> | undefined {
  const side = (wanted: Statement['side']) =>
    Float64Array.from(
      statements.filter((one) => one.side === wanted),
      ({ value }) => value,
    );
  const [lows, highs] = [side('at-least'), side('at-most')];
  const { low, high, violations } = feasibleOffset({ lows, highs });
  const drifting = violations > 0 && lows.length > 0 && highs.length > 0 ? feasibleLine(statements) : undefined;
  if (drifting) return { line: drifting, oneSided: false, violations: 0, statements };
  if (Number.isFinite(low) && Number.isFinite(high)) {
    const delivered = byAnswers ? roomByDelivery(statements, { low, high }) : undefined;
    const room = delivered ?? { low, high };
    const line = {
      at: statements[0]!.at,
      value: (room.low + room.high) / 2,
      uncertainty: (room.high - room.low) / 2,
      ppm: 0,
    };
    return { line, oneSided: false, violations, statements, ...(delivered ? { openMs: high - low } : {}) };
  }
  const bound = statements.find(({ side: own, value }) => (own === 'at-least' ? value === low : value === high))!;
  return { line: lineFromOneSide(bound, assumed()), oneSided: true, violations, statements };
}

function statedZone(readings: readonly Reading[], timezone: string | undefined): number | undefined {
  if (timezone === undefined) return undefined;
  const logged = readings.find(({ events }) => events && events.count > 0)?.events?.time;
  const sent = readings.find(({ samples }) => samples && samples.count > 0)?.samples?.start;
  return statedZoneMinutes(timezone, (logged ?? sent)?.find(Number.isFinite) ?? 0);
}

function unpaired(readings: readonly Reading[], stated: number | undefined): Alignment {
  const has = readings.some(({ events }) => events !== undefined && events.count > 0);
  const zoned = readings.every(({ events }) => events === undefined || events.zoned.every((z) => z === 1));
  const zone = stated ?? logZoneMinutes(readings);
  const known = stated !== undefined || zoned;
  const clock: Clock = has
    ? {
        ...(zone === undefined ? {} : { timezoneOffsetMinutes: zone }),
        method: known ? 'stated-zone' : 'none',
        matched: 0,
        caveats: [say(known ? 'clock.unpaired' : 'clock.unknown', {})],
      }
    : { method: 'none', matched: 0, caveats: [] };
  // Lines that state no zone were written by the same machine as those that do.
  const zoneMs = (zone ?? 0) * MINUTE_MS;
  return {
    clock,
    readings,
    ...(stated === undefined ? {} : { stated }),
    onClient: (time, isZoned) => time - (isZoned ? 0 : zoneMs),
  };
}
