import type { ServerEvents } from '../../model/events.js';
import { nearestZone } from '../text/nearest-zone.js';
import type { Rows } from './pairs.js';
import type { Sent } from './sent.js';
import { CLIENT_ROUNDING_MS } from './statement.js';

/** Repeated ids that occur unequally often on both sides are crossed up to so many times. */
const MOST_CROSSED = 4;
/** Two offsets that so nearly equal a share of the votes speak for can't be told apart by them. */
const AS_GOOD = 0.98;
/** Tests are further apart than this; peaks that are not belong to one, ms. */
const ANOTHER_TEST_MS = 1000;
const MINUTE_MS = 60_000;

/** A line of the log and the sample of its request. */
export interface Match {
  readonly events: ServerEvents;
  readonly row: number;
  readonly sample: Sent;
}

interface Crossed extends Rows {
  readonly samples: readonly Sent[];
}

/** What a line allows: each of its possible samples has an interval of offsets under which it was under way at that time. */
interface Voter {
  readonly matches: readonly (Match & Interval)[];
}

interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Which of several samples of one id a line belongs to, where two tests of the same ids are in the one file and the other holds one of
 * them, or a part: every line votes for the offsets by which one of its samples was under way, and where most agree is the offset.
 *
 *     votes         ▁▄█▄▁              ▁▄█▄▁        two tests alike: two offsets, as far apart as the tests, fit equally
 *     offset          0                −20.9 s      the one by which the clocks nearly agree is the likelier
 */
export function matchedByVote(groups: readonly Crossed[]): {
  readonly matches: readonly Match[];
  readonly orElseMs?: number;
} {
  const voters = groups.flatMap(votersOf);
  const chosen = [true, false].map((zoned) => {
    const own = voters.filter(({ matches }) => (matches[0]!.events.zoned[matches[0]!.row] === 1) === zoned);
    return { own, ...likeliest(own, zoned) };
  });
  const orElseMs = chosen.find((one) => one.orElseMs !== undefined)?.orElseMs;
  return {
    matches: chosen.flatMap(({ own, offset }) =>
      offset === undefined ? [] : own.flatMap((voter) => at(voter, offset)),
    ),
    ...(orElseMs === undefined ? {} : { orElseMs }),
  };
}

function votersOf({ events, rows, samples }: Crossed): readonly Voter[] {
  if (rows.length > MOST_CROSSED || samples.length > MOST_CROSSED) return [];
  return rows.map((row) => ({
    matches: samples.map((sample) => ({
      events,
      row,
      sample,
      low: events.time[row]! - sample.until - CLIENT_ROUNDING_MS,
      high: events.time[row]! + events.resolution[row]! - sample.from,
    })),
  }));
}

/** Of the offsets with the most votes the one by which the clocks agree best, but for a zone where the stamps state none. */
function likeliest(voters: readonly Voter[], zoned: boolean): { offset?: number; orElseMs?: number } {
  const peaks = peaksOf(voters);
  const awayOf = ({ low, high }: Interval) => {
    const zone = zoned ? 0 : nearestZone((low + high) / 2) * MINUTE_MS;
    return Math.max(0, low - zone, zone - high);
  };
  const [best, ...others] = [...peaks].sort((a, b) => awayOf(a) - awayOf(b) || a.low - b.low);
  if (!best) return {};
  const offset = (best.low + best.high) / 2;
  const other = others.map(({ low, high }) => (low + high) / 2 - offset).find((ms) => Math.abs(ms) > ANOTHER_TEST_MS);
  return { offset, ...(other === undefined ? {} : { orElseMs: other }) };
}

/** The intervals for which nearly the most vote, each as narrow as its own most votes make it. */
function peaksOf(voters: readonly Voter[]): readonly Interval[] {
  const steps = voters
    .flatMap(({ matches }) => united(matches).flatMap(({ low, high }) => [[low, 1] as const, [high, -1] as const]))
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const counts: number[] = [];
  let votes = 0;
  for (const [, by] of steps) {
    votes += by;
    counts.push(votes);
  }
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const peaks: Interval[] = [];
  let best: (Interval & { votes: number }) | undefined;
  for (let k = 0; k < counts.length; k++) {
    if (counts[k]! >= AS_GOOD * most) {
      if (!best || counts[k]! > best.votes) best = { low: steps[k]![0], high: steps[k + 1]![0], votes: counts[k]! };
    } else if (best) {
      peaks.push(best);
      best = undefined;
    }
  }
  return peaks;
}

/** Intervals as none that overlap, so that a line votes once. */
function united(list: readonly Interval[]): readonly Interval[] {
  const joined: { low: number; high: number }[] = [];
  for (const { low, high } of [...list].sort((a, b) => a.low - b.low)) {
    const last = joined.at(-1);
    if (last && low <= last.high) last.high = Math.max(last.high, high);
    else joined.push({ low, high });
  }
  return joined;
}

/** The sample that was under way by this offset; where several were, it is none's. */
function at({ matches }: Voter, offset: number): readonly Match[] {
  const fitting = matches.filter(({ low, high }) => low <= offset && offset <= high);
  return fitting.length === 1 ? fitting : [];
}
