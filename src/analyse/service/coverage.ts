import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import { END_KIND, type ServedRequests, type Timeline } from '../../model/timeline.js';
import { acceptedAt } from '../inferences/max-concurrency/from-sockets.js';
import type { Look } from '../looks.js';
import { endedOutside } from './ended-outside.js';

/** Answered requests outside the log from which it is cut, and not just late by a line or two. */
const ANSWERED_OUTSIDE = 3;

/** A line may come so long after the answer, ms. */
const LATE_LINE_MS = 100;

/** The stretch of the client's time of which the log tells. */
export interface Coverage {
  readonly from: number;
  readonly to: number;
  /** Share of the answered requests that lie outside it. */
  readonly outside: number;
}

/**
 * What a log tells that begins late or breaks off: of what lies outside it, its silence says nothing.
 *
 *     client   ▐███████████████████████▌
 *     log                  ▐████████▌          answers before and behind it: cut
 *
 * `undefined` where the log is there for all of the client's answers.
 */
export function coverageOf(timeline: Timeline, looks: readonly Look[]): Coverage | undefined {
  const { samples, served, clock } = timeline;
  if (!samples || !served || served.count === 0 || served.sample.every((sample) => sample === NONE_U32))
    return undefined;
  const ends = coverageOfEnds(timeline);
  if (ends) return ends;
  let from = served.begin[0]!;
  for (const time of served.orphanEnds.time) from = Math.min(from, time);
  // Other logs beside it may go on.
  let to = Number.NEGATIVE_INFINITY;
  for (const times of [served.begin, served.orphanEnds.time]) for (const time of times) to = Math.max(to, time);
  for (let i = 0; i < served.count; i++) if (served.endKind[i] === END_KIND.logged) to = Math.max(to, served.end[i]!);
  // A log that tells of each end would have told of those that came after its last line.
  const toldBy = served.beginsDerived
    ? Number.POSITIVE_INFINITY
    : to + LATE_LINE_MS + served.resolutionMs + (clock.uncertaintyMs ?? 0);
  let outside = 0;
  let answered = 0;
  for (let i = 0; i < samples.count; i++) {
    if (samples.outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(samples.id[i]!)) continue;
    answered++;
    const end = samples.start[i]! + samples.elapsed[i]!;
    if (end < from || samples.start[i]! > to || end > toldBy) outside++;
  }
  if (answered === 0) return showsNoMore(looks, served, to) ? undefined : brokenOff(samples, served, { from, to });
  return outside >= ANSWERED_OUTSIDE ? { from, to, outside: outside / answered } : undefined;
}

/** A log of ends alone tells of all who were in service from its first line on, and until one came whose end it lacks. */
function coverageOfEnds(timeline: Timeline): Coverage | undefined {
  const ends = endedOutside(timeline);
  if (!ends || ends.samples.length < ANSWERED_OUTSIDE) return undefined;
  const { begin, end } = timeline.served!;
  return {
    from: Math.max(ends.told.from, begin[0]!),
    to: Math.min(
      ends.told.to,
      end.reduce((last, at) => (Number.isFinite(at) ? Math.max(last, at) : last), begin[0]!),
    ),
    outside: ends.samples.length / ends.answered,
  };
}

/** So many looks that show the server take no more are no chance. */
const LOOKS_AT_LIMIT = 2;

/**
 * Behind the last begin others wait to be accepted, look after look, by a server that holds just those that the log has begun: it begins no
 * more, and the log lacks none of its lines.
 *
 *     log        1 2 3 4
 *     accepted   1 2 3 4 4 4 4 4
 *     queued             1 2 3 4
 */
function showsNoMore(looks: readonly Look[], { count }: ServedRequests, to: number): boolean {
  const held = looks.flatMap((look) => {
    const accepted = acceptedAt(look)?.value;
    if (look.at === undefined || look.at <= to || accepted === undefined || !look.queued?.value) return [];
    return [{ least: accepted, most: accepted + (look.closeWait?.value ?? 0) }];
  });
  return held.length >= LOOKS_AT_LIMIT && held.every(({ least, most }) => least <= count && most >= count);
}

/**
 * Where nobody had an answer and the log ends nothing, those who came behind its last begin waited for the others, or the log lacks
 * its last lines: nothing tells these apart, unless the server went on to turn others away.
 */
function brokenOff(
  { count, start, elapsed, id, outcome, status }: ClientSamples,
  served: ServedRequests,
  { from, to }: Omit<Coverage, 'outside'>,
): Coverage | undefined {
  if (served.beginsDerived || served.orphanEnds.time.length > 0 || served.endKind.includes(END_KIND.logged))
    return undefined;
  let cut = 0;
  let outside = 0;
  let turnedAway = 0;
  for (let i = 0; i < count; i++) {
    if (status[i]! > 0 && start[i]! > to && start[i]! + elapsed[i]! > to + LATE_LINE_MS) turnedAway++;
    if (outcome[i] !== OUTCOME_CODE.reset || Number.isNaN(id[i]!)) continue;
    cut++;
    if (start[i]! > to) outside++;
  }
  return outside >= ANSWERED_OUTSIDE && turnedAway < ANSWERED_OUTSIDE
    ? { from, to, outside: outside / cut }
    : undefined;
}

/** The first line of a log that tells of begins and ends; one of ends alone tells what was in service before. */
export function logBegin(served: ServedRequests): number {
  const { begin, beginLine, end, endLine, endKind, orphanEnds } = served;
  let first = Number.POSITIVE_INFINITY;
  if (served.beginsDerived) return Number.NEGATIVE_INFINITY;
  for (let i = 0; i < served.count; i++) {
    if (beginLine[i]! > 0 && beginLine[i] !== endLine[i]) first = Math.min(first, begin[i]!);
    if (endKind[i] === END_KIND.logged) first = Math.min(first, end[i]!);
  }
  return orphanEnds.time.reduce((least, time) => Math.min(least, time), first);
}

/** Requests that the log or a look shows and the client's record lacks, from which it is a part only … */
const LACKING = 5;
/** … and as a share of all that the log or the look shows. */
const LACKING_SHARE = 0.05;

/**
 * The client's record is a part of what was sent: it was cut off before the requests on their way were written, or is that of one of several
 * clients. Of the number of those under way it says too little then.
 */
export const isClientPartial = (timeline: Timeline, looks: readonly Look[]): boolean =>
  lacksLogged(timeline) || lacksConnected(timeline, looks);

/** More connections at once than requests were ever sent; or clients that wait to be accepted when the last is said to have had its answer. */
export function lacksConnected({ samples, clock }: Timeline, looks: readonly Look[]): boolean {
  if (!samples) return false;
  const connected = Math.max(0, ...looks.map(({ established }) => established?.value ?? 0));
  const lacking = connected - samples.count;
  if (lacking >= LACKING && lacking >= LACKING_SHARE * connected) return true;
  const over = samples.start.reduce((last, start, i) => Math.max(last, start + (samples.elapsed[i]! || 0)), 0);
  const after = over + LATE_LOOK_MS + (clock.uncertaintyMs ?? 0);
  return looks.some(
    ({ at, queued, established }) =>
      at !== undefined && at > after && Math.min(queued?.value ?? 0, established?.value ?? 0) >= LACKING,
  );
}

/** Looks may be stamped so much later than they were taken, ms. */
const LATE_LOOK_MS = 1000;

function lacksLogged(timeline: Timeline): boolean {
  const { lacking, of } = lackedRows(timeline);
  return lacking < of && lacking >= LACKING && lacking >= LACKING_SHARE * of;
}

/** How many requests of the log, of those with an id, the client's record has no row of. */
export function lackedRows({ samples, served }: Timeline): { readonly lacking: number; readonly of: number } {
  let lacking = 0;
  let of = 0;
  for (let i = 0; samples && served && i < served.count; i++) {
    if (Number.isNaN(served.id[i]!)) continue;
    of++;
    if (served.sample[i] === NONE_U32) lacking++;
  }
  return { lacking, of };
}

/**
 * The client's record lacks rows of its own time, if only one: what it counts at one instant may be too few. Ids that two records on one line
 * spoilt are as many answers that no line tells of.
 */
export function lacksRows({ samples, served }: Timeline): boolean {
  if (!samples || !served || served.sample.every((sample) => sample === NONE_U32)) return false;
  const from = samples.start.reduce((first, start) => Math.min(first, start), Number.POSITIVE_INFINITY);
  const to = samples.start.reduce((last, start, i) => Math.max(last, start + (samples.elapsed[i]! || 0)), from);
  const lacking = served.begin.filter(
    (begin, i) => !Number.isNaN(served.id[i]!) && served.sample[i] === NONE_U32 && begin >= from && begin <= to,
  ).length;
  if (lacking === 0) return false;
  const told = new Set([...served.sample, ...served.orphanEnds.sample]);
  const untold = samples.outcome.filter((code, i) => code === OUTCOME_CODE.succeeded && !told.has(i)).length;
  return lacking > untold;
}
