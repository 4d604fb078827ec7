import { EVENT, type ServerEvents } from '../../model/events.js';
import type { Reading } from '../../model/reading.js';
import { byTests, type Log } from './order-tests.js';
import { longestMs, quickestMs, sentBy } from './sent.js';
import { NO_PAIRS, notAfter, notBefore, type Pairs, type Stamp, type Statement } from './statement.js';

/** The client's requests, each list ascending; those without an answer stand at the end of `answers`, infinite. */
interface Client {
  readonly sendings: readonly number[];
  readonly answers: readonly number[];
  readonly answered: number;
}

/**
 * Without ids, the counts speak: by any moment no more requests can have begun than were sent, and no more been answered than
 * ended. So the nth begin is not before the nth sending, and the nth end not after the nth answer.
 */
export function pairsByOrder(readings: readonly Reading[]): Pairs {
  const all = readings.flatMap(({ events }) => (events && events.count > 0 ? [logOf(events)] : []));
  if (all.length === 0) return NO_PAIRS;
  const sent = sentBy(readings);
  const answers = sent.map(({ answeredBy }) => answeredBy).sort(ascending);
  const answered = answers.filter(Number.isFinite).length;
  // Of requests none of which was answered it is not known that any of them is in the log.
  if (answered === 0) return NO_PAIRS;
  const client = { sendings: sent.map(({ from }) => from).sort(ascending), answers, answered };
  const span = { sentForMs: client.sendings.at(-1)! - client.sendings[0]!, longestMs: longestMs(sent), answered };
  const told = all.map((log) => byTests(log, span, (test) => statementsOf(test, client)));
  const logs = told.flatMap(({ test }) => (test ? [test] : []));
  const orElseMs = told.find((one) => one.orElseMs !== undefined)?.orElseMs;
  return {
    statements: logs.flatMap((log) => statementsOf(log, client)),
    matched: 0,
    ...(orElseMs === undefined ? {} : { orElseMs }),
    assumed: () => {
      const servedMs = quickestMs(sent);
      return {
        statements: logs.flatMap((log) => assumedOf(log, client, servedMs)),
        longestMs: longestMs(sent),
        inVain: false,
      };
    },
  };
}

// Infinite ones are equal.
const ascending = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

function logOf(events: ServerEvents): Log {
  const begins: Stamp[] = [];
  const ends: Stamp[] = [];
  // Where the lines of begins have ends of their own, an access line beside them is the same end once more.
  const own = new Set<number>();
  for (let i = 0; i < events.count; i++) if (events.kind[i] === EVENT.begin) own.add(events.pattern[i]!);
  const twice = events.kind.some((kind, i) => kind === EVENT.end && own.has(events.pattern[i]!));
  for (let i = 0; i < events.count; i++) {
    const time = events.time[i]!;
    if (Number.isNaN(time) || (twice && !own.has(events.pattern[i]!))) continue;
    const duration = events.duration[i]!;
    const place = { zoned: events.zoned[i] === 1, source: events.source[i]!, line: events.line[i]! };
    const stamp = { ...place, time, resolution: events.resolution[i]! };
    if (events.kind[i] === EVENT.begin) begins.push(stamp);
    if (events.kind[i] === EVENT.span && !Number.isNaN(duration)) begins.push({ ...stamp, time: time - duration });
    if (events.kind[i] !== EVENT.begin) ends.push(stamp);
  }
  const earlier = (a: Stamp, b: Stamp) => a.time - b.time;
  return { begins: begins.sort(earlier), ends: ends.sort(earlier) };
}

function statementsOf({ begins, ends }: Log, { sendings, answers, answered }: Client): readonly Statement[] {
  const all = sendings.length;
  return [
    // A log of more requests than the client sent belongs to other clients too; of fewer, to a part of them.
    ...(begins.length > all ? [] : begins.map((stamp, k) => notBefore(stamp, sendings[k]!))),
    ...(ends.length <= answered ? lastNotAfter(ends, answers.slice(0, answered)) : []),
    // Ends without an answer are among them: by any moment there are more ends than answers if the log is whole.
    ...(ends.length > answered && ends.length <= all && (begins.length || ends.length) === all
      ? ends.slice(0, answered).map((stamp, k) => notAfter(stamp, answers[k]!))
      : []),
  ];
}

/** Where lines are lost, the nth that is left is a later one; but counted from the last, none is later than its answer. */
function lastNotAfter(stamps: readonly Stamp[], answers: readonly number[]): readonly Statement[] {
  const skipped = answers.length - stamps.length;
  return stamps.flatMap((stamp, k) => {
    const answer = answers[k + skipped];
    return answer !== undefined && Number.isFinite(answer) ? [notAfter(stamp, answer)] : [];
  });
}

/** As for pairs by id: a begin is before its answer, and an end after its sending, by the shortest service. */
function assumedOf({ begins, ends }: Log, { sendings, answers }: Client, servedMs: number): readonly Statement[] {
  const earlier = answers.map((answer) => answer - servedMs);
  return [
    ...(begins.length > sendings.length ? [] : lastNotAfter(begins, earlier)),
    ...(ends.length > sendings.length ? [] : ends.map((stamp, k) => notBefore(stamp, sendings[k]! + servedMs))),
  ];
}
