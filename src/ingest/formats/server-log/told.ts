import type { Message } from '../../../model/message.js';
import type { Reading } from '../../../model/reading.js';
import { say } from '../../../words/ids.js';
import { endStampers } from '../../logs/index.js';
import type { InputFile } from '../../text/input-file.js';
import { Ledger } from '../../text/ledger.js';
import { EventColumns, type EventRow, KINDS } from './event-columns.js';
import type { LearnedRow } from './learned.js';
import type { KnownTimes } from './raw-durations.js';
import { RowTimes } from './row-times.js';
import { twiceTold } from './twice-told.js';

/** All that a log has told so far: its events and notices, and the account of its lines. */
export class Told {
  readonly ledger = new Ledger();
  readonly events: EventColumns;
  readonly times: RowTimes;
  readonly counts = { begins: 0, ends: 0, spans: 0 };
  readonly #byPattern: Record<string, number> = {};
  readonly #ids = new Set<number>();

  /** @param source the file's index in the run */
  constructor(source: number) {
    this.events = new EventColumns(source);
    this.times = new RowTimes(this.events);
  }

  /** Adds an event; its row. */
  add(event: EventRow): number {
    if (!Number.isNaN(event.id)) this.#ids.add(event.id);
    this.counts[KINDS[event.kind as keyof typeof KINDS]]++;
    this.events.add(event);
    return this.events.count - 1;
  }

  /** Counts a line, or a part of one, for the pattern that told something of it. */
  countFor(pattern: string): void {
    this.#byPattern[pattern] = (this.#byPattern[pattern] ?? 0) + 1;
  }

  /** Requests begin that no id tells apart, and none ends. */
  get endsNothing(): boolean {
    return this.counts.begins > 0 && this.counts.ends + this.counts.spans === 0 && this.#ids.size === 0;
  }

  /** Once all lines are read: what their numbers and stamps mean, and which of them told the same twice. */
  resolveTimes(elapsed: ReadonlyMap<number, number> | undefined): void {
    const { from, to } = this.events;
    const known: KnownTimes = { spanMs: Math.max(0, to - from), ...(elapsed && elapsed.size > 0 ? { elapsed } : {}) };
    const stampsEnds = Object.keys(this.#byPattern).some((id) => endStampers.has(id));
    const spans = this.times.resolve(known, stampsEnds);
    if (spans === 'no-unit') this.ledger.note(say('logs.noUnit', {}));
    else {
      this.counts.ends -= spans;
      this.counts.spans += spans;
    }
    this.leaveOut(twiceTold(this.events));
  }

  /** Lines that have told of requests and count no more. */
  leaveOut(lines: ReadonlySet<number>): void {
    if (lines.size === 0) return;
    this.giveUp(lines);
    this.ledger.used -= lines.size;
    this.ledger.ignored += lines.size;
  }

  /** Forgets what some lines told: they are about to be read otherwise. */
  giveUp(lines: ReadonlySet<number>): void {
    const { begins, ends, spans } = this.times.drop(lines);
    this.counts.begins -= begins;
    this.counts.ends -= ends;
    this.counts.spans -= spans;
  }

  /** Lines that were counted as not understood or not needed have told something after all. */
  moveToUsed(rows: readonly LearnedRow[]): void {
    const lines = new Map<number, boolean>();
    for (const { line, counted } of rows) if (counted !== 'used') lines.set(line, counted === 'ignored');
    for (const ignored of lines.values()) {
      if (ignored) this.ledger.ignored--;
      else this.ledger.skipped--;
      this.ledger.used++;
    }
    this.ledger.forgive(lines);
  }

  /** @param learned whether some lines were understood by their structure */
  finish(file: InputFile, learned: Message | undefined): Reading {
    const { events, ledger, counts } = this;
    const seen = ledger.used + ledger.ignored + ledger.skipped;
    if (file.lines > seen) ledger.ignore(file.lines - seen);
    if (events.overflowed > 0) ledger.note(say('logs.tooManyWorkers', { n: events.overflowed }));
    const { from, to } = events;
    const { untold, loose } = this.times;
    const more = { ...(untold.length > 0 ? { untold } : {}), ...(loose.length > 0 ? { loose } : {}) };
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
          requests: this.#requests,
          begins: Math.max(counts.begins, counts.spans),
          ends: counts.ends + counts.spans,
          byPattern: this.#byPattern,
        },
        ...(Number.isFinite(from) ? { from, to } : {}),
        problems: ledger.problems,
        problemCount: ledger.problemCount,
      },
      ...(events.count > 0 ? { events: { ...events.finish(), ...more } } : {}),
      ...(events.notices.length > 0 ? { notices: events.notices } : {}),
    };
  }

  /** Distinct ids; without ids, begins or ends, whichever are more. */
  get #requests(): number {
    const { begins, ends, spans } = this.counts;
    return this.#ids.size > 0 ? this.#ids.size : Math.max(begins, ends, spans);
  }

  #variant(learned: Message | undefined): Record<string, string> {
    const { zones, dateless, patterns } = this.events;
    return {
      patterns: Object.keys(this.#byPattern).join(', ') || 'none',
      ...(zones.size > 0 ? { zone: [...zones].sort().join(', ') } : {}),
      ...(dateless ? { date: 'none' } : {}),
      ...(learned ? { learned: patterns.join(', ') } : {}),
    };
  }
}
