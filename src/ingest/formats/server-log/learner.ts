import { hasWho, type Who } from '../../logs/parts/who-found.js';
import { findStamp } from '../../text/timestamps.js';
import type { RunContext } from '../format.js';
import { clientFit, type RequestLines } from './client-fit.js';
import { type IdWord, IdWords } from './id-words.js';
import type { Candidate, Counted, Learned, LearnedRow } from './learned.js';
import { aloneKind } from './learned-alone.js';
import { agreedWorker } from './learned-columns.js';
import { type ClientKnown, Joins } from './learned-joins.js';
import { bestPair, countedPair, type Judge } from './learned-kinds.js';
import { idLine, isHexLetters, type LinePair, shapeOf, WORD, type WorkerOf } from './learned-line.js';
import { patternOf } from './learned-pattern.js';
import { Turns } from './learned-turns.js';
import { workerFinder } from './learned-worker.js';
import { type Kind, type KindPair, Occurrences } from './occurrences.js';
import { mayBeIds } from './own-numbers.js';
import { eachInOrder } from './pair-up.js';
import { PendingWords } from './pending-words.js';

/** Lines kept for learning; a log's begin and end lines show within its first hundred thousands. */
const MAX_CANDIDATES = 400_000;
/** Characters kept of them in all. */
const MAX_KEPT = 100_000_000;
/** Places of possible ids kept in all: a few in each line, if it is a log. */
const MAX_OCCURRENCES = 1_500_000;
const MAX_KINDS = 2_000;
const MAX_LINE = 2_000;
/** Words of a line that are tried as the request id. */
const MAX_WORDS = 40;
/** Requests whose two lines are looked at for their worker. */
const MAX_PAIRS = 1_000;
/** A clock that shows that a request takes time at all, ms. */
const FINE_STEP_MS = 1;
/** Share of the requests that must be seen to take time. */
const LASTING_SHARE = 0.1;
/** So many of the client's ids in one place of lines of one form are no chance. */
const SURE_PLACE = 10;

const keyOf = (shape: string, place: number): string => `${place}\u0000${shape}`;

/**
 * Finds begins and ends in a log of unknown form. The same request id occurs in two kinds of line, of which one always comes
 * first:
 *
 *     10:00:01 worker 3 | job 17 accepted         shape: # worker # | job # accepted      begin
 *     10:00:04 worker 3 | job 17 shipped          shape: # worker # | job # shipped       end
 */
export class Learner {
  readonly #candidates: Candidate[] = [];
  readonly #kinds = new Map<string, Kind>();
  readonly #turns = new Turns();
  readonly #joins: Joins;
  readonly #idWords: IdWords;
  readonly #pending = new PendingWords();
  readonly #context: RunContext;
  #kept = 0;
  #occurrences = 0;
  /** The line that is looked at. */
  #text = '';

  constructor(context: RunContext) {
    this.#context = context;
    this.#joins = new Joins(context.ids);
    this.#idWords = new IdWords(context.ids, context.clientIds);
  }

  /**
   * @param who the worker as a known logger's form names it; else it is looked for in the text
   * @param head what tells the time, where the line does not: its wrapper, or the line above
   */
  take(line: number, own: string, counted: Counted, who: Who = {}, head?: string): void {
    if (own.length > MAX_LINE || this.#isFull()) return;
    const text = head === undefined ? own : `${head}${own}`;
    const found = findStamp(text);
    if (!found) return;
    this.#text = text;
    this.#turns.take({ line, text, counted, who });
    this.#joins.take({ line, text, counted, ...(hasWho(who) ? { who } : {}) });
    const shape = shapeOf(text, found.start, found.end);
    let words = 0;
    let kept = false;
    for (const word of text.matchAll(WORD)) {
      if (word.index < found.end && word.index >= found.start) continue;
      const place = words++;
      if (place >= MAX_WORDS) break;
      if (
        (/\d/.test(word[0]) || isHexLetters(word[0])) &&
        this.#word(word[0], text.slice(Math.max(0, word.index - 24), word.index), shape, place)
      )
        kept = true;
    }
    if (!kept) return;
    this.#kept += text.length;
    const extra = { ...(hasWho(who) ? { who } : {}), ...(head === undefined ? {} : { isOfTwo: true as const }) };
    this.#candidates.push({ line, text: Buffer.from(text).toString(), counted, ...extra });
  }

  #isFull(): boolean {
    if (this.#candidates.length >= MAX_CANDIDATES) return true;
    return this.#kept > MAX_KEPT || this.#occurrences > MAX_OCCURRENCES;
  }

  /** Whether a word may be an id; it is kept under its kind then, or until its place is known to hold ids. */
  #word(word: string, before: string, shape: string, place: number): boolean {
    const key = keyOf(shape, place);
    const isIdsPlace = () => (this.#kinds.get(key)?.at.count ?? 0) >= SURE_PLACE;
    const found = this.#idWords.tell(word, before, isIdsPlace);
    if (found) return this.#put(shape, place, found);
    return this.#idWords.mayShow && this.#pending.keep(key, word, this.#candidates.length);
  }

  #put(shape: string, place: number, { id, known, called, label }: IdWord): boolean {
    if (Number.isNaN(id)) return false;
    const key = keyOf(shape, place);
    let kind = this.#kinds.get(key);
    if (!kind) {
      if (this.#kinds.size >= MAX_KINDS) return false;
      const ids = { at: new Occurrences(), others: new Occurrences() };
      kind = { shape, place, called, ...(label === undefined ? {} : { label }), ...ids };
      this.#kinds.set(key, kind);
    }
    const isKept = this.#add(known === 'called' ? kind.others : kind.at, id, this.#candidates.length, this.#text);
    if (kind.at.count === SURE_PLACE) this.#release(kind);
    return isKept;
  }

  /** What stands in a place that is now known to hold ids is one. */
  #release({ shape, place, others }: Kind): void {
    for (const { word, at } of this.#pending.release(keyOf(shape, place)))
      this.#add(others, this.#context.ids.encode(word), at, this.#candidates[at]!.text);
  }

  #add(occurrences: Occurrences, id: number, at: number, text: string): boolean {
    const last = occurrences.last(id);
    // Two loggers wrote the same line.
    if (last !== undefined && this.#candidates[last]?.text === text) return false;
    occurrences.add(id, at);
    this.#occurrences++;
    return true;
  }

  /** The two kinds that pair best; `undefined` if none does. */
  learn(): Learned | undefined {
    const ids = this.#context.clientIds?.().size ?? 0;
    const kinds = [...this.#kinds.values()].filter((kind) => mayBeIds(kind, ids));
    const judge: Judge = {
      takesTime: (two) => this.#takesTime(two),
      fit: ({ begin, end }) => clientFit(this.#linePairs(begin, end), this.#context.clientTimes?.() ?? new Map()),
    };
    // Where the client had few answers, the server ended few requests: of these all are no chance.
    const answered = this.#context.clientElapsed?.().size ?? 0;
    const pair = bestPair(kinds, answered > 0 ? Math.min(ids, answered) : ids, judge);
    if (pair) return this.#learned(pair);
    const client = this.#client();
    const joined = this.#joins.learn(client, true) ?? this.#turns.learn() ?? this.#joins.learn(client, false);
    const counted = joined === undefined && client.waits.length === 0 ? countedPair(kinds, judge) : undefined;
    return counted ? this.#learned(counted) : joined;
  }

  /** Lines that tell requests whole: where none were told, and no others begin them. */
  learnSpans(): Learned | undefined {
    return this.#joins.spans(this.#client());
  }

  /** Lines that tell each request once, when it begins or when it ends, likewise. */
  learnAlone(): Learned | undefined {
    const stampAt = (at: number) => findStamp(this.#candidates[at]!.text)?.stamp;
    const alone = aloneKind([...this.#kinds.values()], this.#context.clientTimes?.() ?? new Map(), stampAt);
    if (!alone) return undefined;
    const { kind, side } = alone;
    const lines = kind.at.lines.slice(0, MAX_PAIRS).flatMap((at) => this.#lineOf(at, kind.place) ?? []);
    const byForm = workerFinder(lines.map((line): LinePair => [line, line]));
    const rows = this.#rowsOf(kind, side, (line, of) => line.who ?? byForm(line, of));
    return { rows, begin: this.#candidates[kind.at.lines[0]!]!, alone: side };
  }

  #client(): ClientKnown {
    return {
      ids: this.#context.clientIds?.() ?? new Set(),
      elapsed: this.#context.clientElapsed?.() ?? new Map(),
      times: this.#context.clientTimes?.() ?? new Map(),
      waits: this.#context.clientWaits?.() ?? [],
      sent: this.#context.clientSent?.() ?? 0,
    };
  }

  /** A logger may write several lines of one request at its begin: on a clock that would show it, hardly any of them lasts. */
  #takesTime({ begin, end }: KindPair): boolean {
    let fine = 0;
    let last = 0;
    for (const { lines } of this.#linePairs(begin, end)) {
      const [a, b] = lines;
      if (a.stamp.resolutionMs > FINE_STEP_MS) continue;
      fine++;
      if (b.stamp.ms - a.stamp.ms > FINE_STEP_MS) last++;
    }
    return last >= LASTING_SHARE * fine;
  }

  #learned({ begin, end }: KindPair): Learned {
    const pairs = this.#linePairs(begin, end).map(({ lines }) => lines);
    const byForm = workerFinder(pairs);
    const known: WorkerOf = (line, kind) => line.who ?? byForm(line, kind);
    const workerOf = agreedWorker(pairs, known) ?? known;
    const rows = [...this.#rowsOf(begin, 'begin', workerOf), ...this.#rowsOf(end, 'end', workerOf)];
    const first = (kind: Kind) => this.#candidates[kind.at.lines[0]!]!;
    const pattern = (kind: Kind, name: LearnedRow['kind']) => patternOf(first(kind), kind.place, name, workerOf);
    const patterns = { begin: pattern(begin, 'begin'), end: pattern(end, 'end') };
    return {
      rows: rows.sort((a, b) => a.line - b.line),
      begin: first(begin),
      end: first(end),
      ...(patterns.begin && patterns.end ? { patterns: { begin: patterns.begin, end: patterns.end } } : {}),
    };
  }

  /** The two lines of requests, as many as are looked at. */
  #linePairs(begin: Kind, end: Kind): readonly RequestLines[] {
    const pairs: RequestLines[] = [];
    const begun = new Map<number, number>();
    eachInOrder(begin.at, end.at, (id, line, second) => {
      if (second === 0) begun.set(id, line);
      const first = second === 0 ? undefined : begun.get(id);
      if (first === undefined || pairs.length >= MAX_PAIRS) return;
      begun.delete(id);
      const [a, b] = [this.#lineOf(first, begin.place), this.#lineOf(line, end.place)];
      if (a && b) pairs.push({ id, lines: [a, b] });
    });
    return pairs;
  }

  #lineOf(at: number, place: number): RequestLines['lines'][0] | undefined {
    const { text, who } = this.#candidates[at]!;
    const found = idLine(text, place);
    return found && { ...found, at, who };
  }

  #rowsOf(of: Kind, kind: LearnedRow['kind'], workerOf: WorkerOf): LearnedRow[] {
    const { at, others, place } = of;
    const rows: LearnedRow[] = [];
    this.#release(of);
    for (const { ids, lines } of [at, others]) {
      for (const [i, id] of ids.entries()) {
        const { line, text, counted, who } = this.#candidates[lines[i]!]!;
        const found = idLine(text, place);
        const worker = found ? workerOf({ ...found, who }, kind) : (who ?? {});
        rows.push({ line, kind, id, counted, stamp: found?.stamp, who: worker });
      }
    }
    return rows;
  }
}
