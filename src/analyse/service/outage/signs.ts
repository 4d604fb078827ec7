import type { SocketSnapshot } from '../../../model/snapshot.js';
import type { Timeline } from '../../../model/timeline.js';
import { LAST_WORDS_MS } from './ends.js';
import type { Outage } from './outage.js';

/** Looks may be on a clock of their own, put beside the others by their shape alone: about so far off, ms. */
const LOOKS_ASIDE_MS = 5000;

/** A request begun before a time and ended well after it, by the log's own line: the server lived through. */
export function livedThrough({ served }: Timeline, at: number): boolean {
  const after = at + LAST_WORDS_MS + (served?.resolutionMs ?? 0);
  for (let i = 0; served && i < served.count; i++) {
    if (served.begin[i]! <= at && served.endLine[i]! > 0 && served.end[i]! > after) return true;
  }
  return false;
}

/** The first sign of life after a time that is neither an answer nor of the dying server: a request is begun, or the port listened on. */
export function livesAgain({ served, sockets, port }: Timeline, at: number): number {
  const after = at + LAST_WORDS_MS;
  let first = Number.POSITIVE_INFINITY;
  for (let i = 0; served && i < served.count; i++) {
    const begin = served.begin[i]!;
    if (begin > after + served.resolutionMs && begin < first) first = begin;
  }
  for (const { time, listeners } of sockets) {
    if (time === undefined || time <= after + LOOKS_ASIDE_MS || time >= first) continue;
    if (listeners.some((one) => one.port === port?.value && one.queued !== undefined)) first = time;
  }
  return first;
}

/** What another source says of the death between two times: the log of its stop or of a new start, or looks at which nobody listens. */
export function saidSo(timeline: Timeline, from: number, until: number): Outage['evidence'] {
  const { notices, port } = timeline;
  const stop = notices.find(
    ({ notice, time }) =>
      notice.kind === 'server-stop' && time !== undefined && Math.abs(time - from) < 2 * LAST_WORDS_MS,
  );
  if (stop) return { source: stop.source, line: stop.line, kind: 'server-stop' };
  const gone = listenerGone(timeline, from, until);
  if (gone) return gone;
  const start = notices.find(
    ({ notice, time }) =>
      time !== undefined &&
      time > from &&
      time <= until &&
      (notice.kind === 'server' ||
        (notice.kind === 'listening' && (notice.port === undefined || notice.port === port?.value))),
  );
  return start && { source: start.source, line: start.line, kind: 'server-start' };
}

export const listens = ({ listeners }: SocketSnapshot, port: number | undefined): boolean =>
  listeners.some((one) => one.port === port);

/** Looks of one kind from which it is known that they show who listens, where the command does not say it. */
const STEADY_LOOKS = 3;

/** The first look after a time at which nobody listens on the port that was listened on: in a list of listeners, or in one that had always shown it. */
export function listenerGone({ sockets, port }: Timeline, from: number, until: number): Outage['evidence'] {
  const hasIt = (one: SocketSnapshot) => listens(one, port?.value);
  if (!sockets.some(hasIt)) return undefined;
  // The looks' clock may be a little ahead of the client's.
  const before = sockets.filter(({ time }) => time !== undefined && time < from - LAST_WORDS_MS);
  const after = sockets.filter(({ time }) => time !== undefined && time >= from && time < until);
  const moments = (list: readonly SocketSnapshot[]) => new Set(list.map(({ time }) => time)).size;
  const steady = moments(before) >= STEADY_LOOKS && moments(before.filter(hasIt)) === moments(before);
  const listened = new Set(after.filter(hasIt).map(({ time }) => time));
  const gone = after.find((one) => !hasIt(one) && (one.shows.listeners || (steady && !listened.has(one.time))));
  return gone && { source: gone.source, line: gone.line, kind: 'listener-gone' };
}
