import { type ClientSamples, OUTCOME_CODE } from '../../model/samples.js';
import type { SocketSnapshot } from '../../model/snapshot.js';
import type { Timeline } from '../../model/timeline.js';

/** Refused requests in a row from which a server counts as dead and not as full for a moment. */
const REFUSALS_OF_A_DEAD_SERVER = 3;
/** A log line or an answer this soon after the first refusal may still belong to the dying server, ms. */
const LAST_WORDS_MS = 1500;

const ANSWERS = new Set<number>(
  (['succeeded', 'http-429', 'http-503', 'server-error'] as const).map((kind) => OUTCOME_CODE[kind]),
);

/** Looks may be on a clock of their own, put beside the others by their shape alone: about so far off, ms. */
const LOOKS_ASIDE_MS = 5000;

/** The server's death as client and log show it. */
export interface Outage {
  /** Last instant at which it can have lived, EpochMs. */
  readonly at: number;
  /** When it answered again; absent if never. */
  readonly until?: number;
  /** Index of the first sample that was refused or cut. */
  readonly sample: number;
  /** Samples from `sample` on that were refused or cut. */
  readonly refused: number;
  /** Line of the log or snapshot that says so, where one does. */
  readonly evidence?: {
    readonly source: number;
    readonly line: number;
    readonly kind: 'server-stop' | 'listener-gone';
  };
  /** Nothing but cuts tells of it: no refusal, and no other source. */
  readonly byCuts?: true;
}

/**
 * Tells an outage from a limit. A full server may refuse too (macOS does), but it goes on working: requests that it has in
 * service end later. A dead one shows nothing more, neither in the log nor at the client, while clients still come.
 *
 *     limit      begun ──────────────── done            outage     begun ────────┐
 *                       x  x  x refused                                  reset ──┘ x  x  x refused
 */
export function outageOf(timeline: Timeline): Outage | undefined {
  const { samples } = timeline;
  if (!samples) return undefined;
  const died = cutAll(timeline);
  // Cuts alone may be a worker's death: without refusals something else must say that the server went.
  if (!samples.outcome.includes(OUTCOME_CODE.refused)) return died?.evidence || died?.byCuts ? died : undefined;
  const order = Uint32Array.from(samples.start, (_, i) => i)
    .filter((i) => !Number.isNaN(endOf(samples, i)))
    .sort((a, b) => endOf(samples, a) - endOf(samples, b) || a - b);
  let best: Outage | undefined;
  for (let k = 0; k < order.length; ) {
    let next = k;
    while (next < order.length && !isAnswer(samples, order[next]!)) next++;
    const found = judge(timeline, order, k, next);
    if (found && found.refused > (best?.refused ?? 0)) best = found;
    k = next + 1;
  }
  if (!died || !best) return best ?? died;
  // Connections that are cut all at once had a living server until then: what it refused before, it refused at its limit.
  const same = died.at < (best.until ?? Number.POSITIVE_INFINITY) && best.at < (died.until ?? Number.POSITIVE_INFINITY);
  return same ? { ...best, ...died, refused: Math.max(best.refused, died.refused) } : best;
}

const endOf = ({ start, elapsed }: ClientSamples, i: number): number => start[i]! + elapsed[i]!;

/** An answer, also one that turns away, is a living server's. */
const isAnswer = ({ outcome, status }: ClientSamples, i: number): boolean => status[i]! > 0 || ANSWERS.has(outcome[i]!);

/** Connections cut at one time from which a server counts as dead, where nobody got an answer that was waiting then. */
const CUTS_OF_A_DEAD_SERVER = 5;
/** So few are enough where another source says that the server went; one alone may be a worker's. */
const CUTS_BESIDE_EVIDENCE = 2;
/** Workers, each a process of its own, that do not die in one moment but with their server. */
const CUTS_OF_WORKERS = 3;

/**
 * Everybody who waited was cut within a moment, and nothing of the server shows until the next answer: it died, though nobody came to be
 * refused. A server that cuts at its limit cuts whoever comes, one after the other, and those it serves are answered.
 *
 *     died     ────────────────┐              limit   ──┐ ──┐     ──┐
 *                  ────────────┤ all reset                ──┐  ──┐     each reset at once
 *                        ──────┘                      ─────────────── answered
 */
function cutAll(timeline: Timeline): Outage | undefined {
  const samples = timeline.samples!;
  const cut = cutTogether(samples);
  if (cut.length < CUTS_BESIDE_EVIDENCE) return undefined;
  const at = endOf(samples, cut[cut.length >> 1]!);
  let until = Number.POSITIVE_INFINITY;
  for (let i = 0; i < samples.count; i++) {
    const outlived = samples.start[i]! <= at && endOf(samples, i) > at + LAST_WORDS_MS;
    if (outlived && !isCut(samples.outcome[i]!)) return undefined;
    if (samples.outcome[i] === OUTCOME_CODE.succeeded && samples.start[i]! > at)
      until = Math.min(until, samples.start[i]!);
  }
  if (livesWithin(timeline, at + LAST_WORDS_MS, until)) return undefined;
  // A server that answers anew at once was not dead: some of its workers were.
  if (until < at + LAST_WORDS_MS) return undefined;
  const evidence = saidSo(timeline, at, until);
  const all = cut.length >= CUTS_OF_WORKERS && diedAtOnce(timeline, at);
  if (cut.length < CUTS_OF_A_DEAD_SERVER && !evidence && !all) return undefined;
  // A worker takes its own requests with it; those who still wait to be accepted are cut when the listener goes.
  const waited = all || cut.length - unendedAt(timeline, at) >= CUTS_OF_A_DEAD_SERVER;
  return {
    at: endOf(samples, cut[0]!),
    sample: cut[0]!,
    refused: cut.length,
    ...(Number.isFinite(until) ? { until } : {}),
    ...(evidence ? { evidence } : waited && !Number.isFinite(until) ? { byCuts: true } : {}),
  };
}

/** Most connections that were cut at all, if they were cut within a moment and most were on their way when the first was; by their ends. */
function cutTogether(samples: ClientSamples): readonly number[] {
  const end = (i: number) => endOf(samples, i);
  const resets: number[] = [];
  for (let i = 0; i < samples.count; i++) if (samples.outcome[i] === OUTCOME_CODE.reset) resets.push(i);
  if (resets.length === 0) return [];
  resets.sort((a, b) => end(a) - end(b));
  const middle = end(resets[resets.length >> 1]!);
  const cut = resets.filter((i) => Math.abs(end(i) - middle) <= LAST_WORDS_MS);
  const first = end(cut[0]!);
  const waiting = cut.filter((i) => samples.start[i]! <= first);
  return 2 * cut.length >= resets.length && 2 * waiting.length >= cut.length ? cut : [];
}

/** What a log begins before a time and never ends were requests of several processes: no single worker's death explains them. */
function diedAtOnce({ served }: Timeline, at: number): boolean {
  const pids = new Set<number>();
  for (let i = 0; served && i < served.count; i++) {
    const pid = served.workers[served.worker[i]!]?.pid;
    if (pid !== undefined && served.begin[i]! <= at && served.endLine[i] === 0) pids.add(pid);
  }
  return pids.size >= CUTS_OF_WORKERS;
}

/** Requests that the log begins before a time and never ends; without a log, any number. */
function unendedAt({ served }: Timeline, at: number): number {
  if (!served || served.beginsDerived) return Number.POSITIVE_INFINITY;
  return served.begin.reduce((n, begin, i) => n + (begin <= at + LAST_WORDS_MS && served.endLine[i] === 0 ? 1 : 0), 0);
}

const isCut = (outcome: number): boolean =>
  outcome === OUTCOME_CODE.refused ||
  outcome === OUTCOME_CODE.reset ||
  outcome === OUTCOME_CODE.abandoned ||
  outcome === OUTCOME_CODE.other;

/** Judges a stretch without any answer, samples in the order of their ends: `from` to before `next`, the first answer after it. */
function judge(timeline: Timeline, order: Uint32Array, from: number, next: number): Outage | undefined {
  const samples = timeline.samples!;
  const refusals = order.slice(from, next).filter((i) => samples.outcome[i] === OUTCOME_CODE.refused);
  const first = refusals[0];
  if (first === undefined) return undefined;
  // A client that tried for long was refused when it gave up, not when it began.
  const at = endOf(samples, first);
  const until = next < order.length ? samples.start[order[next]!]! : Number.POSITIVE_INFINITY;
  // Whoever was sent before and is answered after the refusals outlived them all.
  if (until < at) return undefined;
  const evidence = saidSo(timeline, at, until);
  if (refusals.length < REFUSALS_OF_A_DEAD_SERVER && !evidence) return undefined;
  if (livesWithin(timeline, at + LAST_WORDS_MS, until - LAST_WORDS_MS)) return undefined;
  return {
    at: lastLife(timeline, at),
    sample: first,
    refused: refusals.length,
    ...(Number.isFinite(until) ? { until } : {}),
    ...(evidence ? { evidence } : {}),
  };
}

/** The server shows itself between two times: it begins or ends a request, or a socket of its port listens. */
function livesWithin({ served, sockets, port }: Timeline, from: number, to: number): boolean {
  const within = (t: number, slack = 0) => t > from + slack && t < to - slack;
  for (let i = 0; served && i < served.count; i++) {
    if (within(served.begin[i]!) || (served.endLine[i]! > 0 && within(served.end[i]!))) return true;
  }
  return sockets.some(
    ({ time, listeners }) =>
      time !== undefined &&
      within(time, LOOKS_ASIDE_MS) &&
      listeners.some((one) => one.port === port?.value && one.queued !== undefined),
  );
}

/**
 * The cut of requests in service before the first refusal tells the moment of death more exactly: it is the first cut after which nothing
 * of the server shows, whenever the next client came to be refused.
 */
function lastLife({ samples, served }: Timeline, refusedAt: number): number {
  const end = (i: number) => endOf(samples!, i);
  let alive = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < samples!.count; i++) {
    if (samples!.outcome[i] === OUTCOME_CODE.succeeded && end(i) <= refusedAt) alive = Math.max(alive, end(i));
  }
  for (let i = 0; served && i < served.count; i++) {
    if (served.begin[i]! <= refusedAt) alive = Math.max(alive, served.begin[i]!);
    if (served.endLine[i]! > 0 && served.end[i]! <= refusedAt) alive = Math.max(alive, served.end[i]!);
  }
  // Not before the last sign of life; a moment before the refusal in any case, for log and client may differ by that.
  const since = Math.min(alive - PRINT_MS, refusedAt - LAST_WORDS_MS);
  let at = refusedAt;
  for (let i = 0; i < samples!.count; i++) {
    if (samples!.outcome[i] === OUTCOME_CODE.reset && end(i) < at && end(i) > since) at = end(i);
  }
  return at;
}

/** A line may be printed, or an answer arrive, so long after the cut of the others, ms. */
const PRINT_MS = 20;

function saidSo(timeline: Timeline, from: number, until: number): Outage['evidence'] {
  const stop = timeline.notices.find(
    ({ notice, time }) =>
      notice.kind === 'server-stop' && time !== undefined && Math.abs(time - from) < 2 * LAST_WORDS_MS,
  );
  return stop ? { source: stop.source, line: stop.line, kind: 'server-stop' } : listenerGone(timeline, from, until);
}

/** Looks of one kind from which it is known that they show who listens, where the command does not say it. */
const STEADY_LOOKS = 3;

/** The first look after a time at which nobody listens on the port that was listened on: in a list of listeners, or in one that had always shown it. */
function listenerGone({ sockets, port }: Timeline, from: number, until: number): Outage['evidence'] {
  const listens = (one: SocketSnapshot) => one.listeners.some((listener) => listener.port === port?.value);
  if (!sockets.some(listens)) return undefined;
  const before = sockets.filter(({ time }) => time !== undefined && time < from);
  const after = sockets.filter(({ time }) => time !== undefined && time >= from && time < until);
  const moments = (list: readonly SocketSnapshot[]) => new Set(list.map(({ time }) => time)).size;
  const steady = moments(before) >= STEADY_LOOKS && moments(before.filter(listens)) === moments(before);
  const gone = after.find((one) => !listens(one) && (one.shows.listeners || (steady && !after.some(listens))));
  return gone && { source: gone.source, line: gone.line, kind: 'listener-gone' };
}
