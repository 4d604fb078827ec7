import { parseWho, whoByKeys } from '../../logs/parts/who.js';
import { keyOfWho, type Who, whoOf } from '../../logs/parts/who-found.js';
import type { IdLine, LinePair, WorkerOf } from './learned-line.js';
import { isOfClient } from './of-client.js';
import { namesRequests, whoBeside } from './traced-worker.js';

/** How far behind the time, and how far behind the id, a worker is named, characters. */
const WHO_WITHIN = 120;
/** Requests of which both lines are looked at. */
const MAX_LOOKED = 1_000;
/** Share of them whose two lines must name the same worker: a counter or a size differs, a worker seldom does. */
const SAME_SHARE = 0.8;
/** Workers serve so many requests each at least, where nothing but its return tells that a word is one. */
const REQUESTS_EACH = 2;

const NAMES_WORKER = /(?:worker|thread|pid|process|tid|core|slot|proc|child)$/i;
const EXPLICIT = /thread|worker|core|main/i;
const LIKE_WORKER = /\d|thread|worker|main|pool|exec/i;
/** The name of a thread, even where it is the only one: `waitress-0`, `nio-8080-exec-1`. */
const LIKE_THREAD = /thread|worker|core|main|pool|exec|task|puma|actor|dispatcher|fiber|routine|\D-\d+$/i;
const METHOD = /(?:^|[\s"'])(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS) /;
/** The word that names the id, with what stands between: `ticket `, `id=`, `job: [`. */
const LABEL = /(?:^|[\s,;|])[A-Za-z_."'/?&-]{0,40}["']?\s?[=:#[(/]{0,2}\s?["']?$/;
/** What the line says: words in small letters behind one with a number. */
const WORDS_BEHIND = /(\d[^\s]{0,40})(?: [a-z']{1,20}){1,8}$/;
/** `on 4711/Thread-3`, `by worker-2` behind the id. */
const BEHIND = /\b(?:on|by)\s(?:(?:worker|thread)[ :=#]\s?)?([\w./():#-]{1,80})/i;
const CLIENT = /^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}\b/;
const HOST = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}|:\d{2,5}$/;

/**
 * How the worker of a learned line is found. It stands before the message, and the message begins at the latest where the two kinds
 * of line differ, or with the words that lead to the id:
 *
 *     10:00:01 - 4711-main: GET /?id=7 accepted     4711-main
 *     10:00:01 4711-main take n1 ticket 7           4711-main, since the other kind says `give ticket 7`
 *     Thread-3 (4711) 10:00:01 take 7               4711, Thread-3: it stands before the time
 *     10:00:01 job 7 on 4711/Thread-3               4711/Thread-3, behind the id
 *     10:00:01 [info] take [app] pid=4711 id=7      4711, wherever it stands: it is called so
 *
 * What the two lines of a request do not share is no worker.
 */
export function workerFinder(pairs: readonly LinePair[]): WorkerOf {
  const looked = pairs.slice(0, MAX_LOOKED);
  const [first] = looked;
  if (!first) return () => ({});
  const back = messageWords(first);
  const before = (line: IdLine, kind: 'begin' | 'end') => prefixOf(line, back[kind]);
  const named: WorkerOf = (line, kind) => withoutClient(parseWho(before(line, kind)));
  const keyed: WorkerOf = ({ text, from }) => whoByKeys(text.slice(from));
  if (isShared(looked, keyed)) return withNamed(keyed, named, looked);
  if (isShared(looked, named)) {
    const beside: WorkerOf = (line, kind) => whoBeside(before(line, kind), named(line, kind));
    if (isShared(looked, beside) && namesRequests(namesIn(looked, named), namesIn(looked, beside), looked.length))
      return beside;
    return isNoWorker(looked, named) ? () => ({}) : named;
  }
  if (first[0].text.startsWith('{')) return () => ({});
  const word: WorkerOf = (line, kind) => oneWord(before(line, kind));
  if (isShared(looked, word) && returns(looked, word) && !isNoWorker(looked, word)) return word;
  const ahead: WorkerOf = ({ text, start }) => parseWho(` - ${text.slice(0, Math.min(start, WHO_WITHIN))}`);
  if (isShared(looked, ahead) && !isOneName(looked, ahead)) return ahead;
  const behind: WorkerOf = (line) => behindId(line);
  return isShared(looked, behind) && !isOneName(looked, behind) ? behind : () => ({});
}

/** An address with its port is whose request it is, and not who serves it. */
const withoutClient = (who: Who): Who => (CLIENT.test(who.thread ?? '') ? {} : who);

/** Who is named by key and value, with what else stands before the message: `4711 start id=7 thread=worker-3`. */
function withNamed(keyed: WorkerOf, named: WorkerOf, pairs: readonly LinePair[]): WorkerOf {
  if (!isShared(pairs, named) || isNoWorker(pairs, named)) return keyed;
  return (line, kind) => whoOf({ ...named(line, kind), ...keyed(line, kind) });
}

/** How many words before the id are the message's: those behind what both kinds of line have in common. */
function messageWords([begin, end]: LinePair): { readonly begin: number; readonly end: number } {
  const a = wordsBefore(begin).map(blanked);
  const b = wordsBefore(end).map(blanked);
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  return { begin: a.length - same, end: b.length - same };
}

/** Words end at blanks and behind colons: `INFO:4711:Thread-3:got 7`. */
const WORDS = /[^\s:]*:+|[^\s:]+/g;
const wordsBefore = ({ text, from, id }: IdLine): string[] =>
  id > from ? (text.slice(from, id).match(WORDS) ?? []) : [];
const blanked = (word: string): string => word.replace(/[A-Za-z0-9_-]*\d[A-Za-z0-9_.-]*/g, '#');

/** The text between the time and the message, its leading blanks and dashes kept. */
function prefixOf(line: IdLine, back: number): string {
  const { text, from } = line;
  const end = beforeWords(line, back);
  let prefix = text.slice(from, Math.min(end, from + WHO_WITHIN));
  const method = METHOD.exec(prefix);
  if (method) prefix = prefix.slice(0, method.index);
  else if (back === 0 && end - from <= WHO_WITHIN) prefix = withoutLabel(prefix);
  const colon = messageColon(prefix);
  return colon < 0 ? prefix.replace(WORDS_BEHIND, '$1') : prefix.slice(0, colon);
}

/** The place before the last words, as many as `back`, that end at the id. */
function beforeWords({ text, from, id }: IdLine, back: number): number {
  const words = id > from && back > 0 ? [...text.slice(from, id).matchAll(WORDS)] : [];
  const first = words[Math.max(0, words.length - back)];
  return first ? from + first.index : Math.max(from, id);
}

function withoutLabel(prefix: string): string {
  const label = LABEL.exec(prefix);
  return label && !EXPLICIT.test(label[0]) ? prefix.slice(0, label.index) : prefix;
}

/** The colon behind the worker, that neither stands in brackets nor leads to the worker's own number. */
function messageColon(prefix: string): number {
  for (let at = prefix.indexOf(': '); at >= 0; at = prefix.indexOf(': ', at + 2)) {
    const head = prefix.slice(0, at).trimEnd();
    const isOpen = head.lastIndexOf('[') > head.lastIndexOf(']') || head.lastIndexOf('(') > head.lastIndexOf(')');
    if (!isOpen && LIKE_WORKER.test(head) && !NAMES_WORKER.test(head)) return at;
  }
  return -1;
}

/** A single word with a number in it that is no address: `w3`, `srv_12`. */
function oneWord(prefix: string): Who {
  const words = prefix.split(/(?:[\s|,;:[\]()]|-(?![\w]))+/).filter((word) => /\d/.test(word));
  const [word] = words;
  return words.length === 1 && word !== undefined && !HOST.test(word) && !isOfClient(word)
    ? parseWho(` - ${word}`)
    : {};
}

function behindId({ text, idEnd }: IdLine): Who {
  const rest = text.slice(idEnd, idEnd + WHO_WITHIN);
  if (/["\w](?:=|": ?)|\[/.test(rest)) {
    const marked = parseWho(`[] ${rest.replace(/^[\])"']+/, '')}`);
    if (marked.thread !== undefined && marked.thread.length < rest.trim().length) return marked;
  }
  const word = BEHIND.exec(rest)?.[1];
  return word === undefined || HOST.test(word) ? {} : parseWho(` - ${word}`);
}

const NOBODY = keyOfWho({});

function isShared(pairs: readonly LinePair[], workerOf: WorkerOf): boolean {
  const same = pairs.filter(([begin, end]) => {
    const name = keyOfWho(workerOf(begin, 'begin'));
    return name !== NOBODY && name === keyOfWho(workerOf(end, 'end'));
  });
  return same.length >= SAME_SHARE * pairs.length;
}

const namesIn = (pairs: readonly LinePair[], workerOf: WorkerOf): ReadonlySet<string> =>
  new Set(pairs.map(([begin]) => keyOfWho(workerOf(begin, 'begin'))));

const returns = (pairs: readonly LinePair[], workerOf: WorkerOf): boolean =>
  REQUESTS_EACH * namesIn(pairs, workerOf).size <= pairs.length;

/** One and the same name may be the machine's. */
function isOneName(pairs: readonly LinePair[], workerOf: WorkerOf): boolean {
  const { thread = '' } = pairs[0] ? workerOf(pairs[0][0], 'begin') : {};
  return namesIn(pairs, workerOf).size === 1 && !EXPLICIT.test(thread);
}

/** What is the same in all lines and looks like no thread: a logger's, a module's or an application's name. */
function isNoWorker(pairs: readonly LinePair[], workerOf: WorkerOf): boolean {
  const { pid, nativeId, thread = '' } = pairs[0] ? workerOf(pairs[0][0], 'begin') : {};
  return (
    pid === undefined && nativeId === undefined && namesIn(pairs, workerOf).size === 1 && !LIKE_THREAD.test(thread)
  );
}
