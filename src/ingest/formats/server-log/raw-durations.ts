import { median } from '../../text/median.js';

/** The numbers behind an access line, one of which may be its duration. */
export interface RawDurations {
  readonly row: number;
  readonly texts: readonly string[];
  /** Request id, `NaN` if the line tells none. */
  readonly id: number;
}

/** What else is known of the requests' times. */
export interface KnownTimes {
  /** From the log's first stamp to its last, ms. */
  readonly spanMs: number;
  /** How long the client waited for each answer, by request id (the longest where an id occurs again), ms. */
  readonly elapsed?: ReadonlyMap<number, number>;
}

/** A duration in ms. */
export interface ReadDuration {
  readonly row: number;
  readonly ms: number;
  readonly resolutionMs: number;
}

/** What servers write without saying so, ms: seconds (Apache's %T), milliseconds (Tomcat's %D until 10.0), microseconds (Apache's %D). */
const UNITS_MS = [1000, 1, 0.001];
/** With a decimal point none writes microseconds. */
const DECIMAL_UNITS_MS = [1000, 1];
/** So many of the durations may be longer than the client waited: an id that occurs in another test as well. */
const LONGER_SHARE = 0.05;
/** Slack of the client's stamps, ms. */
const SLACK_MS = 2;
/** Numbers in a size's place are durations where so many of the quickest requests … */
const QUICKEST = 5;
/** … of which most … */
const QUICKEST_SHARE = 0.6;
/** … took so large a part of their clients' wait by them: nobody waited there. */
const NEARLY = 0.8;
/** … and so many requests took different times: sizes are alike. */
const DIFFERENT = 5;
/** Without a client: a load whose requests are in service for longer than this, and than the whole log lasts, is none, ms. */
const LONGEST_MS = 60_000;
/** Decimal numbers up to this are seconds: with a point, none writes so few milliseconds of a load. */
const MANY_SECONDS = 10;
/** … nor do servers with a count of requests worth looking at take less than this for each, ms. */
const SHORTEST_MS = 1;

/**
 * Finds which of the numbers is the duration, and its unit: all lines of a file have the same. The longest with a decimal point is
 * it (nginx, gunicorn's `%(L)s`); else the one that takes the most different values, since process ids, sizes and ports repeat
 * themselves; on a tie the last. Lines with another count of numbers than most are left alone.
 *
 * The unit is the largest by which no request was in service for longer than its client waited. Its size alone misleads: 324 are
 * milliseconds as well as seconds. Without a client, where several units are possible, it is not told; with a decimal point it is seconds as a rule.
 */
export function rawDurations(raw: readonly RawDurations[], known: KnownTimes): readonly ReadDuration[] | 'no-unit' {
  const count = commonest(raw.map(({ texts }) => texts.length));
  const lines = raw.filter(({ texts }) => texts.length === count);
  if (count === undefined || lines.length === 0) return [];
  const place = placeOf(lines, count);
  const values = lines.map(({ id, texts }) => ({ id, value: Number(texts[place]) }));
  const decimals = lines.some(({ texts }) => texts[place]!.includes('.'));
  const unit = known.elapsed
    ? byClient(values, known.elapsed, decimals)
    : (decimals ? decimalBySize : bySize)(values, known);
  if (unit === undefined) return 'no-unit';
  if (areRepeated(values, unit, decimals, known)) return [];
  return lines.map(({ row, texts }) => {
    const digits = texts[place]!.split('.')[1]?.length ?? 0;
    return { row, ms: Number(texts[place]) * unit, resolutionMs: unit / 10 ** digits };
  });
}

/**
 * Whether the only numbers of access lines, where the size of the answer stands as a rule, are durations: the clients' waits tell.
 *
 *     size       198 198 198 198 198                    alike, or not as long as anybody waited
 *     duration   1001191 1052411 1030344 1250286        those that were served at once took all of their clients' wait
 */
export function areDurations(raw: readonly RawDurations[], { elapsed }: KnownTimes): boolean {
  if (!elapsed || new Set(raw.map(({ texts }) => texts[0])).size < DIFFERENT) return false;
  const values = raw.map(({ id, texts }) => ({ id, value: Number(texts[0]) }));
  const unit = byClient(
    values,
    elapsed,
    raw.some(({ texts }) => texts[0]!.includes('.')),
  );
  const paired = pairedWith(elapsed, values).map(({ value, waited }) => ({ ms: value * unit, waited }));
  return 2 * paired.length >= raw.length && servedAtOnce(paired, unit);
}

/** Whether none took longer than its client waited, and those that waited least took nearly all of it. */
export function servedAtOnce(paired: readonly { readonly ms: number; readonly waited: number }[], stepMs = 0): boolean {
  if (paired.length < QUICKEST) return false;
  const longer = paired.filter(({ ms, waited }) => ms > waited + SLACK_MS + stepMs / 2);
  if (longer.length > LONGER_SHARE * paired.length) return false;
  const quickest = [...paired].sort((a, b) => a.waited - b.waited).slice(0, QUICKEST);
  return quickest.filter(({ ms, waited }) => ms >= NEARLY * waited).length >= QUICKEST_SHARE * QUICKEST;
}

/**
 * Numbers that repeat themselves are those of processes, unless they are whole seconds or the like: by these the quickest requests took
 * nearly all of their clients' wait.
 *
 *     process     5  5  5  5  5      waited 1202 1205 1204 ms
 *     duration    1  1  1  1  1
 */
function areRepeated(values: readonly Value[], unit: number, decimals: boolean, { elapsed }: KnownTimes): boolean {
  if (decimals || values.length < DIFFERENT) return false;
  const different = new Set(values.map(({ value }) => value)).size;
  if (!elapsed) return different === 1 && unit < 1000;
  if (different >= DIFFERENT) return false;
  // Servers cut off what is less than a unit.
  const paired = pairedWith(elapsed, values).map(({ value, waited }) => ({
    ms: Math.min((value + 1) * unit, Math.max(waited, value * unit)),
    waited,
  }));
  return paired.length >= QUICKEST && !servedAtOnce(paired, unit);
}

type Value = { readonly id: number; readonly value: number };

/** The numbers of requests whose answers the client waited for, ms. */
const pairedWith = (elapsed: ReadonlyMap<number, number>, values: readonly Value[]) =>
  values.flatMap(({ id, value }) => {
    const waited = elapsed.get(id);
    return waited === undefined || Number.isNaN(id) ? [] : [{ value, waited }];
  });

/** The largest unit that the client's times allow: of requests of the same id, else of all together. */
function byClient(values: readonly Value[], elapsed: ReadonlyMap<number, number>, decimals: boolean): number {
  const paired = values.flatMap(({ id, value }) => {
    const ms = elapsed.get(id);
    return ms === undefined ? [] : [{ value, ms }];
  });
  const longest = [...elapsed.values()].reduce((a, b) => Math.max(a, b), 0);
  const compared = paired.length > 0 ? paired : [{ value: medianOf(values), ms: longest }];
  const units = decimals ? DECIMAL_UNITS_MS : UNITS_MS;
  const allowed = units.find((unit) => {
    const step = decimals ? 0 : unit / 2;
    const longer = compared.filter(({ value, ms }) => value * unit - step > ms + SLACK_MS);
    return longer.length <= LONGER_SHARE * compared.length;
  });
  return allowed ?? units.at(-1)!;
}

/** Seconds as a rule; milliseconds where seconds would be longer than the log, not told where so many seconds could be both. */
function decimalBySize(values: readonly Value[], { spanMs }: KnownTimes): number | undefined {
  const middle = medianOf(values);
  if (middle < MANY_SECONDS) return 1000;
  return 1000 * middle > spanMs ? 1 : undefined;
}

/** The only unit by which the durations are of a sensible length. */
function bySize(values: readonly Value[], { spanMs }: KnownTimes): number | undefined {
  const middle = medianOf(values);
  const longest = Math.max(spanMs, LONGEST_MS);
  const sensible = UNITS_MS.filter((unit) => middle * unit >= SHORTEST_MS && middle * unit <= longest);
  return sensible.length === 1 ? sensible[0] : undefined;
}

const medianOf = (values: readonly Value[]): number => median(values.map(({ value }) => value));

function placeOf(lines: readonly RawDurations[], count: number): number {
  const decimal = longestDecimal(lines, count);
  if (decimal !== undefined) return decimal;
  let best = 0;
  let most = 0;
  for (let place = 0; place < count; place++) {
    const different = new Set(lines.map(({ texts }) => texts[place])).size;
    if (different >= most) [best, most] = [place, different];
  }
  return best;
}

/** The place of the decimal numbers that are the longest, of equal ones the first: others are parts of it. */
function longestDecimal(lines: readonly RawDurations[], count: number): number | undefined {
  let longest: { readonly place: number; readonly sum: number } | undefined;
  for (let place = 0; place < count; place++) {
    if (!lines.some(({ texts }) => texts[place]!.includes('.'))) continue;
    const sum = lines.reduce((all, { texts }) => all + Number(texts[place]), 0);
    if (!longest || sum > longest.sum) longest = { place, sum };
  }
  return longest?.place;
}

export function commonest(counts: readonly number[]): number | undefined {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort(([a, m], [b, n]) => n - m || b - a)[0]?.[0];
}
