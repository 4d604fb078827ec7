import { EVENT } from '../../../model/events.js';
import type { Reading } from '../../../model/reading.js';
import type { Stamp } from '../../../model/time.js';
import { say } from '../../../words/ids.js';
import type { LogRecord } from '../../logs/log-pattern.js';
import { hasWho, type Who } from '../../logs/parts/who-found.js';
import { unwrap } from '../../logs/parts/wrappers.js';
import type { InputFile } from '../../text/input-file.js';
import { findStamp } from '../../text/timestamps.js';
import type { RunContext } from '../format.js';
import { Ungluer } from './glued.js';
import { Halves, isWorded } from './halves.js';
import type { Counted } from './learned.js';
import { LearnedLines, type Unknown } from './learned-lines.js';
import { RecordsInLine } from './records-in-line.js';
import { StartedWorkers } from './started-workers.js';
import { Told } from './told.js';

/** A record of a request, of whichever kind. */
type RequestRecord = LogRecord & { readonly kind: 'begin' | 'end' | 'span' };

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

/** run.yaml's patterns for begins and for ends are one kind of line; one with a duration tells a request by itself. */
const kindOf = (pattern: string, { kind }: LogRecord): string =>
  kind !== 'span' && pattern.startsWith('run.yaml-') ? 'run.yaml' : pattern;

/** Reads a server's log line by line; `finish` once all are read. */
export class LogReader {
  readonly #file: InputFile;
  readonly #context: RunContext;
  readonly #told: Told;
  readonly #records: RecordsInLine;
  readonly #learned: LearnedLines;
  readonly #halves = new Halves();
  readonly #ungluer = new Ungluer();
  readonly #started = new StartedWorkers();
  /** The time of the line above, where it tells that of the next one; and whether the present one does. */
  #timeAbove: string | undefined;
  #timesNext = false;
  #inFront = false;

  constructor(file: InputFile, context: RunContext) {
    this.#file = file;
    this.#context = context;
    this.#told = new Told(file.index);
    this.#learned = new LearnedLines(context);
    this.#records = new RecordsInLine(context.runFile);
    for (const message of this.#records.problems) this.#told.ledger.note(message);
  }

  line(raw: string, number: number): void {
    const { ledger } = this.#told;
    if (raw.trim() === '') {
      ledger.ignore();
      return;
    }
    const { text, stamp, head } = unwrap(raw);
    const unknown: Unknown[] = [];
    const verdicts = this.#ungluer.records(text).map((record) => this.#parts(record, number, stamp, unknown));
    const verdict = verdicts.includes('used') ? 'used' : verdicts.includes('ignored') ? 'ignored' : 'skipped';
    if (verdict === 'used') ledger.use();
    else if (verdict === 'ignored') ledger.ignore();
    else ledger.skip(number, say('problem.notUnderstood', {}), raw);
    const isKnown = verdict === 'used' && unknown.length === 0;
    const timed = isKnown ? undefined : (this.#timeAbove ?? (head === undefined || findStamp(text) ? undefined : head));
    this.#learned.take(number, text, unknown, verdict, timed);
    this.#timeAbove = this.#timesNext ? `${text.slice(0, findStamp(text)?.end ?? 0)} ` : undefined;
    this.#timesNext = false;
  }

  /** Takes what a text tells; what is not known of it goes to `unknown`. */
  #parts(text: string, number: number, outer: Stamp | undefined, unknown: Unknown[]): Counted {
    let verdict: Counted = 'skipped';
    for (const { part, id, record } of this.#records.find(text)) {
      const used = this.#take(id, hasWho(record) ? record : { ...record, ...this.#started.whoIn(part) }, number, outer);
      this.#told.countFor(id);
      if (used) verdict = 'used';
      if (record.timesNext) this.#timesNext = true;
      if (record.mayBeBegunBefore) {
        this.#learned.offer(number);
        unknown.push({ text: part, who: whoIn(record) });
      } else if (isWorded(record) && this.#halves.keep(number, id, record.kind)) {
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

  /** Whether a fact came from the record. */
  #take(pattern: string, record: LogRecord, line: number, outer: Stamp | undefined): boolean {
    const stamp = record.stamp ?? outer;
    for (const notice of record.notices ?? []) this.#told.events.notice(line, stamp, notice);
    switch (record.kind) {
      case 'notice':
        this.#started.note(record);
        if (record.notice) this.#told.events.notice(line, stamp, record.notice);
        return true;
      case 'begin':
      case 'end':
        this.#halves.count(pattern, record.kind);
        this.#event(pattern, { ...record, kind: record.kind }, line, stamp);
        return true;
      case 'span':
        this.#event(pattern, { ...record, kind: record.kind }, line, stamp);
        return true;
      default:
        return false;
    }
  }

  #event(pattern: string, record: RequestRecord, line: number, stamp: Stamp | undefined): void {
    const { events, times } = this.#told;
    if (record.behind && !this.#inFront) {
      this.#inFront = true;
      events.notice(line, stamp, { kind: 'stands-in-front' });
    }
    // Events hold ends: a span that was stamped at its begin is moved by its duration.
    const shift = record.kind === 'span' && record.stampIs === 'begin' ? (record.durationMs ?? 0) : 0;
    const id = this.#idOf(record);
    const row = this.#told.add({
      line,
      stamp: stamp && shift > 0 ? { ...stamp, ms: stamp.ms + shift } : stamp,
      kind: EVENT[record.kind],
      durationMs: record.durationMs,
      durationResolutionMs: record.durationResolutionMs,
      id,
      status: record.status ?? 0,
      serial: record.serial,
      pattern: events.patternCode(kindOf(pattern, record)),
      who: record,
    });
    times.note(row, id, record);
  }

  #idOf({ id, target, otherId }: LogRecord): number {
    const { ids, requestId, clientIds } = this.#context;
    const text = id ?? (target === undefined ? undefined : requestId.find(target));
    if (text !== undefined) return ids.encode(text);
    const other = otherId === undefined ? Number.NaN : ids.lookup(otherId);
    return clientIds?.().has(other) ? other : Number.NaN;
  }

  finish(): Reading {
    this.#told.resolveTimes(this.#context.clientElapsed?.());
    const learned = this.#learned.addTo(this.#told, this.#halves);
    return this.#told.finish(this.#file, learned);
  }
}
