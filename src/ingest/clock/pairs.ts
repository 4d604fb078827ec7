import { EVENT, type ServerEvents } from '../../model/events.js';
import type { Reading } from '../../model/reading.js';
import { type ClientSamples, OUTCOME_CODE } from '../../model/samples.js';
import type { EpochMs } from '../../model/time.js';

/** The client stamps whole milliseconds, start and elapsed each: two roundings, ms. */
export const CLIENT_ROUNDING_MS = 2;
/** Repeated ids that occur unequally often on both sides are crossed up to so many times. */
const MOST_CROSSED = 4;

/** What one pair of the same request says of server clock less client clock: `at-least` or `at-most` so much (ms). */
export interface Statement {
  readonly side: 'at-least' | 'at-most';
  readonly value: number;
  /** When, on the client's clock. */
  readonly at: EpochMs;
  /** The stamp states its zone: the value is the clocks' difference alone, else the zone is in it. */
  readonly zoned: boolean;
  /** Place of the log line, by which a step of the clock within the log is found. */
  readonly source: number;
  readonly line: number;
}

/** All statements, and how many distinct requests made them. */
export interface Pairs {
  readonly statements: readonly Statement[];
  readonly matched: number;
}

const NO_PAIRS: Pairs = { statements: [], matched: 0 };

interface Sent {
  readonly start: number;
  /** `NaN` unless the client got the answer. */
  readonly end: number;
  /** It may have been sent so much before `start`, and answered so much after `end`, ms. */
  readonly earlierMs: number;
  readonly laterMs: number;
}

/**
 * Pairs log lines and client samples by request id. For a request sent at `a` and answered at `e` by the client's clock, begun at
 * `b` and ended at `d` by the server's:
 *
 *     client   a|------------------------------|e
 *     server        b|---- in service ----|d             b − offset ≥ a,   d − offset ≤ e
 *
 * An id that occurs several times (two tests in one log) pairs in order where both sides have it equally often.
 */
export function pairsOf(readings: readonly Reading[]): Pairs {
  if (!hasEvents(readings)) return NO_PAIRS;
  const sent = samplesById(readings);
  const statements: Statement[] = [];
  const matched = new Set<number>();
  for (const crossed of [false, true]) {
    for (const { events } of readings) {
      if (!events) continue;
      for (const [, rows] of rowsById(events, sent)) {
        const id = events.id[rows[0]!]!;
        const pairs = paired(rows, sent.get(id)!, crossed);
        for (const [i, sample] of pairs) statements.push(...statementsOf(events, i, sample));
        if (pairs.length > 0) matched.add(id);
      }
    }
    if (statements.length > 0) {
      // Of crossed pairs most are wrong: only where both sides speak do they contradict each other, and the right ones agree.
      if (crossed && statements.every(({ side }) => side === statements[0]!.side)) return NO_PAIRS;
      break;
    }
  }
  return { statements, matched: matched.size };
}

const hasEvents = (readings: readonly Reading[]): boolean =>
  readings.some(({ events }) => events !== undefined && events.count > 0);

/** Events by id and kind of line, each list in the file's order. */
function rowsById(events: ServerEvents, sent: ReadonlyMap<number, readonly Sent[]>): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (let i = 0; i < events.count; i++) {
    const id = events.id[i]!;
    if (Number.isNaN(events.time[i]!) || !sent.has(id)) continue;
    const key = `${id} ${events.kind[i]} ${events.pattern[i]}`;
    const list = rows.get(key);
    if (list) list.push(i);
    else rows.set(key, [i]);
  }
  return rows;
}

function paired(rows: readonly number[], samples: readonly Sent[], crossed: boolean): (readonly [number, Sent])[] {
  if (rows.length === samples.length) return rows.map((row, k) => [row, samples[k]!] as const);
  if (!crossed || rows.length > MOST_CROSSED || samples.length > MOST_CROSSED) return [];
  return rows.flatMap((row) => samples.map((sample) => [row, sample] as const));
}

function statementsOf(events: ServerEvents, i: number, { start, end, earlierMs, laterMs }: Sent): readonly Statement[] {
  const time = events.time[i]!;
  const kind = events.kind[i];
  const resolution = events.resolution[i]!;
  const duration = events.duration[i]!;
  const common = { zoned: events.zoned[i] === 1, source: events.source[i]!, line: events.line[i]! };
  const list: Statement[] = [];
  if (kind === EVENT.begin)
    list.push({ ...common, side: 'at-most', value: time + resolution + earlierMs - start, at: start });
  if (kind === EVENT.span && !Number.isNaN(duration)) {
    const begin = time - duration + resolution + events.durationResolution[i]!;
    list.push({ ...common, side: 'at-most', value: begin + earlierMs - start, at: start });
  }
  if (kind !== EVENT.begin && !Number.isNaN(end)) {
    list.push({ ...common, side: 'at-least', value: time - end - CLIENT_ROUNDING_MS - laterMs, at: end });
  }
  return list;
}

/** A stamp taken before the request is early, one taken after it late; whole seconds are early by up to one. */
function roomOf(loose: ClientSamples['loose'], stampIsEnd: boolean): Pick<Sent, 'earlierMs' | 'laterMs'> {
  const { stepMs, lagMs } = loose ?? { stepMs: 0, lagMs: 0 };
  return stampIsEnd ? { earlierMs: lagMs, laterMs: stepMs } : { earlierMs: 0, laterMs: stepMs + lagMs };
}

function samplesById(readings: readonly Reading[]): Map<number, Sent[]> {
  const sent = new Map<number, Sent[]>();
  for (const { samples, source } of readings) {
    const room = roomOf(samples?.loose, source.variant.stamp === 'end');
    for (let i = 0; samples && i < samples.count; i++) {
      const id = samples.id[i]!;
      const start = samples.start[i]!;
      if (Number.isNaN(id) || Number.isNaN(start)) continue;
      const answered = samples.outcome[i] === OUTCOME_CODE.succeeded;
      const end = answered ? start + samples.elapsed[i]! : Number.NaN;
      const one = { start, end, ...room };
      const list = sent.get(id);
      if (list) list.push(one);
      else sent.set(id, [one]);
    }
  }
  for (const list of sent.values()) if (list.length > 1) list.sort((a, b) => a.start - b.start);
  return sent;
}

/**
 * Without ids, the counts speak: by any moment no more requests can have begun than were sent, and no more been answered than
 * ended. So the nth begin is not before the nth sending, and the nth end not after the nth answer.
 */
export function pairsByOrder(readings: readonly Reading[]): Pairs {
  if (!hasEvents(readings)) return NO_PAIRS;
  const starts: number[] = [];
  const answers: number[] = [];
  for (const { samples } of readings) {
    for (let i = 0; samples && i < samples.count; i++) {
      const start = samples.start[i]!;
      if (Number.isNaN(start)) continue;
      starts.push(start);
      if (samples.outcome[i] === OUTCOME_CODE.succeeded) answers.push(start + samples.elapsed[i]!);
    }
  }
  // Of requests none of which was answered it is not known that any of them is in the log.
  if (answers.length === 0) return NO_PAIRS;
  const statements = readings.flatMap(({ events }) => (events ? inOrder(events, starts, answers) : []));
  return { statements, matched: 0 };
}

function inOrder(events: ServerEvents, starts: number[], answers: number[]): Statement[] {
  const begins: { time: number; i: number }[] = [];
  const ends: { time: number; i: number }[] = [];
  // Where the lines of begins have ends of their own, an access line beside them is the same end once more.
  const own = new Set<number>();
  for (let i = 0; i < events.count; i++) if (events.kind[i] === EVENT.begin) own.add(events.pattern[i]!);
  const twice = events.kind.some((kind, i) => kind === EVENT.end && own.has(events.pattern[i]!));
  for (let i = 0; i < events.count; i++) {
    const time = events.time[i]!;
    if (Number.isNaN(time) || (twice && !own.has(events.pattern[i]!))) continue;
    const kind = events.kind[i];
    const duration = events.duration[i]!;
    if (kind === EVENT.begin) begins.push({ time, i });
    if (kind === EVENT.span && !Number.isNaN(duration)) begins.push({ time: time - duration, i });
    if (kind !== EVENT.begin) ends.push({ time, i });
  }
  const statements: Statement[] = [];
  const put = (side: Statement['side'], list: { time: number; i: number }[], client: number[]) => {
    // A log of fewer requests than the client sent belongs to a part of them; of more, to other clients too.
    if (client.length === 0 || list.length > client.length) return;
    list.sort((a, b) => a.time - b.time);
    client.sort((a, b) => a - b);
    // Where lines are lost, the nth end of those left is a later one; but counted from the last, none is later than its answer.
    const skipped = side === 'at-least' ? client.length - list.length : 0;
    for (const [k, { time, i }] of list.entries()) {
      const resolution = side === 'at-most' ? events.resolution[i]! : -CLIENT_ROUNDING_MS;
      const common = { zoned: events.zoned[i] === 1, source: events.source[i]!, line: events.line[i]! };
      statements.push({ ...common, side, value: time + resolution - client[k + skipped]!, at: client[k + skipped]! });
    }
  };
  put('at-most', begins, starts);
  put('at-least', ends, answers);
  return statements;
}
