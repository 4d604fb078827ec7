import { type Found, isMainThread, keyOfWho, MAX_PID, takeTid, type Who, whoOf } from '../../logs/parts/who-found.js';
import type { IdLine, OrderedPair, WorkerOf } from './learned-line.js';
import { leadsToClient } from './of-client.js';

/** Words of a line that are looked at. */
const MAX_WORDS = 48;
/** Share of the requests whose two lines must have the same word there: a counter or a size differs, a worker seldom does. */
const SAME_SHARE = 0.8;
/** Requests by which a word is tried before all are. */
const TRIED = 12;
/** Share of the requests that a worker must begin after it has ended the one before; some lines change places. */
const IN_TURN = 0.9;
/** Words that say nothing of themselves come again for so many requests at least, and for this share as many as there are words … */
const RETURNS = 8;
const RETURNS_SHARE = 0.25;
/** … and would have met so often if they had nothing to do with who works. */
const MEETINGS = 8;

/** What a word is called by, just before it: `"ThreadId":`, `worker `, `tid=`, `"thread":{"id":`. */
const CALLED =
  /(?:^|[^A-Za-z])(?:(?:native|os|sys)[_-]?)?(pid|proc(?:ess)?|tid|th(?:r(?:ead)?)?|wk|worker|fiber|goroutine|executor|tp)(?:[_.-]?(?:id|num|no|name))?["']?[\s:=#[({"'<]{1,4}(?:(?:id|name|ThreadId)["']?[\s:=#({"']{1,3})?$/i;
/** Puma's thread pool, `(puma srv tp 002)`: the number is part of the name. */
const POOL = 'tp';
/** An address, and what stands just before a port: clients that keep their connection serve one at a time, too. */
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$/;
const PORT_OF = /(?:(?:\d{1,3}\.){3}\d{1,3}|\])[:.#]$/;
/** A name that tells it itself: `executor-thread-3`, `default-dispatcher-3`, `waitress-0`, `task-3`. */
const THREAD_NAME = /(?:thread|worker|exec|pool|waitress|puma|dispatcher|task|nio|proc)[\w.#-]*[-_.#]\d+$/i;

/** What a name in brackets begins with: `(default task-3)`. */
const NAME_BEFORE = /[[(]((?:[A-Za-z]{1,20} ){1,3})$/;

/** A word of a line with its place. */
interface Word {
  readonly value: string;
  readonly before: string;
}

/** The same place in both lines of a request. */
interface Column {
  readonly begin: number;
  readonly end: number;
  /** What calls it a worker, in small letters. */
  readonly called: string | undefined;
  readonly values: readonly string[];
}

const SEPARATED = /[^\s"'`,;|=(){}[\]<>#:/@]+/g;

function wordsOf({ text, start, from, id }: IdLine): readonly Word[] {
  const words: Word[] = [];
  for (const { index, 0: value } of text.matchAll(SEPARATED)) {
    if ((index < from && index + value.length > start) || (index <= id && index + value.length > id)) continue;
    words.push({ value, before: text.slice(Math.max(0, index - 32, index > from ? from : 0), index) });
    if (words.length >= MAX_WORDS) break;
  }
  return words;
}

/**
 * The worker by what the lines agree in: a word that begin and end of a request share, and by which one request is under way at a time.
 * What is called a worker needs no more; of other words there must be as many as requests are under way at once, no more, and they
 * must come again: else they may be the clients'.
 *
 *     10:00:01|8|INFO|Home|Begin id=1        8 begins, 9 begins, 8 ends, 8 begins: 8 and 9 take turns
 *
 * `undefined` if there is none, or what is known already does as well.
 */
export function agreedWorker(pairs: readonly OrderedPair[], known: WorkerOf): WorkerOf | undefined {
  const names = pairs.map(([begin]) => keyOfWho(known(begin, 'begin')));
  // An address may be that of the request.
  const first = pairs[0] === undefined ? undefined : known(pairs[0][0], 'begin');
  const isAddress = first?.identity === 'recycled-ident';
  const does = new Set(names).size > 1 && inTurn(pairs, names);
  if (does && !isAddress) return undefined;
  const columns = columnsOf(pairs);
  // The word that the address stands in is no other name.
  const others = isAddress ? columns.filter(({ values }) => !values[0]?.includes(first?.thread ?? '')) : columns;
  const best = others.find((column) => isWorker(pairs, column.values, column.called !== undefined));
  if (best) return (line, kind) => withFound(known(line, kind), whoIn(line, best[kind], best.called));
  // An address by which one request is under way at a time, and no name beside it: a process would only be another name for several.
  return does ? undefined : twoColumns(pairs, known, names, others);
}

/** The number beside the one main thread of a process is the process; what is found in the thread's place is called no thread by that one's name. */
function withFound(known: Who, found: Who): Who {
  const { thread } = found;
  if (thread === undefined && found.nativeId === undefined) return whoOf({ ...known, ...found });
  const isProcess = known.pid === undefined && isMainThread(known.thread) && !found.threadCalled;
  const { threadCalled: _, ...others } = known;
  if (isProcess && thread !== undefined && isPid(thread)) return whoOf({ ...others, pid: Number(thread) });
  return whoOf({ ...others, ...found });
}

/** The same names in each process: both together are the worker. */
function twoColumns(
  pairs: readonly OrderedPair[],
  known: WorkerOf,
  names: readonly string[],
  columns: readonly Column[],
): WorkerOf | undefined {
  for (const column of columns) {
    const both = column.values.map((value, i) => `${names[i]}/${value}`);
    if (new Set(names).size > 1 && isWorker(pairs, both, column.called !== undefined))
      return (line, kind) => withFound(known(line, kind), whoIn(line, column[kind], column.called));
    for (const process of columns.filter(({ values }) => values.every(isPid))) {
      const each = column.values.map((value, i) => `${process.values[i]}/${value}`);
      if (process === column || column.called === undefined || !isWorker(pairs, each, true)) continue;
      return (line, kind) => whoOf({ ...whoIn(line, column[kind], column.called), ...pidIn(line, process[kind]) });
    }
  }
  return undefined;
}

const isPid = (value: string): boolean => /^\d{1,7}$/.test(value) && Number(value) <= MAX_PID;

function whoIn(line: IdLine, place: number, called: string | undefined): Who {
  const word = wordsOf(line)[place];
  if (!word) return {};
  const { value, before } = word;
  const isNumber = /^\d{1,20}$/.test(value);
  if (called?.startsWith('p') && isPid(value)) return { pid: Number(value), pidCalled: true };
  const found: Found = called?.startsWith('t') ? { threadCalled: true } : {};
  if (called?.startsWith('t') && called !== POOL && isNumber) takeTid(value, found);
  else
    found.thread =
      isNumber && called?.startsWith('w') ? `worker ${value}` : `${NAME_BEFORE.exec(before)?.[1] ?? ''}${value}`;
  return found;
}

const pidIn = (line: IdLine, place: number): Who => {
  const { value = '' } = wordsOf(line)[place] ?? {};
  return isPid(value) ? { pid: Number(value) } : {};
};

/** Places whose words both lines of most requests share, and that vary; those called a worker first. */
function columnsOf(pairs: readonly OrderedPair[]): readonly Column[] {
  const rows = pairs.map(([begin, end]) => [wordsOf(begin), wordsOf(end)] as const);
  const [first] = rows;
  if (!first) return [];
  const columns: Column[] = [];
  for (const [begin, word] of first[0].entries()) {
    if (leadsToClient(word.before) || PORT_OF.test(word.before) || ADDRESS.test(word.value)) continue;
    for (const end of first[1].keys()) {
      if (!isShared(rows.slice(0, TRIED), begin, end) || !isShared(rows, begin, end)) continue;
      const values = rows.map(([words]) => words[begin]?.value ?? '');
      if (new Set(values).size < 2) continue;
      const called =
        CALLED.exec(word.before)?.[1]?.toLowerCase() ?? (THREAD_NAME.test(word.value) ? 'name' : undefined);
      columns.push({ begin, end, called, values });
      break;
    }
  }
  return columns.sort((a, b) => Number(b.called !== undefined) - Number(a.called !== undefined));
}

function isShared(rows: readonly (readonly [readonly Word[], readonly Word[]])[], begin: number, end: number): boolean {
  const same = rows.filter(([a, b]) => a[begin] !== undefined && a[begin]?.value === b[end]?.value);
  return same.length >= SAME_SHARE * rows.length;
}

function isWorker(pairs: readonly OrderedPair[], values: readonly string[], called: boolean): boolean {
  const distinct = new Set(values).size;
  if (distinct < 2 || !inTurn(pairs, values)) return false;
  if (called) return true;
  const { most, met } = underWay(pairs);
  const returns = pairs.length - distinct;
  const comeAgain = returns >= Math.max(RETURNS, RETURNS_SHARE * distinct);
  return mostAlive(pairs, values) <= most && comeAgain && met >= MEETINGS * distinct;
}

/** Begins and ends in the file's order. */
function eventsOf(pairs: readonly OrderedPair[]): readonly { readonly pair: number; readonly isBegin: boolean }[] {
  const events = pairs.flatMap(([begin, end], pair) => [
    { at: begin.at, pair, isBegin: true },
    { at: end.at, pair, isBegin: false },
  ]);
  return events.sort((a, b) => a.at - b.at);
}

/** Whether whoever bears a name has one request under way at a time. */
function inTurn(pairs: readonly OrderedPair[], names: readonly string[]): boolean {
  const open = new Map<string, number>();
  let free = 0;
  for (const { pair, isBegin } of eventsOf(pairs)) {
    const n = open.get(names[pair]!) ?? 0;
    if (isBegin && n === 0) free++;
    open.set(names[pair]!, isBegin ? n + 1 : n - 1);
  }
  return free >= IN_TURN * pairs.length;
}

/** The most names at once of which both a former and a later request is seen: a server that was started anew has others. */
function mostAlive(pairs: readonly OrderedPair[], names: readonly string[]): number {
  const lives = new Map<string, { from: number; to: number }>();
  for (const [k, [begin, end]] of pairs.entries()) {
    const life = lives.get(names[k]!);
    lives.set(names[k]!, {
      from: Math.min(life?.from ?? begin.at, begin.at),
      to: Math.max(life?.to ?? end.at, end.at),
    });
  }
  const all = [...lives.values()];
  return all.reduce(
    (most, { from }) => Math.max(most, all.filter((life) => life.from <= from && from <= life.to).length),
    0,
  );
}

/** The most requests under way at once, and how many others were, summed over begins. */
function underWay(pairs: readonly OrderedPair[]): { readonly most: number; readonly met: number } {
  let open = 0;
  let most = 0;
  let met = 0;
  for (const { isBegin } of eventsOf(pairs)) {
    if (isBegin) met += open;
    open += isBegin ? 1 : -1;
    most = Math.max(most, open);
  }
  return { most, met };
}
