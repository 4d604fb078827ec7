import { append } from '../../model/append.js';
import { EVENT, type ServerEvents } from '../../model/events.js';
import type { Reading } from '../../model/reading.js';
import { type Match, matchedByVote } from './crossed.js';
import { longestMs, quickestMs, type Sent, sentBy } from './sent.js';
import { NO_PAIRS, notAfter, notBefore, type Pairs, type Stamp, type Statement } from './statement.js';

/** So many requests served in so small a part of the time for which their clients waited in vain are no chance. */
const ENOUGH_IN_VAIN = 3;
const QUICKER = 0.5;
/** Lines that pair in order are the rule, and not what lost lines left over, from this share on. */
const MOST = 0.5;
/** Kinds of event that a pattern may tell. */
const KINDS = Object.keys(EVENT).length;

/**
 * Pairs log lines and client samples by request id. For a request sent at `a` and answered at `e` by the client's clock, begun at
 * `b` and ended at `d` by the server's:
 *
 *     client   a|------------------------------|e
 *     server        b|---- in service ----|d             b − offset ≥ a,   d − offset ≤ e
 *
 * An id that occurs several times (two tests in one log) pairs in order where both sides have it equally often; where most
 * lines have none such, all pairs that are possible vote.
 */
export function pairsOf(readings: readonly Reading[]): Pairs {
  const logs = readings.flatMap(({ events }) => (events && events.count > 0 ? [events] : []));
  if (logs.length === 0) return NO_PAIRS;
  const sent = sentBy(readings);
  const byId = samplesById(sent);
  const rows = logs.flatMap((events) => rowsById(events, byId));
  const inOrder = rows.flatMap((group) => pairedInOrder(group, byId.get(group.id)!));
  const plain = pairsFrom(inOrder, sent);
  const lines = rows.reduce((n, group) => n + group.rows.length, 0);
  if (plain.statements.length > 0 && inOrder.length >= MOST * lines) return plain;
  const vote = matchedByVote(rows.map((group) => ({ ...group, samples: byId.get(group.id)! })));
  const voted = pairsFrom(vote.matches, sent);
  if (voted.statements.length === 0) return plain;
  return { ...voted, ...(vote.orElseMs === undefined ? {} : { orElseMs: vote.orElseMs }) };
}

function pairsFrom(matches: readonly Match[], sent: readonly Sent[]): Pairs {
  return {
    statements: statementsOf(matches),
    matched: new Set(matches.map(({ sample }) => sample.id)).size,
    assumed: () => {
      const servedMs = quickestMs(sent);
      return {
        statements: matches.flatMap((match) => assumedOf(match, servedMs)),
        longestMs: longestMs(sent),
        inVain: servedInVain(matches),
      };
    },
  };
}

function samplesById(all: readonly Sent[]): ReadonlyMap<number, readonly Sent[]> {
  const sent = new Map<number, Sent[]>();
  for (const one of all) if (!Number.isNaN(one.id)) append(sent, one.id, one);
  for (const list of sent.values()) if (list.length > 1) list.sort((a, b) => a.from - b.from);
  return sent;
}

/** Lines of one kind about one id, in the file's order. */
export interface Rows {
  readonly id: number;
  readonly events: ServerEvents;
  readonly rows: readonly number[];
}

function rowsById(events: ServerEvents, sent: ReadonlyMap<number, unknown>): readonly Rows[] {
  const kinds = new Map<number, Map<number, { id: number; events: ServerEvents; rows: number[] }>>();
  for (let i = 0; i < events.count; i++) {
    const id = events.id[i]!;
    if (Number.isNaN(events.time[i]!) || !sent.has(id)) continue;
    const kind = events.pattern[i]! * KINDS + events.kind[i]!;
    const groups = kinds.get(kind) ?? new Map();
    if (groups.size === 0) kinds.set(kind, groups);
    const group = groups.get(id);
    if (group) group.rows.push(i);
    else groups.set(id, { id, events, rows: [i] });
  }
  return [...kinds.values()].flatMap((groups) => [...groups.values()]);
}

function pairedInOrder({ events, rows }: Rows, samples: readonly Sent[]): readonly Match[] {
  return rows.length === samples.length ? rows.map((row, k) => ({ events, row, sample: samples[k]! })) : [];
}

/** Begin and end that a line tells of. */
function stampsOf(events: ServerEvents, i: number): { readonly begin?: Stamp; readonly end?: Stamp } {
  const kind = events.kind[i];
  const [time, resolution] = [events.time[i]!, events.resolution[i]!];
  if (kind === EVENT.begin) return { begin: stampOf(events, i, time, resolution) };
  const end = stampOf(events, i, time, resolution);
  const duration = events.duration[i]!;
  if (kind !== EVENT.span || Number.isNaN(duration)) return { end };
  return { begin: stampOf(events, i, time - duration, resolution + events.durationResolution[i]!), end };
}

const stampOf = (events: ServerEvents, i: number, time: number, resolution: number): Stamp => ({
  time,
  resolution,
  zoned: events.zoned[i] === 1,
  source: events.source[i]!,
  line: events.line[i]!,
});

function statementsOf(matches: readonly Match[]): readonly Statement[] {
  const statements: Statement[] = [];
  for (const { events, row, sample } of matches) {
    const { begin, end } = stampsOf(events, row);
    if (begin) statements.push(notBefore(begin, sample.from));
    if (end && Number.isFinite(sample.answeredBy)) statements.push(notAfter(end, sample.answeredBy));
  }
  return statements;
}

/** A begin is at least as long before the answer, and an end as long after the sending, as the shortest service lasts. */
function assumedOf({ events, row, sample }: Match, servedMs: number): readonly Statement[] {
  const { begin, end } = stampsOf(events, row);
  return [
    ...(begin && Number.isFinite(sample.answeredBy) ? [notAfter(begin, sample.answeredBy - servedMs)] : []),
    ...(end ? [notBefore(end, sample.from + servedMs)] : []),
  ];
}

/**
 * Whether requests without an answer were served in far less time than their clients waited for it. Begun at once they would have had one: they were
 * begun late, or after their clients had gone.
 *
 *     client   a|············|gone
 *     server                     b|██|d
 */
function servedInVain(matches: readonly Match[]): boolean {
  const unanswered = matches
    .filter(({ sample }) => !Number.isFinite(sample.answeredBy))
    .map(({ events, row, sample }) => ({ sample, ...stampsOf(events, row) }));
  const begun = new Map(unanswered.flatMap(({ sample, begin }) => (begin ? [[sample, begin.time] as const] : [])));
  const quick = ({ sample, end }: (typeof unanswered)[number]) =>
    end !== undefined && end.time - (begun.get(sample) ?? Number.NaN) < QUICKER * (sample.until - sample.from);
  return unanswered.filter(quick).length >= ENOUGH_IN_VAIN;
}
