import type { Reading } from '../../model/reading.js';
import type { ClientSamples } from '../../model/samples.js';
import { feasibleOffset } from './feasible.js';
import { pairsOf } from './pairs.js';
import { nearestZone } from './zone.js';

/** Pairs from which causality tells which end of a sample its stamp marks. */
const ENOUGH_PAIRS = 5;
/** Contradictions among the statements that a few faults in the data explain, as a share. */
const FAULTS_SHARE = 0.02;
/** The other reading must leave so small a part of the contradictions. */
const CLEARLY_FEWER = 0.25;

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
    if (!samples || stamp === undefined) return reading;
    const other = readFrom(reading, samples, stamp === 'start' ? 'end' : 'start');
    const logsOnly = logs.map(({ samples: _, ...log }) => log);
    const now = contradictions([...logsOnly, reading]);
    if (!now || now.matched < ENOUGH_PAIRS) return reading;
    const consistent = now.violations <= FAULTS_SHARE * now.statements + 1;
    if (consistent && samples.loose === undefined) return reading;
    const then = contradictions([...logsOnly, other]);
    if (!then) return reading;
    // Of probes no order of rows tells. Where all requests take equally long either reading is free of contradictions: then the one
    // under which the clocks are nearer to each other is the likelier.
    if (consistent) return then.violations <= now.violations && then.apart < now.apart ? other : reading;
    return then.violations <= CLEARLY_FEWER * now.violations ? other : reading;
  });
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

/** How many of the statements about the clocks' difference no one difference can satisfy. */
function contradictions(readings: readonly Reading[]) {
  const { statements, matched } = pairsOf(readings);
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
  return { matched, statements: alike.length, violations, apart: besidesZone((low + high) / 2) };
}

/** How far the clocks are apart beside a time zone, ms. */
const besidesZone = (offset: number): number => Math.abs(offset - nearestZone(offset) * 60_000);
