import type { Message } from '../../model/message.js';

/** A stretch of a line: from, and to (exclusive), UTF-16 units. */
export type Span = readonly [number, number];

/** Values of a sentence that stand in the line itself when they decide. Counts made from many lines are not among them. */
const IN_THE_LINE = ['id', 'worker', 'name', 'queued', 'limit', 'counter'] as const;

/**
 * How the end of a request looks in a client's line or a server's, by the outcome that it shows.
 * `1676025033140,20000,HTTP Request,Non HTTP response code: org.apache.http.conn.ConnectTimeoutException,…`
 */
const LOOKS: Readonly<Record<string, RegExp>> = {
  refused: /connection refused|HttpHostConnectException/i,
  reset: /connection reset(?: by peer)?|broken pipe|NoHttpResponseException|failed to respond/i,
  'connect-timeout': /ConnectTimeoutException|connect(?:ion)? timed out/i,
  'read-timeout': /SocketTimeoutException|read timed out/i,
  'http-429': /\b429\b/,
  'http-503': /\b503\b/,
  'server-error': /\b5\d\d\b/,
};

/** The socket state that a line is cited for, by the sentence that cites it. */
const STATES: Readonly<Record<string, RegExp>> = {
  'backlog.says.synSent': /SYN[-_]SENT/,
  'backlog.says.synRecv': /SYN[-_]RE?CV/,
  'backlog.says.established': /ESTAB(?:LISHED)?/,
};

/** What a handler's line says of a request: begun, or done. */
const EVENTS: Readonly<Record<string, RegExp>> = {
  'max.says.reached': /\b(?:processing|begin|began|start(?:ed|ing)?) request(?: id)?\[[^\]]*\]/i,
  'max.says.firstEnd': /\b(?:done|finished|end(?:ed)?) request(?: id)?\[[^\]]*\]/i,
};

/** The parts of a quoted line that make it evidence, in order and apart; none where that can't be told. */
export function decisiveSpans(text: string, { id, args }: Message): readonly Span[] {
  const spans: Span[] = [];
  for (const look of [STATES[id], EVENTS[id], LOOKS[String(args.outcome ?? args.kind ?? '')]]) {
    const found = look?.exec(text);
    if (found) spans.push([found.index, found.index + found[0].length]);
  }
  for (const key of IN_THE_LINE) {
    const value = args[key];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const span = wordIn(text, String(value), spans);
    if (span) spans.push(span);
  }
  return spans.sort((a, b) => a[0] - b[0]);
}

/** The first place where `word` stands by itself and clear of what is marked already. */
function wordIn(text: string, word: string, taken: readonly Span[]): Span | undefined {
  if (word === '') return undefined;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const to = at + word.length;
    const apart = !/[\p{L}\p{N}]/u.test(text[at - 1] ?? ' ') && !/[\p{L}\p{N}]/u.test(text[to] ?? ' ');
    if (apart && taken.every(([from, end]) => to <= from || at >= end)) return [at, to];
  }
  return undefined;
}
