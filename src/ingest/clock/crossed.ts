import type { ServerEvents } from '../../model/events.js';
import { nearestZone } from '../text/nearest-zone.js';
import type { Rows } from './pairs.js';
import type { Sent } from './sent.js';
import { CLIENT_ROUNDING_MS, KEPT_TIME_MS } from './statement.js';

/** Repeated ids that occur unequally often on both sides are crossed up to so many times. */
const MOST_CROSSED = 4;
/** Two offsets that so nearly equal a share of the votes speak for can't be told apart by them. */
const AS_GOOD = 0.98;
/** Of a test whose lines were lost, or cut off, fewer lines vote; but so large a share of the most … */
const FEWER = 0.25;
/** … and so many … */
const ENOUGH_VOTES = 5;
/** … and, of the lines in the client's time, so many as have a sample under way then. */
const FITS = 0.9;
/** Where one offset is voted for by so many of all lines it explains both files: fewer votes for another are chance. */
const ALL = 0.9;
/** Shares of the most votes at which peaks are told from what lies between them. */
const LEVELS = [AS_GOOD, 0.75, 0.5, FEWER];
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
 *     offset          0                −20.9 s      the one by which the clocks nearly agree is the likelier, also if the
 *                                                   log has lost, or lacks, a part of that test
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

/**
 * Of the offsets with the most votes the one by which the clocks agree best, but for a zone where the stamps state none. One by which they agree as
 * clocks that are kept do needs fewer.
 */
function likeliest(voters: readonly Voter[], zoned: boolean): { offset?: number; orElseMs?: number } {
  const peaks = peaksOf(voters);
  const awayOf = ({ low, high }: Interval) => {
    const zone = zoned ? 0 : nearestZone((low + high) / 2) * MINUTE_MS;
    return Math.max(0, low - zone, zone - high);
  };
  const rank = (peak: Peak) => (awayOf(peak) <= KEPT_TIME_MS ? 0 : peak.asGood ? 1 : 2);
  const [best, ...others] = [...peaks].sort((a, b) => rank(a) - rank(b) || awayOf(a) - awayOf(b) || a.low - b.low);
  if (!best) return {};
  const offset = middle(best);
  const other = others.map((one) => middle(one) - offset).find((ms) => Math.abs(ms) > ANOTHER_TEST_MS);
  return { offset, ...(other === undefined ? {} : { orElseMs: other }) };
}

const middle = ({ low, high }: Interval): number => (low + high) / 2;

/** Offsets for which many vote, as narrowly as its own most votes make it. */
interface Peak extends Interval {
  readonly votes: number;
  /** Nearly the most. */
  readonly asGood: boolean;
}

/** The offsets for which nearly the most vote, and those for which fewer do whose lines in the client's time all fit. */
function peaksOf(voters: readonly Voter[]): readonly Peak[] {
  const steps = voters
    .flatMap(({ matches }) => united(matches).flatMap(({ low, high }) => [[low, 1] as const, [high, -1] as const]))
    .sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  let [votes, most] = [0, 0];
  const counted: Counted[] = [];
  for (const [k, [from, by]] of steps.entries()) {
    votes += by;
    most = Math.max(most, votes);
    counted.push({ low: from, high: steps[k + 1]?.[0] ?? from, votes });
  }
  const fits = fitOf(voters);
  const found = new Map<number, Peak>();
  for (const level of most >= ALL * voters.length ? LEVELS.slice(0, 1) : LEVELS) {
    for (const top of topsOf(counted, level * most)) {
      const asGood = top.votes >= AS_GOOD * most;
      if (!found.has(top.low) && (asGood || (top.votes >= ENOUGH_VOTES && fits(middle(top)) >= FITS)))
        found.set(top.low, { ...top, asGood });
    }
  }
  return [...found.values()];
}

interface Counted extends Interval {
  readonly votes: number;
}

/** The highest of each stretch in which the count stays above a level. */
function topsOf(counted: readonly Counted[], level: number): readonly Counted[] {
  const tops: Counted[] = [];
  let best: Counted | undefined;
  for (const one of counted) {
    if (one.votes >= level) {
      if (!best || one.votes > best.votes) best = one;
    } else if (best) {
      tops.push(best);
      best = undefined;
    }
  }
  return tops;
}

/** By an offset, the share of the lines in the client's time whose request was under way. */
function fitOf(voters: readonly Voter[]): (offset: number) => number {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { matches } of voters) {
    for (const { sample } of matches) {
      from = Math.min(from, sample.from);
      to = Math.max(to, sample.until);
    }
  }
  return (offset) => {
    let [within, fitting] = [0, 0];
    for (const { matches } of voters) {
      const { events, row } = matches[0]!;
      const at = events.time[row]! - offset;
      // Whom the client gave up may be begun, and end, long after.
      if (at < from || at > to || matches.some(({ sample }) => !Number.isFinite(sample.answeredBy))) continue;
      within++;
      if (matches.some(({ low, high }) => low <= offset && offset <= high)) fitting++;
    }
    return within === 0 ? 0 : fitting / within;
  };
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
