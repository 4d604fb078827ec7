import { EVENT } from '../../model/events.js';
import type { Message } from '../../model/message.js';
import type { Reading } from '../../model/reading.js';
import type { Stamp } from '../../model/time.js';
import { say } from '../../words/ids.js';
import { logPatterns } from '../logs/index.js';
import type { LogMatcher, LogRecord } from '../logs/log-pattern.js';
import type { Who } from '../logs/parts/who-found.js';
import { unwrap } from '../logs/parts/wrappers.js';
import type { InputFile } from '../text/input-file.js';
import { Ledger } from '../text/ledger.js';
import { findStamp } from '../text/timestamps.js';
import type { Format, Head, Recognition, RunContext } from './format.js';
import { EventColumns } from './server-log/event-columns.js';
import { FoldedEvents } from './server-log/folded-events.js';
import { Ungluer } from './server-log/glued.js';
import { type Counted, hasWho, type Learned, type LearnedRow } from './server-log/learned.js';
import { Learner } from './server-log/learner.js';
import { RowTimes } from './server-log/row-times.js';
import { comeInOrder } from './server-log/same-order.js';
import { entryFor } from './server-log/snippet.js';
import { StartedWorkers } from './server-log/started-workers.js';
import { compileStated } from './server-log/stated-pattern.js';
import { twiceTold } from './server-log/twice-told.js';

/** Lines of the head that recognition looks at. */
const HEAD_LINES = 400;
/** Share of the lines with a time stamp from which an unknown file is taken for a log. */
const STAMPED_SHARE = 0.3;
/** Lines in handlers' words that are kept to be read anew, should the words tell half of the story; by then it shows. */
const MAX_WORDED = 20_000;
/** Begins to ends, or ends to begins, below which half of them is missing … */
const LOPSIDED_SHARE = 0.5;
/** … and so many lines of the other half from which they are missed. */
const LOPSIDED_FROM = 5;
/** Requests that learnt lines must begin, of those of which other lines tell begin and end. */
const ENOUGH_BESIDE = 0.5;
/** Records merged on one line that are taken apart. */
const MAX_PARTS = 8;
/** Files that look like logs and are the client's. */
const CLIENT_LOG = /\b(?:o\.a\.j\.|org\.apache\.jmeter\.|jmeter\.(?:engine|threads|JMeter|gui|util|reporters))/;

/**
 * Server logs: what a server prints of each request and of itself. Each line is offered to the registry of log patterns, a line's
 * wrapper (docker, syslog, colours) taken off first.
 */
export const serverLog = {
  id: 'server-log',
  kind: 'server-log',
  recognise,
  async read(file: InputFile, context: RunContext): Promise<Reading> {
    const reader = new LogReader(file, context);
    await file.eachLine((line, number) => reader.line(line, number));
    return reader.finish();
  },
} satisfies Format;

function recognise({ lines }: Head): Recognition {
  const matchers = logPatterns.map((pattern) => pattern.open?.() ?? pattern);
  let requests = 0;
  let notices = 0;
  let understood = 0;
  let stamped = 0;
  let filled = 0;
  let client = 0;
  for (const line of lines.slice(0, HEAD_LINES)) {
    if (line.trim() === '') continue;
    filled++;
    const { text, stamp } = unwrap(line);
    if (CLIENT_LOG.test(text)) client++;
    const record = firstMatch(matchers, text);
    if (record?.kind === 'begin' || record?.kind === 'end' || record?.kind === 'span') requests++;
    else if (record?.kind === 'notice') notices++;
    else if (record) understood++;
    if (stamp || record?.stamp || findStamp(text)) stamped++;
  }
  if (client > 0 && client >= 0.1 * filled && requests === 0) return { certainty: 'refused', as: "JMeter's own log" };
  if (requests > 0 && requests + notices + understood >= 0.1 * filled) return { certainty: 'certain' };
  if (requests > 0 || notices > 1 || (notices + understood > 0 && notices + understood >= 0.5 * filled))
    return { certainty: 'likely' };
  return { certainty: filled >= 3 && stamped >= STAMPED_SHARE * filled ? 'likely' : 'no' };
}

function firstMatch(matchers: readonly LogMatcher[], text: string): LogRecord | undefined {
  for (const matcher of matchers) {
    const record = matcher.match(text);
    if (record) return record;
  }
  return undefined;
}

/** A text that tells nothing known, for the learner. */
interface Unknown {
  readonly text: string;
  readonly who: Who;
}

/** The worker that a record names, without the rest. */
function whoIn({ pid, thread, nativeId, identity, pidCalled, threadCalled }: LogRecord): Who {
  return {
    ...(pid === undefined ? {} : { pid }),
    ...(thread === undefined ? {} : { thread }),
    ...(nativeId === undefined ? {} : { nativeId }),
    ...(identity === undefined ? {} : { identity }),
    ...(pidCalled ? { pidCalled } : {}),
    ...(threadCalled ? { threadCalled } : {}),
  };
}

/** A line in the words of a handler, which may be those of another line too: one that a server writes of each answer has a status. */
const isWorded = (record: LogRecord): record is LogRecord & { readonly kind: 'begin' | 'end' } =>
  (record.kind === 'begin' || record.kind === 'end') && record.status === undefined;

/** How many lines tell begins, and ends. */
interface Sides {
  readonly begins: number;
  readonly ends: number;
}

function sidesOf(kinds: Iterable<'begin' | 'end'>): Sides {
  const sides = { begins: 0, ends: 0 };
  for (const kind of kinds) sides[kind === 'begin' ? 'begins' : 'ends']++;
  return sides;
}

const fewer = ({ begins, ends }: Sides): number => Math.min(begins, ends);

/** Handlers' words tell begins and hardly ends, or ends and hardly begins: the other half has words that are not known. */
function isLopsided(worded: Sides): boolean {
  const many = Math.max(worded.begins, worded.ends);
  return many >= LOPSIDED_FROM && fewer(worded) < LOPSIDED_SHARE * many;
}

/** run.yaml's patterns for begins and for ends are one kind of line; one with a duration tells a request by itself. */
const kindOf = (pattern: string, { kind }: LogRecord): string =>
  kind !== 'span' && pattern.startsWith('run.yaml-') ? 'run.yaml' : pattern;

class LogReader {
  readonly #file: InputFile;
  readonly #context: RunContext;
  readonly #ledger = new Ledger();
  readonly #events: EventColumns;
  readonly #learner: Learner;
  readonly #folded: FoldedEvents;
  readonly #ungluer = new Ungluer();
  readonly #started = new StartedWorkers();
  readonly #matchers: readonly { readonly id: string; readonly matcher: LogMatcher }[];
  readonly #byPattern: Record<string, number> = {};
  readonly #times: RowTimes;
  /** The time of the line above, where it tells that of the next one; and whether the present one does. */
  #timeAbove: string | undefined;
  #timesNext = false;
  /** Lines that tell a request with its duration, and may have been begun by a line that is still to be learnt. */
  readonly #offered = new Set<number>();
  #counts = { begins: 0, ends: 0, spans: 0 };
  /** Lines that handlers' words tell, and how many of either kind. */
  readonly #worded = new Map<number, 'begin' | 'end'>();
  /** Begins and ends by pattern; and the patterns that told some line in handlers' words. */
  readonly #sides = new Map<string, Record<keyof Sides, number>>();
  readonly #wordedBy = new Set<string>();
  readonly #ids = new Set<number>();
  #inFront = false;

  constructor(file: InputFile, context: RunContext) {
    this.#file = file;
    this.#context = context;
    this.#events = new EventColumns(file.index);
    this.#times = new RowTimes(this.#events);
    const learner = () => new Learner(context);
    this.#learner = learner();
    this.#folded = new FoldedEvents(learner());
    const stated = compileStated(context.runFile.log ?? []);
    for (const { message } of stated.problems) this.#ledger.note(message);
    this.#matchers = [
      ...stated.matchers.map((matcher) => ({ id: matcher.id, matcher })),
      ...logPatterns.map((pattern) => ({ id: pattern.id, matcher: pattern.open?.() ?? pattern })),
    ];
  }

  line(raw: string, number: number): void {
    if (raw.trim() === '') {
      this.#ledger.ignore();
      return;
    }
    const { text, stamp, head } = unwrap(raw);
    const unknown: Unknown[] = [];
    const verdicts = this.#ungluer.records(text).map((record) => this.#parts(record, number, stamp, unknown));
    const verdict = verdicts.includes('used') ? 'used' : verdicts.includes('ignored') ? 'ignored' : 'skipped';
    if (verdict === 'used') this.#ledger.use();
    else if (verdict === 'ignored') this.#ledger.ignore();
    else this.#ledger.skip(number, say('problem.notUnderstood', {}), raw);
    const isKnown = verdict === 'used' && unknown.length === 0;
    const timed = isKnown ? undefined : (this.#timeAbove ?? (head === undefined || findStamp(text) ? undefined : head));
    for (const { text, who } of unknown) this.#learner.take(number, text, verdict, who, timed);
    this.#folded.take(number, timed === undefined ? text : `${timed}${text}`, verdict);
    this.#timeAbove = this.#timesNext ? `${text.slice(0, findStamp(text)?.end ?? 0)} ` : undefined;
    this.#timesNext = false;
  }

  /** Takes a text's records in the order in which they stand: two threads may have printed at once. */
  #parts(text: string, number: number, outer: Stamp | undefined, unknown: Unknown[]): Counted {
    let verdict: Counted = 'skipped';
    for (const { part, id, record } of this.#records(text, MAX_PARTS)) {
      const used = this.#take(id, hasWho(record) ? record : { ...record, ...this.#started.whoIn(part) }, number, outer);
      this.#count(id);
      if (used) verdict = 'used';
      if (record.timesNext) this.#timesNext = true;
      if (record.mayBeBegunBefore) this.#offered.add(number);
      if (record.mayBeBegunBefore) unknown.push({ text: part, who: whoIn(record) });
      else if (isWorded(record) && this.#worded.size < MAX_WORDED) {
        this.#worded.set(number, record.kind);
        this.#wordedBy.add(id);
        unknown.push({ text: part, who: whoIn(record) });
      } else if (used) continue;
      else if (verdict === 'skipped') {
        verdict = 'ignored';
        if (record.kind === 'logger') unknown.push({ text: part, who: whoIn(record) });
      }
    }
    if (verdict === 'skipped') unknown.push({ text, who: {} });
    return verdict;
  }

  /** The record found in a text, after those before it and before those behind it; at most `room`. */
  #records(text: string, room: number): { part: string; id: string; record: LogRecord }[] {
    const found = room > 0 ? this.#match(text) : undefined;
    if (!found) return [];
    const { before, rest } = found.record;
    const records = before !== undefined && before.length > 3 ? this.#records(before, room - 1) : [];
    records.push({ part: text, ...found });
    if (rest !== undefined) records.push(...this.#records(rest, room - records.length));
    return records;
  }

  #match(text: string): { id: string; record: LogRecord } | undefined {
    for (const { id, matcher } of this.#matchers) {
      const record = matcher.match(text);
      if (record) return { id, record };
    }
    return undefined;
  }

  /** Whether a fact came from the record. */
  #take(id: string, record: LogRecord, line: number, outer: Stamp | undefined): boolean {
    const stamp = record.stamp ?? outer;
    switch (record.kind) {
      case 'notice': {
        this.#started.note(record);
        for (const notice of [record.notice, ...(record.notices ?? [])])
          if (notice) this.#events.notice(line, stamp, notice);
        return true;
      }
      case 'begin':
      case 'end':
      case 'span':
        this.#event(id, record, line, stamp);
        return true;
      default:
        return false;
    }
  }

  #count(id: string): void {
    this.#byPattern[id] = (this.#byPattern[id] ?? 0) + 1;
  }

  #event(pattern: string, record: LogRecord, line: number, stamp: Stamp | undefined): void {
    if (record.behind && !this.#inFront) {
      this.#inFront = true;
      this.#events.notice(line, stamp, { kind: 'stands-in-front' });
    }
    const id = this.#idOf(record);
    if (!Number.isNaN(id)) this.#ids.add(id);
    if (record.kind === 'begin') this.#counts.begins++;
    else if (record.kind === 'end') this.#counts.ends++;
    else this.#counts.spans++;
    if (record.kind === 'begin' || record.kind === 'end') this.#countSide(pattern, record.kind);
    const kind = record.kind === 'begin' ? EVENT.begin : record.kind === 'end' ? EVENT.end : EVENT.span;
    // Events hold ends: a span that was stamped at its begin is moved by its duration.
    const shift = record.kind === 'span' && record.stampIs === 'begin' ? (record.durationMs ?? 0) : 0;
    const row = this.#events.count;
    this.#events.add({
      line,
      stamp: stamp && shift > 0 ? { ...stamp, ms: stamp.ms + shift } : stamp,
      kind,
      durationMs: record.durationMs,
      durationResolutionMs: record.durationResolutionMs,
      id,
      status: record.status ?? 0,
      serial: record.serial,
      pattern: this.#events.patternCode(kindOf(pattern, record)),
      who: record,
    });
    this.#times.note(row, id, record);
  }

  #countSide(pattern: string, kind: 'begin' | 'end'): void {
    const sides = this.#sides.get(pattern) ?? { begins: 0, ends: 0 };
    sides[kind === 'begin' ? 'begins' : 'ends']++;
    this.#sides.set(pattern, sides);
  }

  #idOf({ id, target, otherId }: LogRecord): number {
    const { ids, requestId, clientIds } = this.#context;
    const text = id ?? (target === undefined ? undefined : requestId.find(target));
    if (text !== undefined) return ids.encode(text);
    const other = otherId === undefined ? Number.NaN : ids.lookup(otherId);
    return clientIds?.().has(other) ? other : Number.NaN;
  }

  finish(): Reading {
    this.#resolveTimes();
    // Access lines alone tell ends; the handler's own lines may still be there to be learnt.
    const { begins } = this.#counts;
    const worded = sidesOf(this.#worded.values());
    const isKept = this.#worded.size < MAX_WORDED;
    const halves = [...this.#wordedBy].map((id) => this.#sides.get(id) ?? worded);
    const learned =
      isKept && halves.some(isLopsided) && isLopsided(worded)
        ? this.#learnAnew(worded)
        : begins === 0
          ? this.#learn()
          : undefined;
    const file = this.#file;
    const ledger = this.#ledger;
    const events = this.#events;
    const seen = ledger.used + ledger.ignored + ledger.skipped;
    if (file.lines > seen) ledger.ignore(file.lines - seen);
    if (events.overflowed > 0) ledger.note(say('logs.tooManyWorkers', { n: events.overflowed }));
    const { from, to } = events;
    const { untold } = this.#times;
    return {
      source: {
        path: file.path,
        sha256: file.sha256,
        kind: 'server-log',
        format: 'server-log',
        variant: this.#variant(learned),
        lines: file.lines,
        used: ledger.used,
        ignored: ledger.ignored,
        skipped: ledger.skipped,
        records: events.count,
        counts: {
          requests: this.#requests(),
          begins: Math.max(this.#counts.begins, this.#counts.spans),
          ends: this.#counts.ends + this.#counts.spans,
          byPattern: this.#byPattern,
        },
        ...(Number.isFinite(from) ? { from, to } : {}),
        problems: ledger.problems,
        problemCount: ledger.problemCount,
      },
      ...(events.count > 0 ? { events: { ...events.finish(), ...(untold.length > 0 ? { untold } : {}) } } : {}),
      ...(events.notices.length > 0 ? { notices: events.notices } : {}),
    };
  }

  /** Distinct ids; without ids, begins or ends, whichever are more. */
  #requests(): number {
    const { begins, ends, spans } = this.#counts;
    return this.#ids.size > 0 ? this.#ids.size : Math.max(begins, ends, spans);
  }

  #variant(learned: Message | undefined): Record<string, string> {
    const { zones, dateless, patterns } = this.#events;
    return {
      patterns: Object.keys(this.#byPattern).join(', ') || 'none',
      ...(zones.size > 0 ? { zone: [...zones].sort().join(', ') } : {}),
      ...(dateless ? { date: 'none' } : {}),
      ...(learned ? { learned: patterns.join(', ') } : {}),
    };
  }

  #resolveTimes(): void {
    const { from, to } = this.#events;
    const elapsed = this.#context.clientElapsed?.();
    const known = { spanMs: Math.max(0, to - from), ...(elapsed && elapsed.size > 0 ? { elapsed } : {}) };
    const spans = this.#times.resolve(known);
    if (spans === 'no-unit') this.#ledger.note(say('logs.noUnit', {}));
    else {
      this.#counts.ends -= spans;
      this.#counts.spans += spans;
    }
    this.#leaveOut(twiceTold(this.#events));
  }

  /** Lines that have told of requests and count no more. */
  #leaveOut(lines: ReadonlySet<number>): void {
    if (lines.size === 0) return;
    const { ends, spans } = this.#times.drop(lines);
    this.#counts.ends -= ends;
    this.#counts.spans -= spans;
    this.#ledger.used -= lines.size;
    this.#ledger.ignored += lines.size;
  }

  /** Lines that were counted as not understood or not needed have told something after all. */
  #moveToUsed(rows: readonly LearnedRow[]): void {
    const lines = new Map<number, boolean>();
    for (const { line, counted } of rows) if (counted !== 'used') lines.set(line, counted === 'ignored');
    for (const ignored of lines.values()) {
      if (ignored) this.#ledger.ignored--;
      else this.#ledger.skipped--;
      this.#ledger.used++;
    }
    this.#ledger.forgive(lines);
  }

  /** What handlers' words told is given up for a pair of lines that tells more. */
  #learnAnew(worded: Sides): Message | undefined {
    const learned = this.#learner.learn();
    if (!learned || fewer(sidesOf(learned.rows.map(({ kind }) => kind))) <= fewer(worded)) return undefined;
    this.#times.drop(new Set(this.#worded.keys()));
    this.#counts.begins -= worded.begins;
    this.#counts.ends -= worded.ends;
    return this.#addLearned(learned);
  }

  /** A log that no pattern knows: its begins and ends by structure. */
  #learn(): Message | undefined {
    const { begins, ends, spans } = this.#counts;
    const learned =
      this.#learner.learn() ??
      this.#folded.learn() ??
      (begins + ends + spans === 0 ? (this.#learner.learnSpans() ?? this.#learner.learnBegins()) : undefined);
    if (learned?.rows[0]?.took || (learned && !learned.end)) return this.#addLearned(learned);
    const requests = learned?.rows.filter(({ kind }) => kind === 'begin').length ?? 0;
    // Lines that tell whole requests tell more than others that tell of a part of them.
    if (!learned || requests < ENOUGH_BESIDE * (this.#counts.spans - this.#offered.size)) return undefined;
    return this.#addLearned(learned);
  }

  /** Numbers of which only some path or query of the client's says that they are ids must come in its order, or they are the server's own. */
  #ownId({ rows }: Learned): (id: number) => number {
    const { clientIds, ids, requestId } = this.#context;
    const ends = rows.filter(({ kind }) => kind === 'end').map(({ id }) => id);
    if (!requestId.isGuess || !clientIds || comeInOrder(ends, clientIds())) return (id) => id;
    return (id) => (Number.isNaN(id) ? id : ids.encode(`own ${ids.decode(id)}`));
  }

  /** Lines that tell whole requests beside those that begin and end them are somebody else's, unless the client knows their ids: probes of health. */
  #leaveOthers({ rows }: Learned): void {
    const clientIds = this.#context.clientIds?.();
    if (!clientIds || clientIds.size === 0) return;
    const learned = new Set(rows.map(({ line }) => line));
    const beside = new Set([...this.#offered].filter((line) => !learned.has(line)));
    this.#leaveOut(this.#events.linesOfOthers(beside, (id) => clientIds.has(id)));
  }

  #addRow({ line, kind, stamp, who, took }: LearnedRow, id: number, pattern: number): void {
    if (took) this.#counts.spans++;
    else if (kind === 'begin') this.#counts.begins++;
    else this.#counts.ends++;
    if (!Number.isNaN(id)) this.#ids.add(id);
    const told = { line, stamp, id, status: 0, pattern, who };
    if (took) {
      const { ms: durationMs, resolutionMs: durationResolutionMs } = took;
      this.#events.add({ ...told, kind: EVENT.span, durationMs, durationResolutionMs });
    } else this.#events.add({ ...told, kind: EVENT[kind] });
    this.#count('learned');
  }

  #addLearned(learned: Learned): Message {
    const told = this.#events.patternsOf(this.#offered);
    const ends = learned.rows.find(({ line }) => told.has(line));
    // Begin and end of a request are lines of one kind.
    const pattern = told.get(ends?.line ?? -1) ?? this.#events.patternCode('learned');
    const own = this.#ownId(learned);
    const named = learned.rows.filter(({ line, who }) => told.has(line) && hasWho(who));
    this.#events.nameWorkers(new Map(named.map(({ line, who }) => [line, who])));
    this.#leaveOthers(learned);
    const first = this.#events.count;
    for (const row of learned.rows) if (!told.has(row.line)) this.#addRow(row, own(row.id), pattern);
    this.#times.resolveStamps(Array.from({ length: this.#events.count - first }, (_, i) => first + i));
    this.#moveToUsed(learned.rows);
    const message = describe(learned);
    this.#ledger.note(message, learned.begin.line);
    return message;
  }
}

/** What was learnt, and how to confirm it. */
function describe({ rows, begin, end, patterns }: Learned): Message {
  const [first, last] = [begin, end].map((one) => one?.text.slice(0, 200) ?? '') as [string, string];
  if (!end) return say('logs.learnedBegins', { line: first });
  if (rows[0]?.took) return say('logs.learnedSpans', { line: last });
  const entries = patterns ? `[${entryFor('begin', patterns.begin)}, ${entryFor('end', patterns.end)}]` : '';
  return say('logs.learned', { begin: first, end: last, entries });
}
