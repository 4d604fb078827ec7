import { append } from '../../model/append.js';
import { EVENT, type ServerEvents } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';
import { END_KIND, type OrphanEnds, type ServedRequests } from '../../model/timeline.js';
import { pairsAcrossTests } from './across-tests.js';
import { pairsAroundOthers } from './around-others.js';
import { keepsToWorker } from './keeps-to-worker.js';
import { RequestColumns, weakest } from './request-columns.js';

/** A line of another kind tells of an end that was told already, if it comes so soon after that, ms. */
const RETOLD_WITHIN_MS = 500;

/** A worker that serves again is named in so many lines at least. */
const POOL_LINES = 4;

/** Puts begins and ends of requests together, event by event in time order. */
export class Pairing {
  readonly #rows = new RequestColumns();
  /** Open requests by key, earliest first. */
  readonly #open = new Map<string | number, number[]>();
  readonly #timesSeen = new Map<number, number>();
  #resolution = 0;
  #derived = false;
  readonly #orphans: number[] = [];
  #openCount = 0;

  constructor(
    readonly events: ServerEvents,
    readonly sampleOf: (id: number, at: number) => number,
    readonly answeredBy: (sample: number) => number,
  ) {}

  take(i: number, begins: ReadonlySet<number>): void {
    const { events } = this;
    const kind = events.kind[i];
    const known = begins.has(events.pattern[i]!);
    if (kind === EVENT.begin) this.#start(i, this.#time(i));
    else if (known && kind === EVENT.span && !this.#hasBegins(begins)) {
      this.#derived = true;
      this.#span(i);
    } else if (known && kind === EVENT.span && this.#isUnseen(i)) this.#span(i);
    else if (known) this.#close(i);
  }

  /** Closes what is open under the id of a foreign line, between its stamp and one step of its clock later. */
  closeOpen(i: number): void {
    const { events } = this;
    const id = events.id[i]!;
    if (Number.isNaN(id) || events.kind[i] === EVENT.begin) return;
    const open = this.#open.get(id);
    if (!open) return;
    const stamp = this.#time(i);
    const latest = stamp + events.resolution[i]!;
    if (open.length > 1 || this.#timesSeen.get(id)! > 1) {
      const told = this.#endsOf(id).some((end) => end <= latest && end >= stamp - RETOLD_WITHIN_MS);
      if (told) return;
    }
    // Of several tests with one id, the line belongs to the last that had begun.
    const chosen = open.findLastIndex(
      (n) => this.#rows.begin.get(n) <= latest && stamp <= this.answeredBy(this.#rows.sample.get(n)),
    );
    if (chosen < 0) return;
    const [n] = open.splice(chosen, 1) as [number];
    this.#finishOne(n, i, stamp);
    this.#rows.endKind.set(n, END_KIND.inferred);
    this.#rows.endLatest.set(n, Math.max(latest, this.#rows.begin.get(n)));
  }

  #endsMemo: Map<number, number[]> | undefined;
  /** When requests of an id ended by lines of their own kind. */
  #endsOf(id: number): readonly number[] {
    if (!this.#endsMemo) {
      this.#endsMemo = new Map();
      for (let n = 0; n < this.#rows.begin.count; n++) {
        if (this.#rows.endKind.get(n) !== END_KIND.logged) continue;
        append(this.#endsMemo, this.#rows.id.get(n), this.#rows.end.get(n));
      }
    }
    return this.#endsMemo.get(id) ?? [];
  }

  /** A request whose begin line is lost is told by the duration at its end. */
  #isUnseen(i: number): boolean {
    const id = this.events.id[i]!;
    return !Number.isNaN(id) && !this.#timesSeen.has(id) && this.events.duration[i]! >= 0;
  }

  #hasBeginsMemo: boolean | undefined;
  #hasBegins(begins: ReadonlySet<number>): boolean {
    this.#hasBeginsMemo ??= this.events.kind.some(
      (kind, i) => kind === EVENT.begin && begins.has(this.events.pattern[i]!),
    );
    return this.#hasBeginsMemo;
  }

  #time(i: number): number {
    return this.events.time[i]!;
  }

  #key(i: number): string | number {
    const id = this.events.id[i]!;
    if (!Number.isNaN(id)) return id;
    const worker = this.events.worker[i]!;
    return worker === NONE_U32 ? 'any' : `w${worker}`;
  }

  #start(i: number, at: number): number {
    const { events } = this;
    const n = this.#rows.begin.count;
    const id = events.id[i]!;
    this.#see(id);
    this.#resolution = Math.max(this.#resolution, events.resolution[i]!);
    this.#rows.open(events, i, at, Number.isNaN(id) ? NONE_U32 : this.sampleOf(id, at));
    this.#openCount++;
    if (events.kind[i] === EVENT.begin) append(this.#open, this.#key(i), n);
    return n;
  }

  #span(i: number): void {
    const end = this.#time(i);
    const n = this.#start(i, end - this.events.duration[i]!);
    this.#resolution = Math.max(this.#resolution, this.events.durationResolution[i]!);
    this.#finishOne(n, i, end);
  }

  #close(i: number): void {
    const key = this.#key(i);
    const open = this.#open.get(key);
    if (!open || open.length === 0) {
      this.#orphans.push(i);
      return;
    }
    const chosen = this.#whichOf(open, i);
    if (chosen < 0) {
      this.#orphans.push(i);
      return;
    }
    const [n] = open.splice(chosen, 1);
    if (open.length === 0) this.#open.delete(key);
    this.#resolution = Math.max(this.#resolution, this.events.resolution[i]!);
    this.#finishOne(n!, i, this.#time(i));
  }

  /**
   * Which of the open requests of one id an end belongs to: that of the same worker, else the earliest. Where an id occurs in several
   * tests and a line is lost, the end of one test must not close a request of the test before: one that the client had answered, or
   * that another worker had begun where workers end what they begin.
   */
  #whichOf(open: readonly number[], i: number): number {
    const worker = this.events.worker[i]!;
    const at = this.#time(i);
    const possible = open.map((n) => at <= this.answeredBy(this.#rows.sample.get(n)));
    // Its last: in a log of several tests the earlier one's end is lost.
    const same = open.findLastIndex(
      (n, k) => possible[k] && worker !== NONE_U32 && this.#rows.worker.get(n) === worker,
    );
    if (same >= 0) return same;
    // Of two records glued together the name is spoilt: it stands in no other line.
    const lines = this.#linesOf();
    const misread = (n: number) => lines.get(this.#rows.worker.get(n)) === 1 && (lines.get(worker) ?? 0) >= POOL_LINES;
    const strange = (n: number) =>
      worker !== NONE_U32 && this.#rows.worker.get(n) !== NONE_U32 && this.#keepsToWorker() && !misread(n);
    return open.findIndex((n, k) => possible[k] && !strange(n));
  }

  #linesMemo: Map<number, number> | undefined;
  /** How many lines name each worker. */
  #linesOf(): ReadonlyMap<number, number> {
    if (this.#linesMemo) return this.#linesMemo;
    const lines = new Map<number, number>();
    for (const worker of this.events.worker) lines.set(worker, (lines.get(worker) ?? 0) + 1);
    this.#linesMemo = lines;
    return lines;
  }

  #keepsMemo: boolean | undefined;
  #keepsToWorker(): boolean {
    this.#keepsMemo ??= keepsToWorker(this.events);
    return this.#keepsMemo;
  }

  #finishOne(n: number, i: number, end: number): void {
    this.#rows.close(n, this.events, i, end);
    this.#openCount--;
  }

  /** Takes apart what the begin of one request and the end of another made one, where no client tells them apart. */
  #splitPairs(): void {
    const acrossTests = pairsAcrossTests(this.#rows, this.events, this.#timesSeen, this.answeredBy);
    for (const n of [...acrossTests, ...pairsAroundOthers(this.#rows, this.events)]) {
      if (this.#rows.endKind.get(n) === END_KIND.logged) this.#orphans.push(this.#rows.endEvent.get(n));
      this.#rows.reopen(n);
      this.#openCount++;
    }
  }

  #orphanEnds(): OrphanEnds {
    const { events } = this;
    const orphans = this.#orphans;
    return {
      count: orphans.length,
      time: Float64Array.from(orphans, (i) => this.#time(i)),
      id: Float64Array.from(orphans, (i) => events.id[i]!),
      worker: Uint32Array.from(orphans, (i) => events.worker[i]!),
      sample: Uint32Array.from(orphans, (i) => this.#nextSample(events.id[i]!, this.#time(i))),
      source: Uint16Array.from(orphans, (i) => events.source[i]!),
      line: Uint32Array.from(orphans, (i) => events.line[i]!),
    };
  }

  #nextSample(id: number, at: number): number {
    if (Number.isNaN(id)) return NONE_U32;
    this.#see(id);
    return this.sampleOf(id, at);
  }

  #see(id: number): void {
    if (!Number.isNaN(id)) this.#timesSeen.set(id, (this.#timesSeen.get(id) ?? 0) + 1);
  }

  /** The step of each request's own stamp, ms. */
  #steps(): Float32Array {
    return Float32Array.from(this.#rows.endEvent.finish(), (row) => this.events.resolution[row] ?? 0);
  }

  finish(stepMs: number | undefined): ServedRequests {
    this.#splitPairs();
    const repeatedIds = [...this.#timesSeen.values()].filter((n) => n > 1).length;
    const requests = this.#rows.finish();
    const identity = weakest(requests.worker, this.events);
    return {
      ...requests,
      workers: this.events.workers,
      resolutionMs: this.#resolution,
      ...(stepMs !== undefined && this.#derived ? { resolutionMs: stepMs, steps: this.#steps() } : {}),
      beginsDerived: this.#derived,
      ...(identity === undefined ? {} : { identity }),
      learned: this.events.patterns.includes('learned'),
      orphanEnds: this.#orphanEnds(),
      open: this.#openCount,
      repeatedIds,
    };
  }
}
