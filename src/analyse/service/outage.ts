import { OUTCOME_CODE } from '../../model/samples.js';
import type { Timeline } from '../../model/timeline.js';

/** Refused requests in a row from which a server counts as dead and not as full for a moment. */
const REFUSALS_OF_A_DEAD_SERVER = 3;
/** A log line or an answer this soon after the first refusal may still belong to the dying server, ms. */
const LAST_WORDS_MS = 1500;

/** The server's death as client and log show it. */
export interface Outage {
  /** Last instant at which it can have lived, EpochMs. */
  readonly at: number;
  /** When it answered again; absent if never. */
  readonly until?: number;
  /** Index of the first refused sample. */
  readonly sample?: number;
  /** Samples from `sample` on that were refused or cut. */
  readonly refused: number;
  /** Line of the log or snapshot that says so, where one does. */
  readonly evidence?: {
    readonly source: number;
    readonly line: number;
    readonly kind: 'server-stop' | 'listener-gone';
  };
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
  // Cuts alone may be a worker's death: without refusals another source must say that the server went.
  if (!samples.outcome.includes(OUTCOME_CODE.refused)) return died?.evidence ? died : undefined;
  const order = Uint32Array.from(samples.start, (_, i) => i)
    .filter((i) => !Number.isNaN(samples.start[i]!))
    .sort((a, b) => samples.start[a]! - samples.start[b]! || a - b);
  let best = died;
  for (let k = 0; k < order.length; ) {
    if (samples.outcome[order[k]!] !== OUTCOME_CODE.refused) {
      k++;
      continue;
    }
    let next = k;
    while (next < order.length && isCut(samples.outcome[order[next]!]!)) next++;
    const found = judge(timeline, order, k, next);
    if (found && (found.refused >= (best?.refused ?? 0) || found.at <= best!.at)) best = found;
    k = next;
  }
  return best;
}

/** Connections cut at one time from which a server counts as dead, where nobody got an answer that was waiting then. */
const CUTS_OF_A_DEAD_SERVER = 5;

/** Everybody who waited was cut within a moment, and nothing of the server shows until the next answer: it died, though nobody came to be refused. */
function cutAll(timeline: Timeline): Outage | undefined {
  const { samples, served } = timeline;
  const end = (i: number) => samples!.start[i]! + samples!.elapsed[i]!;
  const resets: number[] = [];
  for (let i = 0; i < samples!.count; i++) if (samples!.outcome[i] === OUTCOME_CODE.reset) resets.push(i);
  if (resets.length < CUTS_OF_A_DEAD_SERVER) return undefined;
  resets.sort((a, b) => end(a) - end(b));
  const at = end(resets[resets.length >> 1]!);
  const cut = resets.filter((i) => Math.abs(end(i) - at) <= LAST_WORDS_MS);
  if (cut.length < Math.max(CUTS_OF_A_DEAD_SERVER, resets.length / 2)) return undefined;
  let until = Number.POSITIVE_INFINITY;
  for (let i = 0; i < samples!.count; i++) {
    const outlived = samples!.start[i]! <= at && end(i) > at + LAST_WORDS_MS;
    if (outlived && !isCut(samples!.outcome[i]!)) return undefined;
    if (samples!.outcome[i] === OUTCOME_CODE.succeeded && samples!.start[i]! > at)
      until = Math.min(until, samples!.start[i]!);
  }
  const alive = (t: number) => t > at + LAST_WORDS_MS && t < until;
  for (let i = 0; served && i < served.count; i++) {
    if (alive(served.begin[i]!) || (served.endLine[i]! > 0 && alive(served.end[i]!))) return undefined;
  }
  // A server that answers anew at once was not dead: some of its workers were.
  if (until < at + LAST_WORDS_MS) return undefined;
  const evidence = saidSo(timeline, at, until);
  return {
    at: end(cut[0]!),
    sample: cut[0]!,
    refused: cut.length,
    ...(Number.isFinite(until) ? { until } : {}),
    ...(evidence ? { evidence } : {}),
  };
}

const isCut = (outcome: number): boolean =>
  outcome === OUTCOME_CODE.refused ||
  outcome === OUTCOME_CODE.reset ||
  outcome === OUTCOME_CODE.abandoned ||
  outcome === OUTCOME_CODE.other;

function judge(timeline: Timeline, order: Uint32Array, from: number, next: number): Outage | undefined {
  const { samples, served } = timeline;
  const first = order[from]!;
  const at = samples!.start[first]!;
  let refused = 0;
  for (let k = from; k < next; k++) if (samples!.outcome[order[k]!] === OUTCOME_CODE.refused) refused++;
  const until = next < order.length ? samples!.start[order[next]!]! : Number.POSITIVE_INFINITY;
  const evidence = saidSo(timeline, at, until);
  if (refused < REFUSALS_OF_A_DEAD_SERVER && !evidence) return undefined;
  const alive = (t: number) => t > at + LAST_WORDS_MS && t < until - LAST_WORDS_MS;
  for (let i = 0; served && i < served.count; i++) {
    if (alive(served.begin[i]!) || (served.endLine[i]! > 0 && alive(served.end[i]!))) return undefined;
  }
  for (let i = 0; i < samples!.count; i++) {
    const answered = samples!.start[i]! + samples!.elapsed[i]!;
    if (samples!.outcome[i] !== OUTCOME_CODE.succeeded) continue;
    // What was sent before the first refusal and answered after the last one outlived them all.
    const outlived = samples!.start[i]! < at && answered > until;
    if (alive(answered) || outlived) return undefined;
  }
  return {
    at: lastLife(timeline, at),
    sample: first,
    refused,
    ...(Number.isFinite(until) ? { until } : {}),
    ...(evidence ? { evidence } : {}),
  };
}

/** The cut of requests in service just before the first refusal tells the moment of death more exactly. */
function lastLife({ samples }: Timeline, refusedAt: number): number {
  let at = refusedAt;
  for (let i = 0; i < samples!.count; i++) {
    if (samples!.outcome[i] !== OUTCOME_CODE.reset) continue;
    const cut = samples!.start[i]! + samples!.elapsed[i]!;
    if (cut < at && cut > refusedAt - LAST_WORDS_MS) at = cut;
  }
  return at;
}

function saidSo(timeline: Timeline, from: number, until: number): Outage['evidence'] {
  const stop = timeline.notices.find(
    ({ notice, time }) =>
      notice.kind === 'server-stop' && time !== undefined && Math.abs(time - from) < 2 * LAST_WORDS_MS,
  );
  if (stop) return { source: stop.source, line: stop.line, kind: 'server-stop' };
  const port = timeline.port?.value;
  const listens = timeline.sockets.some(({ listeners }) => listeners.some((one) => one.port === port));
  if (!listens) return undefined;
  const gone = timeline.sockets.find(
    ({ time, shows, listeners }) =>
      time !== undefined &&
      time >= from &&
      time < until &&
      shows.listeners &&
      listeners.every((one) => one.port !== port),
  );
  return gone && { source: gone.source, line: gone.line, kind: 'listener-gone' };
}
