import { EVENT, type IdentityKind, type ServerEvents } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';
import { END_KIND, type OrphanEnds, type ServedRequests } from '../../model/timeline.js';
import { Column } from '../text/columns.js';

/** From weakest to surest, for the identity that all workers of a run share. */
const WEAKEST_FIRST: readonly IdentityKind[] = ['recycled-ident', 'shared-name', 'process', 'numbered'];
/** Workers end what they begin, where so many ends have a begin of the same id and worker … */
const KNOWN_PAIRS = 10;
/** … and so many times as many as have none: lost lines leave some. */
const KEEPS_TO_WORKER = 3;
/** Several tests were written into one log if so much of its ids occur again. */
const TESTS_REPEAT = 0.5;
/** A pair of an id that occurs once there and takes so many times as long as most is of two tests, the lines between them lost. */
const ACROSS_TESTS = 3;
const MOST = 0.9;
/** A line of another kind tells of an end that was told already, if it comes so soon after that, ms. */
const RETOLD_WITHIN_MS = 500;

/**
 * Pairs the begins and ends of requests. Events of one id pair in time order, on the same worker if both name one; without
 * ids a worker's next end closes its begin, and where no worker is named the earliest open begin is closed, which keeps every
 * count right even if it mixes up who was who. At equal times a file's own order holds; between files an end goes first.
 *
 * @param events with their times on the client's clock
 * @param sampleOf the client's sample of a request with this id that was in service at that time
 * @param answeredBy when the client had the answer, at the latest; infinite where it has none
 * @param stepMs how exactly most are placed, where the client's own times tell it
 * @returns `undefined` if nothing in the log tells a begin.
 */
export function servedRequests(
  events: ServerEvents,
  sampleOf: (id: number, at: number) => number,
  answeredBy: (sample: number) => number = () => Number.POSITIVE_INFINITY,
  stepMs?: number,
): ServedRequests | undefined {
  const begins = beginPatterns(events);
  if (begins.size === 0) return undefined;
  const pairing = new Pairing(events, sampleOf, answeredBy);
  const order = inTimeOrder(events);
  for (const i of order) pairing.take(i, begins);
  // Other kinds of line tell an end only where the own kind has none, those of the finest clock first: coarse stamps come too early.
  const others = order.filter((i) => !begins.has(events.pattern[i]!));
  for (const i of others.sort((a, b) => events.resolution[a]! - events.resolution[b]!)) pairing.closeOpen(i);
  return pairing.finish(stepMs);
}

/**
 * The kinds of line whose begins count. A line printed at the begin knows best; only where there is none, lines that lead back
 * from the end by a duration are used, and of several the one with the shortest (a proxy's includes the wait).
 */
function beginPatterns(events: ServerEvents): ReadonlySet<number> {
  const begins = new Set<number>();
  const spans = new Map<number, { n: number; sum: number }>();
  for (let i = 0; i < events.count; i++) {
    const pattern = events.pattern[i]!;
    if (events.kind[i] === EVENT.begin) begins.add(pattern);
    if (events.kind[i] === EVENT.span && !Number.isNaN(events.duration[i]!)) {
      const span = spans.get(pattern) ?? { n: 0, sum: 0 };
      span.n++;
      span.sum += events.duration[i]!;
      spans.set(pattern, span);
    }
  }
  if (begins.size > 0) return begins;
  let best: number | undefined;
  for (const [pattern, { n, sum }] of spans) {
    const known = best === undefined ? undefined : spans.get(best)!;
    if (known === undefined || sum / n < known.sum / known.n) best = pattern;
  }
  return new Set(best === undefined ? [] : [best]);
}

function inTimeOrder({ time, source, kind }: ServerEvents): Uint32Array {
  const order = Uint32Array.from(time, (_, i) => i).filter((i) => !Number.isNaN(time[i]!));
  return order.sort((a, b) => {
    const apart = time[a]! - time[b]!;
    if (apart !== 0) return apart;
    if (source[a] === source[b]) return a - b;
    const ends = Number(kind[b] !== EVENT.begin) - Number(kind[a] !== EVENT.begin);
    return ends !== 0 ? ends : a - b;
  });
}

class Pairing {
  readonly #begin = new Column(Float64Array);
  readonly #end = new Column(Float64Array);
  readonly #endLatest = new Column(Float64Array);
  readonly #endKind = new Column(Uint8Array);
  readonly #source = new Column(Uint16Array);
  readonly #beginLine = new Column(Uint32Array);
  readonly #endLine = new Column(Uint32Array);
  /** Place of the event that ended it. */
  readonly #endEvent = new Column(Uint32Array);
  readonly #id = new Column(Float64Array);
  readonly #worker = new Column(Uint32Array);
  readonly #sample = new Column(Uint32Array);
  readonly #status = new Column(Uint16Array);
  readonly #serial = new Column(Uint32Array);
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
    else if (known && kind === EVENT.span && !this.#hasBegins(begins)) this.#span(i);
    else if (known) this.#close(i);
  }

  /** Closes what is still open under the id of a foreign line, between its stamp and one step of its clock later. */
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
      (n) => this.#begin.get(n) <= latest && stamp <= this.answeredBy(this.#sample.get(n)),
    );
    if (chosen < 0) return;
    const [n] = open.splice(chosen, 1) as [number];
    this.#finishOne(n, i, stamp);
    this.#endKind.set(n, END_KIND.inferred);
    this.#endLatest.set(n, Math.max(latest, this.#begin.get(n)));
  }

  #endsMemo: Map<number, number[]> | undefined;
  /** When requests of an id ended by lines of their own kind. */
  #endsOf(id: number): readonly number[] {
    if (!this.#endsMemo) {
      this.#endsMemo = new Map();
      for (let n = 0; n < this.#begin.count; n++) {
        if (this.#endKind.get(n) !== END_KIND.logged) continue;
        const list = this.#endsMemo.get(this.#id.get(n));
        if (list) list.push(this.#end.get(n));
        else this.#endsMemo.set(this.#id.get(n), [this.#end.get(n)]);
      }
    }
    return this.#endsMemo.get(id) ?? [];
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
    const n = this.#begin.count;
    const id = events.id[i]!;
    this.#see(id);
    this.#resolution = Math.max(this.#resolution, events.resolution[i]!);
    this.#begin.push(at);
    this.#end.push(Number.POSITIVE_INFINITY);
    this.#endLatest.push(Number.POSITIVE_INFINITY);
    this.#endKind.push(END_KIND.open);
    this.#source.push(events.source[i]!);
    this.#beginLine.push(events.line[i]!);
    this.#endLine.push(0);
    this.#endEvent.push(NONE_U32);
    this.#id.push(id);
    this.#worker.push(events.worker[i]!);
    this.#sample.push(Number.isNaN(id) ? NONE_U32 : this.sampleOf(id, at));
    this.#status.push(0);
    this.#serial.push(events.serial[i]!);
    this.#openCount++;
    if (events.kind[i] === EVENT.begin) {
      const key = this.#key(i);
      const open = this.#open.get(key);
      if (open) open.push(n);
      else this.#open.set(key, [n]);
    }
    return n;
  }

  #span(i: number): void {
    const end = this.#time(i);
    this.#derived = true;
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
    const possible = open.map((n) => at <= this.answeredBy(this.#sample.get(n)));
    // Its last: in a log of several tests the earlier one's end is lost.
    const same = open.findLastIndex((n, k) => possible[k] && worker !== NONE_U32 && this.#worker.get(n) === worker);
    if (same >= 0) return same;
    const strange = (n: number) => worker !== NONE_U32 && this.#worker.get(n) !== NONE_U32 && this.#keepsToWorker();
    return open.findIndex((n, k) => possible[k] && !strange(n));
  }

  #keepsMemo: boolean | undefined;
  /** Ends are mostly by the worker that began the request of that id. */
  #keepsToWorker(): boolean {
    if (this.#keepsMemo !== undefined) return this.#keepsMemo;
    const { events } = this;
    /** By id and worker, begins that no end has met yet. */
    const begun = new Map<string, number>();
    const keys = Array.from(events.id, (id, i) => `${id}/${events.worker[i]}`);
    const named = (i: number) => !Number.isNaN(events.id[i]!) && events.worker[i] !== NONE_U32;
    for (const [i, key] of keys.entries()) {
      if (named(i) && events.kind[i] === EVENT.begin) begun.set(key, (begun.get(key) ?? 0) + 1);
    }
    let same = 0;
    let other = 0;
    for (const [i, key] of keys.entries()) {
      if (!named(i) || events.kind[i] === EVENT.begin) continue;
      const left = begun.get(key) ?? 0;
      if (left > 0) same++;
      else other++;
      begun.set(key, left - 1);
    }
    this.#keepsMemo = same >= KNOWN_PAIRS && same >= KEEPS_TO_WORKER * other;
    return this.#keepsMemo;
  }

  #finishOne(n: number, i: number, end: number): void {
    this.#end.set(n, Math.max(end, this.#begin.get(n)));
    this.#endLatest.set(n, this.#end.get(n));
    this.#endKind.set(n, END_KIND.logged);
    this.#endLine.set(n, this.events.line[i]!);
    this.#endEvent.set(n, i);
    this.#status.set(n, this.events.status[i]!);
    this.#openCount--;
  }

  /** Takes apart what the begin of one test and the end of another made one, where no client tells them apart. */
  #splitAcrossTests(): void {
    let repeated = 0;
    const spans: number[] = [];
    const once: number[] = [];
    for (const n of this.#timesSeen.values()) if (n > 1) repeated++;
    if (repeated < TESTS_REPEAT * this.#timesSeen.size || repeated < KNOWN_PAIRS) return;
    for (let n = 0; n < this.#begin.count; n++) {
      if (this.#endKind.get(n) === END_KIND.open || this.events.kind[this.#endEvent.get(n)] === EVENT.span) continue;
      spans.push(this.#end.get(n) - this.#begin.get(n));
      const unanswered = this.answeredBy(this.#sample.get(n)) === Number.POSITIVE_INFINITY;
      if (unanswered && this.#timesSeen.get(this.#id.get(n)) === 1) once.push(n);
    }
    spans.sort((a, b) => a - b);
    const most = spans[Math.floor(MOST * spans.length)]!;
    for (const n of once) {
      if (this.#end.get(n) - this.#begin.get(n) <= ACROSS_TESTS * most) continue;
      if (this.#endKind.get(n) === END_KIND.logged) this.#orphans.push(this.#endEvent.get(n));
      this.#end.set(n, Number.POSITIVE_INFINITY);
      this.#endLatest.set(n, Number.POSITIVE_INFINITY);
      this.#endKind.set(n, END_KIND.open);
      this.#endLine.set(n, 0);
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
    return Float32Array.from(this.#endEvent.finish(), (row) => this.events.resolution[row] ?? 0);
  }

  finish(stepMs: number | undefined): ServedRequests {
    this.#splitAcrossTests();
    const worker = this.#worker.finish();
    const repeatedIds = [...this.#timesSeen.values()].filter((n) => n > 1).length;
    const identity = weakest(worker, this.events);
    return {
      count: this.#begin.count,
      begin: this.#begin.finish(),
      end: this.#end.finish(),
      endLatest: this.#endLatest.finish(),
      endKind: this.#endKind.finish(),
      source: this.#source.finish(),
      beginLine: this.#beginLine.finish(),
      endLine: this.#endLine.finish(),
      id: this.#id.finish(),
      worker,
      sample: this.#sample.finish(),
      status: this.#status.finish(),
      serial: this.#serial.finish(),
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

function weakest(worker: Uint32Array, events: ServerEvents): IdentityKind | undefined {
  const kinds = new Set<IdentityKind>();
  for (const code of worker) {
    const known = events.workers[code];
    if (known) kinds.add(known.identity);
  }
  return WEAKEST_FIRST.find((kind) => kinds.has(kind));
}
