import { EVENT, type ServerEvents, type ServerNotice } from '../../../model/events.js';
import type { Stamp } from '../../../model/time.js';
import type { Who } from '../../logs/parts/who-found.js';
import { Column } from '../../text/columns.js';
import { DayCount } from '../../text/day-count.js';
import { WorkerCodes } from './worker-codes.js';

/** Notices kept; a server that repeats itself more often says nothing new. */
const MAX_NOTICES = 100_000;

/** What rows of a kind are counted as. */
export const KINDS = { [EVENT.begin]: 'begins', [EVENT.end]: 'ends', [EVENT.span]: 'spans' } as const;

const NO_ZONE = 'not stated';

const zoneOf = ({ offsetMinutes, zoned }: Stamp): string =>
  offsetMinutes !== undefined ? String(offsetMinutes) : zoned ? 'epoch' : NO_ZONE;

/** How many rows of each kind were left out, and where the rows that are left have gone. */
export interface Dropped {
  readonly begins: number;
  readonly ends: number;
  readonly spans: number;
  readonly places: ReadonlyMap<number, number>;
}

/** One event before it is a row. */
export interface EventRow {
  readonly line: number;
  readonly stamp: Stamp | undefined;
  readonly kind: number;
  readonly durationMs?: number | undefined;
  readonly durationResolutionMs?: number | undefined;
  readonly id: number;
  readonly status: number;
  readonly serial?: number | undefined;
  readonly pattern: number;
  readonly who: Who;
}

/** Collects what a log says of requests, in columns. */
export class EventColumns {
  readonly #line = new Column(Uint32Array);
  readonly #time = new Column(Float64Array);
  readonly #zoned = new Column(Uint8Array);
  readonly #resolution = new Column(Float32Array);
  readonly #kind = new Column(Uint8Array);
  readonly #duration = new Column(Float32Array);
  readonly #durationResolution = new Column(Float32Array);
  readonly #id = new Column(Float64Array);
  readonly #worker = new Column(Uint32Array);
  readonly #status = new Column(Uint16Array);
  readonly #serial = new Column(Uint32Array);
  readonly #pattern = new Column(Uint8Array);
  readonly #workers = new WorkerCodes();
  readonly patterns: string[] = [];
  readonly notices: ServerNotice[] = [];
  readonly #source: number;
  readonly #days = new DayCount();
  from = Number.POSITIVE_INFINITY;
  to = Number.NEGATIVE_INFINITY;
  readonly #zones = new Set<string>();
  readonly #zonesOfRequests = new Set<string>();
  dateless = false;

  constructor(source: number) {
    this.#source = source;
  }

  get count(): number {
    return this.#line.count;
  }

  get overflowed(): number {
    return this.#workers.overflowed;
  }

  patternCode(id: string): number {
    const known = this.patterns.indexOf(id);
    if (known >= 0) return known;
    this.patterns.push(id);
    return this.patterns.length - 1;
  }

  /** The kinds of those of the lines that told a request. */
  patternsOf(lines: ReadonlySet<number>): ReadonlyMap<number, number> {
    const found = new Map<number, number>();
    for (let row = 0; lines.size > 0 && row < this.count; row++) {
      const line = this.#line.get(row);
      if (lines.has(line)) found.set(line, this.#pattern.get(row));
    }
    return found;
  }

  /** Of those of the lines that told requests, whose of them are none of the client's. */
  linesOfOthers(lines: ReadonlySet<number>, isClients: (id: number) => boolean): ReadonlySet<number> {
    const found = new Set<number>();
    for (let row = 0; lines.size > 0 && row < this.count; row++) {
      const line = this.#line.get(row);
      if (lines.has(line) && !isClients(this.#id.get(row))) found.add(line);
    }
    return found;
  }

  /** Names the workers of lines that had told requests before. */
  nameWorkers(byLine: ReadonlyMap<number, EventRow['who']>): void {
    for (let row = 0; byLine.size > 0 && row < this.count; row++) {
      const who = byLine.get(this.#line.get(row));
      if (who) this.#worker.set(row, this.#workers.codeOf(who));
    }
  }

  add({ line, stamp, kind, durationMs, durationResolutionMs, id, status, serial, pattern, who }: EventRow): void {
    this.#line.push(line);
    const time = stamp ? this.timeOf(stamp) : Number.NaN;
    if (stamp) this.#zonesOfRequests.add(zoneOf(stamp));
    this.#time.push(time);
    this.#zoned.push(stamp?.zoned ? 1 : 0);
    this.#resolution.push(stamp?.resolutionMs ?? 0);
    this.#kind.push(kind);
    this.#duration.push(durationMs ?? Number.NaN);
    this.#durationResolution.push(durationResolutionMs ?? Number.NaN);
    this.#id.push(id);
    this.#worker.push(this.#workers.codeOf(who));
    this.#status.push(status);
    this.#serial.push(serial ?? 0);
    this.#pattern.push(pattern);
  }

  notice(line: number, stamp: Stamp | undefined, notice: ServerNotice['notice']): void {
    if (this.notices.length >= MAX_NOTICES) return;
    this.notices.push({
      source: this.#source,
      line,
      ...(stamp ? { time: this.timeOf(stamp), zoned: stamp.zoned } : {}),
      notice,
    });
  }

  /** A stamp's time; a time of day without a date goes on after midnight. */
  timeOf(stamp: Stamp): number {
    let ms = stamp.ms;
    if (stamp.dateless) {
      this.dateless = true;
      ms = this.#days.of(ms);
    }
    this.from = Math.min(this.from, ms);
    this.to = Math.max(this.to, ms);
    this.#zones.add(zoneOf(stamp));
    return ms;
  }

  /** The zones that the lines of requests state; where some state none, the server's other lines may. */
  get zones(): ReadonlySet<string> {
    const own = this.#zonesOfRequests;
    return own.size > 0 && !own.has(NO_ZONE) ? own : this.#zones;
  }

  /** Turns spans whose stamp is the begin into ones whose stamp is the end. */
  stampsWereBegins(rows: readonly number[]): void {
    for (const i of rows) {
      const duration = this.#duration.get(i);
      if (!Number.isNaN(duration)) this.#time.set(i, this.#time.get(i) + duration);
    }
  }

  setDuration(row: number, durationMs: number, resolutionMs: number): void {
    this.#duration.set(row, durationMs);
    this.#durationResolution.set(row, resolutionMs);
    this.#kind.set(row, EVENT.span);
  }

  /** Leaves out what some lines told of requests. */
  dropLines(lines: ReadonlySet<number>): Dropped {
    const dropped = { begins: 0, ends: 0, spans: 0, places: new Map<number, number>() };
    const kept = Array.from({ length: this.count }, (_, row) => !lines.has(this.#line.get(row)));
    for (const [row, isKept] of kept.entries()) {
      if (isKept) dropped.places.set(row, dropped.places.size);
      else dropped[KINDS[this.#kind.get(row) as keyof typeof KINDS]]++;
    }
    const times = [this.#time, this.#zoned, this.#resolution, this.#duration, this.#durationResolution];
    const others = [this.#line, this.#kind, this.#id, this.#worker, this.#status, this.#serial, this.#pattern];
    for (const column of [...times, ...others]) column.keep((row) => kept[row]!);
    return dropped;
  }

  /** What a row tells of a request. */
  at(row: number) {
    return {
      line: this.#line.get(row),
      kind: this.#kind.get(row),
      id: this.#id.get(row),
      pattern: this.#pattern.get(row),
      time: this.#time.get(row),
      resolution: this.#resolution.get(row),
      duration: this.#duration.get(row),
      status: this.#status.get(row),
    };
  }

  idAt(row: number): number {
    return this.#id.get(row);
  }

  timeAt(row: number): number {
    return this.#time.get(row);
  }

  durationAt(row: number): number {
    return this.#duration.get(row);
  }

  finish(): ServerEvents {
    const count = this.count;
    return {
      count,
      source: new Uint16Array(count).fill(this.#source),
      line: this.#line.finish(),
      time: this.#time.finish(),
      zoned: this.#zoned.finish(),
      resolution: this.#resolution.finish(),
      kind: this.#kind.finish(),
      duration: this.#duration.finish(),
      durationResolution: this.#durationResolution.finish(),
      id: this.#id.finish(),
      worker: this.#worker.finish(),
      status: this.#status.finish(),
      serial: this.#serial.finish(),
      pattern: this.#pattern.finish(),
      workers: this.#workers.all,
      patterns: this.patterns,
    };
  }
}
