import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { endOf, isAnswer, LAST_WORDS_MS } from './ends.js';
import type { Outage } from './outage.js';
import { listenerGone, listens } from './signs.js';

/** Refusals in a row that are no moment without room. */
const REFUSED_IN_A_ROW = 3;
/** Where no other source says that the door is shut: after so many have left, one at least of so many that come finds room at a limit. */
const LEFT = 3;

/**
 * A server that is stopped in good order lets nobody in any more and serves to their end those who were in before. At a limit whoever is done
 * makes room for the next.
 *
 *     stopped   ──────────────┐            limit   ──────────────┐
 *                  ───────────────┐                   ───────────────┐
 *                     x  x  x  x  x  x  x                x  x    ────────────
 */
export function shutOf(timeline: Timeline): Outage | undefined {
  const samples = timeline.samples!;
  const order = Uint32Array.from(samples.start, (_, i) => i)
    .filter((i) => !Number.isNaN(endOf(samples, i)))
    .sort((a, b) => samples.start[a]! - samples.start[b]! || a - b);
  let best: Outage | undefined;
  for (let k = 0; k < order.length; ) {
    let next = k;
    while (next < order.length && isRefused(samples, order[next]!)) next++;
    const found = next - k >= REFUSED_IN_A_ROW ? shutFor(timeline, order, k, next) : undefined;
    if (found && found.refused > (best?.refused ?? 0)) best = found;
    k = next + 1;
  }
  return best;
}

const isRefused = ({ outcome }: ClientSamples, i: number): boolean => outcome[i] === OUTCOME_CODE.refused;

/** Judges a stretch in which all that were sent were refused: `from` to before `next`, samples in the order of their sending. */
function shutFor(timeline: Timeline, order: Uint32Array, from: number, next: number): Outage | undefined {
  const samples = timeline.samples!;
  const refused = order.subarray(from, next);
  const shut = refused.reduce((at, i) => Math.min(at, endOf(samples, i)), Number.POSITIVE_INFINITY);
  const before = order.subarray(0, from);
  const left = Float64Array.from(before.filter((i) => isAnswer(samples, i) && endOf(samples, i) > shut))
    .map((i) => endOf(samples, i))
    .sort();
  // Nobody was in: the server is dead, or was never there.
  if (left.length === 0) return undefined;
  const letIn = before.reduce((last, i) => Math.max(last, samples.start[i]!), Number.NEGATIVE_INFINITY);
  const until = next < order.length ? samples.start[order[next]!]! : Number.POSITIVE_INFINITY;
  const at = left.at(-1)!;
  const last = Math.min(Math.max(samples.start[refused.at(-1)!]!, at), until);
  const evidence = stopSaid(timeline, letIn, shut) ?? goneWhileRefused(timeline, shut, last, until);
  // Whoever shuts the door at its limit opens it again; a server that was stopped has to be started.
  if (until < Number.POSITIVE_INFINITY && !startedAnew(timeline, shut, until)) return undefined;
  const inVain = refused.filter((i) => samples.start[i]! > (left[LEFT - 1] ?? Number.POSITIVE_INFINITY)).length;
  if (!evidence && inVain < REFUSED_IN_A_ROW) return undefined;
  return {
    at,
    shutAt: shut,
    sample: refused[0]!,
    refused: refused.length,
    ...(Number.isFinite(until) ? { until } : {}),
    ...(evidence ? { evidence } : {}),
  };
}

/** Looks taken while all were refused show that nobody listens, and none shows the contrary until somebody is let in again. */
function goneWhileRefused(timeline: Timeline, shut: number, last: number, until: number): Outage['evidence'] {
  const { sockets, port } = timeline;
  const since = shut + LAST_WORDS_MS;
  const open = sockets.some(
    (one) => one.time !== undefined && one.time > since && one.time < until && listens(one, port?.value),
  );
  return open ? undefined : listenerGone(timeline, shut, last);
}

const startedAnew = ({ notices, served }: Timeline, from: number, until: number): boolean =>
  notices.some(
    ({ notice, time }) =>
      (notice.kind === 'server' || notice.kind === 'listening') &&
      time !== undefined &&
      time > from &&
      time < until + LAST_WORDS_MS,
  ) ||
  (served?.starts?.some(({ at }) => at > from && at < until + LAST_WORDS_MS) ?? false);

/** The log says that the server stops, after the last was let in and before the first was not. */
function stopSaid({ notices }: Timeline, letIn: number, shut: number): Outage['evidence'] {
  const stop = notices.find(
    ({ notice, time }) =>
      notice.kind === 'server-stop' &&
      time !== undefined &&
      time > letIn - LAST_WORDS_MS &&
      time < shut + LAST_WORDS_MS,
  );
  return stop && { source: stop.source, line: stop.line, kind: 'server-stop' };
}
