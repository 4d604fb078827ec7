import type { RequestIds } from '../../../model/request-ids.js';
import { parseWho } from '../../logs/parts/who.js';
import { hasWho, type Who } from '../../logs/parts/who-found.js';
import { findStamp } from '../../text/timestamps.js';
import type { ClientTime } from '../format.js';
import type { RequestTimes } from './client-fit.js';
import { areConnections, eachAlternates } from './joined-connections.js';
import { isBoth, JoinKind, type JoinLine } from './joined-lines.js';
import { agrees, agreesUnnamed, type Joined, join } from './joined-pairs.js';
import type { Candidate, Learned, LearnedRow } from './learned.js';
import { agreedWorker } from './learned-columns.js';
import { type IdLine, idLine, type LinePair, type OrderedPair, shapeOf, type WorkerOf } from './learned-line.js';
import { type Spans, spansOf } from './learned-spans.js';
import { workerFinder } from './learned-worker.js';
import { isOwnCount } from './own-count.js';

/** Lines kept, and characters of them; forms. */
const MAX_LINES = 200_000;
const MAX_KEPT = 40_000_000;
const MAX_FORMS = 2_000;
/** Forms that are joined with each other, those with most lines first. */
const MAX_JOINED = 24;
/** Lines that a form needs to be looked at. */
const MIN_LINES = 5;
/** Of two ways to join, the one with fewer pairs needs this share of the other's. */
const AS_MANY = 0.9;
/** Words that two forms share, of those of the one with fewer. */
const SHARED = 0.6;
/** Requests that a worker serves on average, if a token is one. */
const REQUESTS_EACH = 2;
/** Requests whose two lines are looked at for their worker. */
const MAX_PAIRS = 1_000;
/** Words that name a worker even where each serves one request; hexadecimal ones name a request. */
const WORKER = /thread|worker|exec|pool|task|goroutine|fork/i;

/** What is known of the client's requests. */
export interface ClientKnown {
  readonly ids: ReadonlySet<number>;
  readonly elapsed: ReadonlyMap<number, number>;
  /** When each was the client's, if no other has its id. */
  readonly times: ReadonlyMap<number, ClientTime>;
  /** How long each waited, with an id or without. */
  readonly waits: readonly number[];
  /** How many may have reached the server. */
  readonly sent: number;
}

/**
 * Finds begins and ends of which one alone names the client's request, or none: a word that both lines have joins them. Of all ways
 * to join the forms of a log, those count that agree with the client's record, and of them the one with the longest intervals: from
 * the end to the next begin of a worker is no request, and lines between begin and end are not the end.
 */
export class Joins {
  readonly #forms = new Map<string, JoinKind>();
  /** Those whose numbers are no ids of the client's, though they run like them. */
  readonly #counting = new Set<JoinKind>();
  readonly #requests: RequestIds;
  #lines = 0;
  #kept = 0;

  constructor(requests: RequestIds) {
    this.#requests = requests;
  }

  /** Lines are told in the file's order. */
  take({ line, text, counted, who }: Candidate): void {
    if (this.#lines >= MAX_LINES || this.#kept > MAX_KEPT) return;
    const found = findStamp(text);
    if (!found) return;
    const shape = shapeOf(text, found.start, found.end);
    let form = this.#forms.get(shape);
    if (!form) {
      if (this.#forms.size >= MAX_FORMS) return;
      form = new JoinKind();
      this.#forms.set(shape, form);
    }
    const { stamp, start, end: from } = found;
    const own = Buffer.from(text).toString();
    form.add({ line, text: own, counted, stamp, start, from, ...(who ? { who } : {}) });
    this.#lines++;
    this.#kept += text.length;
  }

  /** With the client's id in one of the two lines (`named`), or in none. */
  learn(client: ClientKnown, named: boolean): Learned | undefined {
    if ((named ? client.elapsed.size : client.waits.length) < MIN_LINES) return undefined;
    const idOf = this.#idPlaces(client);
    const forms = [...idOf.keys()];
    const found: Joined[] = [];
    for (const a of forms) {
      for (const b of forms) {
        const ids = [idOf.get(a), idOf.get(b)].filter((place) => place !== undefined);
        if (a === b || ids.length !== (named ? 1 : 0)) continue;
        found.push(...this.#joined(a, b, idOf, client));
      }
    }
    const most = found.reduce((n, { pairs }) => Math.max(n, pairs.length), 0);
    const [best] = found
      .filter(({ pairs }) => pairs.length >= AS_MANY * most)
      .sort((x, y) => y.total - x.total || y.tokens - x.tokens);
    if (best && named && isOwnCount(this.#requestTimes(best, idOf), client.times)) {
      for (const form of [best.begin, best.end]) this.#counting.add(form);
      return this.learn(client, false) ?? this.#learned(best, idOf);
    }
    return best && this.#learned(best, idOf);
  }

  #requestTimes({ begin, end, pairs }: Joined, idOf: IdPlaces): readonly RequestTimes[] {
    const inOrder = [...pairs].sort((a, b) => a.begin - b.begin);
    return inOrder.flatMap((pair) => {
      const lines = [begin.lines[pair.begin]!, end.lines[pair.end]!] as const;
      const id = this.#idIn(lines[0], idOf.get(begin)) ?? this.#idIn(lines[1], idOf.get(end));
      return id === undefined ? [] : [{ id, lines }];
    });
  }

  /** Lines that tell requests whole, of the form with the most of them. */
  spans(client: ClientKnown): Learned | undefined {
    if (client.waits.length < MIN_LINES) return undefined;
    const idOf = this.#idPlaces(client);
    const found = [...idOf].flatMap(([form, place]) => {
      const idIn = (line: JoinLine) => this.#idIn(line, place) ?? Number.NaN;
      return spansOf(form, idIn, client) ?? [];
    });
    const [best] = found.sort((a, b) => b.form.lines.length - a.form.lines.length);
    return best && this.#learnedSpans(best, idOf.get(best.form));
  }

  #learnedSpans({ form, durations, at }: Spans, place: number | undefined): Learned {
    const lineOf = ({ text, start, from }: JoinLine): IdLine => {
      const id = place === undefined ? undefined : idLine(text, place);
      // What names the request, or else how long it took, stands behind the worker.
      return { text, start, from, id: id?.id ?? at, idEnd: id?.idEnd ?? at };
    };
    const workerOf = workerFinder(form.lines.map((line): LinePair => [lineOf(line), lineOf(line)]));
    const rows = form.lines.map((line, i): LearnedRow => {
      const { line: number, counted, stamp } = line;
      const id = this.#idIn(line, place) ?? Number.NaN;
      const who = line.who ?? workerOf(lineOf(line), 'end');
      return { line: number, kind: 'end', id, counted, stamp, who, took: durations[i]! };
    });
    return { rows, begin: form.lines[0]!, end: form.lines[0]! };
  }

  /** The forms with most lines, each with the place where the client's ids stand in it. */
  #idPlaces({ ids }: ClientKnown): Map<JoinKind, number | undefined> {
    const forms = [...this.#forms.values()]
      .filter(({ lines }) => lines.length >= MIN_LINES)
      .sort((a, b) => b.lines.length - a.lines.length)
      .slice(0, MAX_JOINED);
    for (const form of forms) if (form.columns.size === 0) form.read();
    const isClients = (word: string) => ids.has(this.#requests.lookup(word));
    const placeIn = (form: JoinKind) => (this.#counting.has(form) ? undefined : form.idPlace(isClients, ids.size));
    return new Map(forms.map((form) => [form, placeIn(form)]));
  }

  #joined(begin: JoinKind, end: JoinKind, idOf: IdPlaces, { elapsed, waits, sent }: ClientKnown): Joined[] {
    const found: Joined[] = [];
    for (const a of begin.columns.keys()) {
      for (const b of end.columns.keys()) {
        if (a === idOf.get(begin) || b === idOf.get(end) || isBoth(a) !== isBoth(b)) continue;
        if (!share(begin, end, [a, b])) continue;
        const joined = join(begin, end, [a, b]);
        if (!joined) continue;
        const isNamed = idOf.get(begin) !== undefined || idOf.get(end) !== undefined;
        const measured = (first: JoinLine, last: JoinLine) =>
          elapsed.get(this.#idIn(first, idOf.get(begin)) ?? this.#idIn(last, idOf.get(end)) ?? Number.NaN);
        if (isNamed ? agrees(joined, measured) : agreesUnnamed(joined, waits, sent)) found.push(joined);
      }
    }
    return found;
  }

  #idIn(line: JoinLine, place: number | undefined): number | undefined {
    const at = place === undefined ? undefined : idLine(line.text, place);
    return at && this.#requests.encode(line.text.slice(at.id, at.idEnd));
  }

  #learned(joined: Joined, idOf: IdPlaces): Learned | undefined {
    const { begin, end, pairs } = joined;
    const of = new Map<JoinLine, number>();
    const isNamed = idOf.get(begin) !== undefined || idOf.get(end) !== undefined;
    // A word that never returns names the request on the server's side, whatever else it is.
    const names = !isNamed && joined.tokens === pairs.length && !isBoth(joined.places[0]);
    const own = (line: JoinLine): number =>
      names ? this.#requests.encode(`own ${wordAt(line, joined.places[0])}`) : Number.NaN;
    for (const pair of pairs) {
      const [first, last] = [begin.lines[pair.begin]!, end.lines[pair.end]!];
      const id = this.#idIn(first, idOf.get(begin)) ?? this.#idIn(last, idOf.get(end)) ?? own(first);
      of.set(first, id).set(last, id);
    }
    const workerOf = this.#workerOf(joined, idOf);
    const rowsOf = (form: JoinKind, kind: LearnedRow['kind']): LearnedRow[] =>
      form.lines.map((line) => {
        const id = of.get(line) ?? this.#idIn(line, idOf.get(form)) ?? Number.NaN;
        return { line: line.line, kind, id, counted: line.counted, stamp: line.stamp, who: workerOf(line, kind) };
      });
    const rows = [...rowsOf(begin, 'begin'), ...rowsOf(end, 'end')].sort((a, b) => a.line - b.line);
    // Without ids and workers nothing would tell which lines belong together.
    if (!isNamed && !names && !rows.every(({ who }) => hasWho(who))) return undefined;
    if (!isNamed && areConnections(begin, end) && !eachAlternates(rows)) return undefined;
    return { rows, begin: begin.lines[0]!, end: end.lines[0]! };
  }

  /** The worker of a line: as the logger tells it, as in all that is learnt, or the token, if that is one. */
  #workerOf({ begin, end, pairs, places, tokens }: Joined, idOf: IdPlaces) {
    const wordOf = (line: JoinLine, kind: LearnedRow['kind']) => wordAt(line, places[kind === 'begin' ? 0 : 1]);
    const returns = REQUESTS_EACH * tokens <= pairs.length;
    const isWorker = returns || WORKER.test(wordOf(begin.lines[0]!, 'begin'));
    const lineOf = (line: JoinLine, kind: LearnedRow['kind']): OrderedPair[0] => {
      const at = idOf.get(kind === 'begin' ? begin : end);
      const id = at === undefined ? undefined : idLine(line.text, at);
      const { start, from } = line;
      const word = wordOf(line, kind);
      const text = isWorker || word === '' ? line.text : line.text.replaceAll(word, ' '.repeat(word.length));
      const place = { id: id?.id ?? text.length, idEnd: id?.idEnd ?? text.length };
      return { text, start, from, ...place, at: line.line, who: line.who };
    };
    const both = pairs.map(
      (pair): OrderedPair => [lineOf(begin.lines[pair.begin]!, 'begin'), lineOf(end.lines[pair.end]!, 'end')],
    );
    const byForm = workerFinder(both);
    const known: WorkerOf = (line, kind) => line.who ?? byForm(line, kind);
    const find = agreedWorker(both.slice(0, MAX_PAIRS), known) ?? known;
    return (line: JoinLine, kind: LearnedRow['kind']): Who => {
      const who = find(lineOf(line, kind), kind);
      return returns && !hasWho(who) ? parseWho(` - ${wordOf(line, kind)}`) : who;
    };
  }
}

function wordAt({ text }: JoinLine, place: number): string {
  const at = idLine(text, place);
  return at ? text.slice(at.id, at.idEnd) : '';
}

type IdPlaces = ReadonlyMap<JoinKind, number | undefined>;

/** Whether two columns have most of their words in common. */
function share(a: JoinKind, b: JoinKind, [first, second]: readonly [number, number]): boolean {
  const words = new Set(a.columns.get(first));
  const others = new Set(b.columns.get(second));
  let both = 0;
  for (const word of others) if (word !== undefined && words.has(word)) both++;
  return both > 0 && both >= SHARED * Math.min(words.size, others.size);
}
