import type { Stamp } from '../../../model/time.js';
import { parseWho } from '../../logs/parts/who.js';
import { hasWho, keyOfWho, type Who } from '../../logs/parts/who-found.js';
import { findStamp } from '../../text/timestamps.js';
import type { Candidate, Learned, LearnedRow } from './learned.js';
import { shapeOf } from './learned-line.js';
import { namesRequests, whoBeside } from './traced-worker.js';

/** A line that says no more than who does what is short, characters. */
const MAX_LINE = 200;
/** Lines kept, and kinds of them. */
const MAX_LINES = 400_000;
const MAX_KINDS = 64;
/** Requests that show that the lines take turns. */
const MIN_PAIRS = 5;
/** Share of the lines that must take turns: some may be lost. */
const IN_TURN = 0.9;

const BEGINS =
  /^(?:start(?:s|ed|ing)?|begin(?:s|ning)?|began|begun|enter(?:s|ed|ing)?|receiv(?:e|es|ed|ing)|accept(?:s|ed|ing)?|handling|processing|serving)$/i;
const ENDS =
  /^(?:end(?:s|ed|ing)?|done|finish(?:es|ed|ing)?|complet(?:e|es|ed|ing)|leav(?:e|es|ing)|left|exit(?:s|ed|ing)?|handled|processed|served|answer(?:s|ed)?|sent|respond(?:s|ed)?|repl(?:y|ies|ied)|return(?:s|ed)?)$/i;
/** The last words of a line: few, and none with a number. */
const LAST_WORDS = /(?:^|[\s:>|\]-])((?:[A-Za-z]{2,20} ){0,2}[A-Za-z]{2,20})[.…!]{0,3}\s*$/;

type Side = 'begin' | 'end';

/** A line with the worker that it names. */
interface Turn extends Pick<Candidate, 'line' | 'counted'> {
  readonly who: Who;
  /** The same by what stands beside a word in brackets that may name the request. */
  readonly beside: Who;
  readonly stamp: Stamp;
}

interface TurnKind {
  readonly side: Side;
  /** Its first line. */
  readonly text: string;
  readonly turns: Turn[];
}

/**
 * Finds begins and ends in a log that names no request: each worker says that it starts, then that it is done, then that it starts.
 *
 *     [10:00:01.250] Thread-1 (handle) start
 *     [10:00:01.300] Thread-2 (handle) start
 *     [10:00:02.250] Thread-1 (handle) end
 */
export class Turns {
  readonly #kinds = new Map<string, TurnKind>();
  /** Workers, one object each. */
  readonly #workers = new Map<string, Who>();
  #count = 0;

  /** Lines are told in the file's order. */
  take({ line, text, counted, who: known = {} }: Candidate): void {
    if (text.length > MAX_LINE || this.#count >= MAX_LINES) return;
    const words = LAST_WORDS.exec(text)?.[1];
    const side = words === undefined ? undefined : sideOf(words);
    const found = side && findStamp(text);
    const message = text.lastIndexOf(words ?? '');
    if (!found || message < found.end) return;
    const prefix = text.slice(found.end, message);
    const who = hasWho(known) ? known : parseWho(prefix);
    if (!hasWho(who)) return;
    const beside = hasWho(known) ? {} : whoBeside(prefix, who);
    const kind = this.#kindOf(shapeOf(text, found.start, found.end), side, text);
    kind?.turns.push({ line, counted, who: this.#one(who), beside: this.#one(beside), stamp: found.stamp });
    this.#count++;
  }

  #kindOf(shape: string, side: Side, text: string): TurnKind | undefined {
    const known = this.#kinds.get(shape);
    if (known || this.#kinds.size >= MAX_KINDS) return known;
    const kind = { side, text: Buffer.from(text).toString(), turns: [] };
    this.#kinds.set(shape, kind);
    return kind;
  }

  #one(who: Who): Who {
    const name = keyOfWho(who);
    const known = this.#workers.get(name);
    if (!known) this.#workers.set(name, who);
    return known ?? who;
  }

  /** The kinds with most lines, if workers take turns in them. */
  learn(): Learned | undefined {
    const most = (side: Side) =>
      [...this.#kinds.values()].filter((kind) => kind.side === side).sort((a, b) => b.turns.length - a.turns.length)[0];
    const [begin, end] = [most('begin'), most('end')];
    if (!begin || !end) return undefined;
    const rows = inTurn(begin, end);
    if (!rows) return undefined;
    const first = ({ text, turns }: TurnKind): Candidate => ({
      text,
      line: turns[0]!.line,
      counted: turns[0]!.counted,
    });
    return { rows, begin: first(begin), end: first(end) };
  }
}

/** The lines in order, by the workers that take turns in them. A number that names the request pairs them whoever serves. */
function inTurn(begin: TurnKind, end: TurnKind): readonly LearnedRow[] | undefined {
  const namesOf = (whose: (turn: Turn) => Who) => new Set(begin.turns.map((turn) => keyOfWho(whose(turn))));
  const rowsOf = (rowOf: (turn: Turn) => Pick<LearnedRow, 'who' | 'id'>) =>
    [begin, end]
      .flatMap(({ side, turns }) =>
        turns.map((turn): LearnedRow => {
          const { line, counted, stamp } = turn;
          return { line, counted, stamp, kind: side, ...rowOf(turn) };
        }),
      )
      .sort((a, b) => a.line - b.line);
  const named = rowsOf(({ who }) => ({ who, id: Number.NaN }));
  if (
    namesRequests(
      namesOf(({ who }) => who),
      namesOf(({ beside }) => beside),
      begin.turns.length,
    )
  ) {
    const rows = rowsOf(({ beside: who, who: { pid } }) => ({ who, id: pid ?? Number.NaN }));
    const told = rows.every(({ who }) => hasWho(who));
    if (told && (isInTurn(rows) || (isInTurn(named) && rows.every(({ id }) => !Number.isNaN(id))))) return rows;
  }
  return isInTurn(named) ? named : undefined;
}

/**
 * Whether workers end what they began before they begin again. An event loop does not; where one ends just as another begins, it only
 * seems to, and has several under way all the time. After a lost end a thread seems to have, too, but can't.
 */
function isInTurn(rows: readonly LearnedRow[]): boolean {
  const open = new Map<Who, number>();
  let pairs = 0;
  let broken = 0;
  for (const { kind, who } of rows) {
    const before = open.get(who) ?? 0;
    if (kind === 'end') open.set(who, Math.max(0, before - 1));
    else open.set(who, isThread(who) ? 1 : before + 1);
    if (before > 0 === (kind === 'begin')) broken++;
    else if (kind === 'end') pairs++;
  }
  return pairs >= MIN_PAIRS && pairs >= IN_TURN * (pairs + broken);
}

const isThread = ({ thread, nativeId }: Who): boolean =>
  nativeId !== undefined || (thread !== undefined && /\d/.test(thread));

/** What the words say, if they do not say both. */
function sideOf(words: string): Side | undefined {
  const all = words.split(' ');
  const begins = all.some((word) => BEGINS.test(word));
  return begins === all.some((word) => ENDS.test(word)) ? undefined : begins ? 'begin' : 'end';
}
