import type { JoinKind, JoinLine } from './joined-lines.js';

/** Requests that show that lines belong together. */
const MIN_PAIRS = 5;
/** Share of the lines that must take turns under their token: some may be lost. */
const IN_TURN = 0.9;
/** Share of the intervals that must lie within the client's. */
const WITHIN = 0.95;
/** What client and server may measure apart, ms. */
const SLACK_MS = 5;
/** A request that waited least was in service for this share of its time at least: else the end is another line. */
const SERVED_SHARE = 0.25;
/** Requests that waited least. */
const SHORTEST = 5;
/** Client's requests of which the log must tell this share, where it names none of them, and no more than this. */
export const TOLD = 0.8;
export const TOLD_MOST = 1.1;

/** A begin with its end. */
export interface JoinedPair {
  readonly begin: number;
  readonly end: number;
}

/** Two forms whose lines a token joins. */
export interface Joined {
  readonly begin: JoinKind;
  readonly end: JoinKind;
  /** Where the token stands in either. */
  readonly places: readonly [begin: number, end: number];
  readonly pairs: readonly JoinedPair[];
  /** Sum of the intervals, ms. */
  readonly total: number;
  /** Different tokens. */
  readonly tokens: number;
}

/** The client's record of one pair, ms; `undefined` if it has none. */
export type ElapsedOf = (begin: JoinLine, end: JoinLine) => number | undefined;

/**
 * Joins the lines of two forms by a word that both have, whatever it is: an id of the server's own, or the worker that does one
 * request at a time. A begin is followed by an end with its token before the next begin with that.
 *
 *     [3312] [2d535a4f2d53] GET "/?id=9"
 *     [3312] [2d535a4f2d53] 200 OK
 */
export function join(begin: JoinKind, end: JoinKind, places: readonly [number, number]): Joined | undefined {
  const [a, b] = [begin.columns.get(places[0])!, end.columns.get(places[1])!];
  const open = new Map<string, number>();
  const first = new Map<string, 'begin' | 'end'>();
  const pairs: JoinedPair[] = [];
  let broken = 0;
  eachLine(begin.lines, end.lines, (side, i) => {
    const token = (side === 'begin' ? a : b)[i];
    if (token === undefined) return;
    if (!first.has(token)) first.set(token, side);
    const begun = open.get(token);
    if ((begun === undefined) === (side === 'end')) broken++;
    if (side === 'begin') open.set(token, i);
    else if (begun !== undefined) {
      pairs.push({ begin: begun, end: i });
      open.delete(token);
    }
  });
  if (pairs.length < MIN_PAIRS || pairs.length < IN_TURN * (pairs.length + broken)) return undefined;
  const begun = [...first.values()].filter((side) => side === 'begin').length;
  if (2 * begun < first.size) return undefined;
  const total = pairs.reduce((sum, pair) => sum + lengthOf(begin, end, pair), 0);
  return { begin, end, places, pairs, total, tokens: first.size };
}

/** Calls for the lines of both in the file's order. */
function eachLine(
  begins: readonly JoinLine[],
  ends: readonly JoinLine[],
  take: (side: 'begin' | 'end', i: number) => void,
): void {
  let i = 0;
  let k = 0;
  while (i < begins.length || k < ends.length) {
    if (k >= ends.length || (i < begins.length && begins[i]!.line <= ends[k]!.line)) take('begin', i++);
    else take('end', k++);
  }
}

const lengthOf = (begin: JoinKind, end: JoinKind, pair: JoinedPair): number =>
  end.lines[pair.end]!.stamp.ms - begin.lines[pair.begin]!.stamp.ms;

const resolutionOf = (begin: JoinKind, end: JoinKind): number =>
  Math.max(begin.lines[0]!.stamp.resolutionMs, end.lines[0]!.stamp.resolutionMs);

/** Whether the intervals lie within those that the client measured for the same requests, and are the requests'. */
export function agrees({ begin, end, pairs, total }: Joined, elapsedOf: ElapsedOf): boolean {
  const measured = pairs.flatMap((pair) => {
    const elapsed = elapsedOf(begin.lines[pair.begin]!, end.lines[pair.end]!);
    return elapsed === undefined ? [] : [{ length: lengthOf(begin, end, pair), elapsed }];
  });
  return total > 0 && areWithin(measured, resolutionOf(begin, end));
}

/** The same for lines that name no request: the longest within the client's longest, and so on. */
export function agreesUnnamed({ begin, end, pairs, total }: Joined, elapsed: readonly number[], sent: number): boolean {
  if (pairs.length < TOLD * elapsed.length || pairs.length > TOLD_MOST * Math.max(sent, elapsed.length)) return false;
  // Of more than were answered the shortest are, of fewer some answered ones are missing.
  const by = pairs.length > elapsed.length ? (a: number, b: number) => a - b : (a: number, b: number) => b - a;
  const lengths = pairs.map((pair) => lengthOf(begin, end, pair)).sort(by);
  const waits = [...elapsed].sort(by);
  const measured = lengths.slice(0, waits.length).map((length, i) => ({ length, elapsed: waits[i]! }));
  return total > 0 && areWithin(measured, resolutionOf(begin, end));
}

interface Measured {
  readonly length: number;
  readonly elapsed: number;
}

function areWithin(measured: readonly Measured[], resolution: number): boolean {
  if (measured.length < MIN_PAIRS) return false;
  const within = measured.filter(
    ({ length, elapsed }) => length <= elapsed + resolution + SLACK_MS && length >= -resolution,
  );
  if (within.length < WITHIN * measured.length) return false;
  const shortest = [...measured].sort((a, b) => a.elapsed - b.elapsed).slice(0, SHORTEST);
  return shortest.some(({ length, elapsed }) => length + resolution >= SERVED_SHARE * elapsed);
}
