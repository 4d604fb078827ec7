import type { JoinKind, JoinLine } from './joined-lines.js';
import { TOLD, TOLD_MOST } from './joined-pairs.js';
import { areDurations, type ReadDuration, rawDurations, servedAtOnce } from './raw-durations.js';

/** Words with a digit in them: those of which a line's form is made, so that all lines of a form have equally many. */
const WORD = /[A-Za-z0-9_-]*\d[A-Za-z0-9_.-]*/g;
const MAX_WORDS = 24;
/** `804`, `0.804`, `804ms`: a number, perhaps with a unit. */
const NUMBER = /^(\d{1,12}(?:\.\d{1,9})?)([a-z]{1,7})?\.?$/;
/** The unit behind a number. */
const UNIT_BEHIND = /^ ?([a-zµ]{1,7})\b/;
const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ...['ns', 'nsec'].map((name) => [name, 1e-6] as const),
  ...['us', 'µs', 'usec', 'micros'].map((name) => [name, 0.001] as const),
  ...['ms', 'msec', 'millis', 'msecs'].map((name) => [name, 1] as const),
  ...['s', 'sec', 'secs', 'second', 'seconds'].map((name) => [name, 1000] as const),
]);

/** How long the client waited, by request and of each. */
interface Waits {
  readonly elapsed: ReadonlyMap<number, number>;
  readonly waits: readonly number[];
}

/** Lines of one form that tell requests whole, and where in them the duration stands. */
export interface Spans {
  readonly form: JoinKind;
  readonly durations: readonly ReadDuration[];
  /** Of the first line: where the duration stands. */
  readonly at: number;
}

interface Word {
  readonly at: number;
  readonly value: string;
  readonly unitMs: number | undefined;
}

/**
 * The number of a form that tells how long requests took: those that were served at once took all of their clients' wait by it.
 *
 *     2026-11-28 16:58:59.155 [pool-1-thread-3] request 8 took 804 ms
 */
export function spansOf(form: JoinKind, idOf: (line: JoinLine) => number, client: Waits): Spans | undefined {
  const rows = form.lines.map(wordsOf);
  const ids = form.lines.map(idOf);
  let best: Spans | undefined;
  let longest = 0;
  for (let place = 0; place < (rows[0]?.length ?? 0); place++) {
    const column = rows.map((words) => words[place]);
    const durations = durationsOf(column, ids, client);
    const sum = durations?.reduce((all, { ms }) => all + ms, 0) ?? 0;
    if (!durations || sum <= longest) continue;
    longest = sum;
    best = { form, durations, at: column[0]?.at ?? 0 };
  }
  return best;
}

function wordsOf({ text, start, from }: JoinLine): (Word | undefined)[] {
  const words: (Word | undefined)[] = [];
  for (const { index, 0: word } of text.matchAll(WORD)) {
    if (index < from && index + word.length > start) continue;
    if (words.length >= MAX_WORDS) break;
    const m = NUMBER.exec(word);
    const unit = m?.[2] ?? UNIT_BEHIND.exec(text.slice(index + word.length, index + word.length + 9))?.[1];
    const unitMs = UNIT_MS.get(unit ?? '');
    // `3rd` and `7bit` are no numbers.
    words.push(m && (m[2] === undefined || unitMs !== undefined) ? { at: index, value: m[1]!, unitMs } : undefined);
  }
  return words;
}

function durationsOf(
  column: readonly (Word | undefined)[],
  ids: readonly number[],
  { elapsed, waits }: Waits,
): readonly ReadDuration[] | undefined {
  const words = column.filter((word) => word !== undefined);
  if (words.length < column.length) return undefined;
  const isNamed = ids.some((id) => !Number.isNaN(id));
  if (words.every(({ unitMs }) => unitMs !== undefined)) {
    const durations = words.map(({ value, unitMs }, row) => {
      const digits = value.split('.')[1]?.length ?? 0;
      return { row, ms: Number(value) * unitMs!, resolutionMs: unitMs! / 10 ** digits };
    });
    const took = durations.map(({ ms }, row) => ({ ms, id: ids[row]! }));
    return (isNamed ? agreesNamed(took, elapsed) : agreesInAll(took, waits)) ? durations : undefined;
  }
  if (!isNamed || words.some(({ unitMs }) => unitMs !== undefined)) return undefined;
  const raw = words.map(({ value }, row) => ({ row, id: ids[row]!, texts: [value] }));
  const known = { spanMs: 0, elapsed };
  const read = areDurations(raw, known) ? rawDurations(raw, known) : 'no-unit';
  return read === 'no-unit' ? undefined : read;
}

type Took = { readonly ms: number; readonly id: number };

function agreesNamed(took: readonly Took[], elapsed: ReadonlyMap<number, number>): boolean {
  return servedAtOnce(
    took.flatMap(({ ms, id }) => {
      const waited = elapsed.get(id);
      return waited === undefined || Number.isNaN(id) ? [] : [{ ms, waited }];
    }),
  );
}

/** Without ids: about as many as the client's requests, the shortest as long as those that waited least, none longer than the longest. */
function agreesInAll(took: readonly Took[], waits: readonly number[]): boolean {
  if (took.length < TOLD * waits.length || took.length > TOLD_MOST * waits.length) return false;
  const ascending = (list: readonly number[]) => [...list].sort((a, b) => a - b);
  const waited = ascending(waits);
  const served = ascending(took.map(({ ms }) => ms));
  return servedAtOnce(served.slice(0, waited.length).map((ms, i) => ({ ms, waited: waited[i]! })));
}
