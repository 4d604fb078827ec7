import type { RequestIds } from '../../../model/request-ids.js';
import type { Stamp } from '../../../model/time.js';
import { parseWho } from '../../logs/parts/who.js';
import { findStamp } from '../../text/timestamps.js';
import { type Part, patternFor } from './snippet.js';

/** Lines kept for learning; a log's begin and end lines show within its first hundred thousands. */
const MAX_CANDIDATES = 400_000;
const MAX_KINDS = 2_000;
const MAX_LINE = 2_000;
/** Words of a line that are tried as the request id. */
const MAX_WORDS = 40;
/** Different ids that both kinds of line must share. */
const MIN_PAIRS = 5;
/** Share of the ids in one kind that must be in the other. */
const PAIRED_SHARE = 0.6;
/** Share of the pairs in which the begin comes first. */
const ORDER_SHARE = 0.95;
/** How far behind the time a worker is named. */
const WHO_WITHIN = 120;
/** Kinds of line that are paired with each other, those with most ids first. */
const MAX_PAIRED = 64;
/** What stands before an id that a line calls so: `id=7`, `id[7]`, `"id": "7"`. */
const SAYS_ID = /(?:^|[^A-Za-z])id["']?\s?[=:[(#]\s?["']?$/i;
const WORD = /[A-Za-z0-9][A-Za-z0-9_-]{0,63}/g;

/** A line that a pattern did not take. */
interface Candidate {
  readonly line: number;
  readonly text: string;
  /** It was of a known logger's form, and counted as ignored; else as skipped. */
  readonly ignored: boolean;
  /** The worker, where the logger's own form tells it. */
  readonly who?: ReturnType<typeof parseWho>;
}

/** One kind of line by its shape, with a place in it that holds ids. */
interface Kind {
  readonly shape: string;
  readonly place: number;
  /** Line in the candidates by id; repeated ids are dropped. */
  readonly at: Map<number, number>;
  /** The same for ids that the client does not know: they teach nothing, but are requests if the kind is one of those looked for. */
  readonly others: Map<number, number>;
  repeated: number;
}

/** A line as it was learnt. */
export interface LearnedRow {
  readonly line: number;
  readonly kind: 'begin' | 'end';
  readonly id: number;
  readonly ignored: boolean;
  readonly stamp: Stamp | undefined;
  readonly who: ReturnType<typeof parseWho>;
}

/** What was found, with an example of each kind for the user to confirm. */
export interface Learned {
  readonly rows: readonly LearnedRow[];
  readonly begin: Candidate;
  readonly end: Candidate;
  /** Patterns for run.yaml that take such lines, where they can be told. */
  readonly patterns?: { readonly begin: string; readonly end: string };
}

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
  readonly #ids: RequestIds;
  readonly #known: (() => ReadonlySet<number>) | undefined;

  /** @param known the client's ids; without them only what a line calls an id counts as one */
  constructor(ids: RequestIds, known: (() => ReadonlySet<number>) | undefined) {
    this.#ids = ids;
    this.#known = known;
  }

  /** @param who the worker as a known logger's form names it; else it is looked for in the text */
  take(line: number, text: string, ignored: boolean, who: ReturnType<typeof parseWho> = {}): void {
    if (text.length > MAX_LINE || this.#candidates.length >= MAX_CANDIDATES) return;
    const found = findStamp(text);
    if (!found) return;
    const shape = shapeOf(text, found.start, found.end);
    let words = 0;
    let kept = false;
    const known = this.#known?.();
    const named = known === undefined || known.size === 0;
    for (const word of text.matchAll(WORD)) {
      if (word.index < found.end && word.index >= found.start) continue;
      const place = words++;
      if (place >= MAX_WORDS) break;
      if (!/\d/.test(word[0])) continue;
      const called = SAYS_ID.test(text.slice(Math.max(0, word.index - 8), word.index));
      if (named && !called) continue;
      const looked = named ? this.#ids.encode(word[0]) : this.#ids.lookup(word[0]);
      const taught = !Number.isNaN(looked) && (named || known.has(looked));
      if (!taught && !called) continue;
      const id = taught ? looked : this.#ids.encode(word[0]);
      if (Number.isNaN(id)) continue;
      this.#put(shape, place, id, this.#candidates.length, taught);
      kept = true;
    }
    if (!kept) return;
    const hasWho = who.pid !== undefined || who.thread !== undefined || who.nativeId !== undefined;
    const own = { line, text: Buffer.from(text).toString(), ignored };
    this.#candidates.push(hasWho ? { ...own, who } : own);
  }

  #put(shape: string, place: number, id: number, index: number, taught: boolean): void {
    const key = `${place}\u0000${shape}`;
    let kind = this.#kinds.get(key);
    if (!kind) {
      if (this.#kinds.size >= MAX_KINDS) return;
      kind = { shape, place, at: new Map(), others: new Map(), repeated: 0 };
      this.#kinds.set(key, kind);
    }
    if (!taught) {
      if (!kind.others.has(id)) kind.others.set(id, index);
    } else if (kind.at.has(id)) kind.repeated++;
    else kind.at.set(id, index);
  }

  /** The two kinds that pair best; `undefined` if none does. */
  learn(): Learned | undefined {
    const kinds = [...this.#kinds.values()]
      .filter(({ at, repeated }) => at.size >= MIN_PAIRS && repeated <= 0.1 * at.size)
      .sort((a, b) => b.at.size - a.at.size)
      .slice(0, MAX_PAIRED);
    let best: { begin: Kind; end: Kind; pairs: number } | undefined;
    for (const [i, a] of kinds.entries()) {
      for (const b of kinds.slice(i + 1)) {
        const found = a.shape === b.shape ? undefined : pairUp(a, b);
        if (found && found.pairs > (best?.pairs ?? 0)) best = found;
      }
    }
    return best && this.#learned(best.begin, best.end);
  }

  #learned(begin: Kind, end: Kind): Learned {
    const rows = [...this.#rowsOf(begin, 'begin'), ...this.#rowsOf(end, 'end')].sort((a, b) => a.line - b.line);
    const first = (kind: Kind) => this.#candidates[kind.at.values().next().value ?? 0]!;
    const patterns = { begin: patternOf(first(begin).text, begin.place), end: patternOf(first(end).text, end.place) };
    return {
      rows,
      begin: first(begin),
      end: first(end),
      ...(patterns.begin && patterns.end ? { patterns: { begin: patterns.begin, end: patterns.end } } : {}),
    };
  }

  #rowsOf({ at, others }: Kind, kind: LearnedRow['kind']): LearnedRow[] {
    return [...at, ...others].map(([id, index]) => {
      const { line, text, ignored, who: named } = this.#candidates[index]!;
      const found = findStamp(text);
      const who = named ?? (found ? parseWho(text.slice(found.end, found.end + WHO_WITHIN)) : {});
      return { line, kind, id, ignored, stamp: found?.stamp, who };
    });
  }
}

/** The pattern of a line of one kind: its time, the id in its place, and the worker where it was found. */
function patternOf(text: string, place: number): string | undefined {
  const found = findStamp(text);
  if (!found) return undefined;
  const words = [...text.matchAll(WORD)].filter(({ index }) => index >= found.end || index < found.start);
  const id = words[place];
  if (id === undefined) return undefined;
  const parts: Part[] = [
    { group: 'time', start: found.start, end: found.end },
    { group: 'id', start: id.index, end: id.index + id[0].length },
  ];
  const { pid, thread } = parseWho(text.slice(found.end, found.end + WHO_WITHIN));
  const add = (group: 'pid' | 'thread', value: string | undefined) => {
    const start = value === undefined ? -1 : text.indexOf(value, found.end);
    const end = start + (value?.length ?? 0);
    if (start >= 0 && parts.every((part) => end <= part.start || start >= part.end)) parts.push({ group, start, end });
  };
  add('thread', thread);
  add('pid', pid === undefined ? undefined : String(pid));
  return patternFor(text, parts);
}

/** Which of two kinds begins, if they share enough ids and one nearly always comes first. */
function pairUp(a: Kind, b: Kind): { begin: Kind; end: Kind; pairs: number } | undefined {
  let pairs = 0;
  let aFirst = 0;
  for (const [id, index] of a.at) {
    const other = b.at.get(id);
    if (other === undefined) continue;
    pairs++;
    if (index < other) aFirst++;
  }
  if (pairs < MIN_PAIRS || pairs < PAIRED_SHARE * Math.max(a.at.size, b.at.size)) return undefined;
  if (aFirst >= ORDER_SHARE * pairs) return { begin: a, end: b, pairs };
  if (aFirst <= (1 - ORDER_SHARE) * pairs) return { begin: b, end: a, pairs };
  return undefined;
}

/** The line with its time and everything that has digits in it blanked: lines of one kind have one shape. */
function shapeOf(text: string, from: number, to: number): string {
  const shape = `${text.slice(0, from)}@${text.slice(to)}`.replace(/[A-Za-z0-9_-]*\d[A-Za-z0-9_.-]*/g, '#');
  // Names are padded to one width: fewer digits, more blanks.
  return shape.replace(/ {2,}/g, ' ').replace(/\[ /g, '[').slice(0, 300);
}
