import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import type { ServedRequests, Timeline } from '../../model/timeline.js';
import { endedOutside } from './ended-outside.js';
import { countLostBegins } from './strangers.js';

/** Share of the client's successes that the log must show before the others count as lost lines. */
const LOG_COVERS = 0.5;
/** Requests that were answered and that the log does not show, as a share of all that were: a few may have been answered by others. */
const LACKING_SHARE = 0.05;
const LACKING = 4;
/** An answer may reach the client so long after the line of its end, ms. */
const LATE_ANSWER_MS = 100;
/** Requests that wait, while others sent so much later are begun, stand in no queue, ms; so many of them are no chance. */
const OVERTAKEN_BY_MS = 1000;
const OVERTAKEN = 2;
const INFINITE = Number.POSITIVE_INFINITY;

/** Successes of the client that the log does not show at all, though it shows most others of their time. */
export function lostRequests(timeline: Timeline, served: ServedRequests): readonly number[] {
  const { samples } = timeline;
  if (!samples || served.count === 0) return [];
  const shown = new Uint8Array(samples.count);
  for (const list of [served.sample, served.orphanEnds.sample]) {
    for (const sample of list) if (sample !== NONE_U32) shown[sample] = 1;
  }
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < served.count; i++) {
    first = Math.min(first, served.begin[i]!);
    last = Math.max(last, served.begin[i]!, Number.isFinite(served.end[i]!) ? served.end[i]! : 0);
  }
  // Where the head or the tail of a log of ends alone is missing, so are these, and no line within it.
  const outside = new Set(endedOutside(timeline)?.samples);
  const missing: number[] = [];
  let covered = 0;
  const isOne = (i: number) => samples.outcome[i] === OUTCOME_CODE.succeeded && !Number.isNaN(samples.id[i]!);
  const answered = samples.start.map((start, i) => (isOne(i) ? start + samples.elapsed[i]! : Number.NEGATIVE_INFINITY));
  // A log that reaches to the last answer lacks those too that were answered a moment after its last line.
  const reach = last + served.resolutionMs + LATE_ANSWER_MS;
  const to = answered.every((at) => at <= reach) ? reach : last;
  for (let i = 0; i < samples.count; i++) {
    if (!isOne(i)) continue;
    if (shown[i] === 1) covered++;
    else if (!outside.has(i) && samples.start[i]! >= first && answered[i]! <= to) missing.push(i);
  }
  const breaks = served.orphanEnds.count > 0 || served.open > 0 || served.beginsDerived || countLostBegins(served) > 0;
  return breaks && covered >= LOG_COVERS * (covered + missing.length) ? missing : [];
}

/**
 * Far fewer requests begin in the log than the client was answered between its first line and its last: lines of some workers are
 * not there, or not understood, and nothing tells which.
 *
 *     client   85 answers
 *     log      exec-1 … exec-9: 64 begins        exec-10, exec-11 and exec-12 are missing
 */
export function lacksAnswered({ samples, clock }: Timeline, served: ServedRequests): boolean {
  if (!samples || served.count === 0) return false;
  // A begin that the end's line tells lies before it.
  const lines = served.begin.map((begin, k) => (served.beginLine[k] === served.endLine[k] ? served.end[k]! : begin));
  const from = Math.min(
    ...[lines, served.orphanEnds.time].map((times) => times.reduce((a, b) => Math.min(a, b), INFINITE)),
  );
  const last = served.end.reduce((a, b) => (Number.isFinite(b) ? Math.max(a, b) : a), Number.NEGATIVE_INFINITY);
  const to = last + LATE_ANSWER_MS + (clock.uncertaintyMs ?? 0);
  let answered = 0;
  for (let i = 0; i < samples.count; i++) {
    const at = samples.start[i]! + samples.elapsed[i]!;
    if (samples.outcome[i] === OUTCOME_CODE.succeeded && at >= from && at <= to) answered++;
  }
  const lacking = answered - served.count - served.orphanEnds.count;
  return lacking >= LACKING && lacking >= LACKING_SHARE * answered;
}

/**
 * Some were cut in the end, never begun, though others that were sent well after them were begun: their begins are lost. A server that
 * died may have ended so few that who gave up before must count as well. One is enough if the server had room for those others from when it was
 * sent.
 */
export function isOvertaken({ samples }: Timeline, served: ServedRequests, died: number | undefined): boolean {
  if (!samples) return false;
  const isBegun = new Uint8Array(samples.count);
  let last = -1;
  let lastSent = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < served.count; k++) {
    const sample = served.sample[k]!;
    if (sample === NONE_U32) continue;
    isBegun[sample] = 1;
    if (!(samples.start[sample]! >= lastSent)) continue;
    last = k;
    lastSent = samples.start[sample]!;
  }
  if (last < 0) return false;
  let n = 0;
  const begun = served.begin[last]!;
  for (let i = 0; i < samples.count; i++) {
    const outcome = samples.outcome[i]!;
    const gaveUp = died !== undefined && outcome === OUTCOME_CODE['read-timeout'];
    if (isBegun[i] === 1 || (outcome !== OUTCOME_CODE.reset && !gaveUp)) continue;
    const sent = samples.start[i]!;
    if (sent + OVERTAKEN_BY_MS >= lastSent || sent + samples.elapsed[i]! <= begun) continue;
    if (++n >= OVERTAKEN || hadRoom(samples, served, sent)) return true;
  }
  return false;
}

/** Somebody sent well after that was begun before anybody's end made room for it: there was some all the while. */
function hadRoom({ start }: ClientSamples, { begin, end, sample, orphanEnds }: ServedRequests, sent: number): boolean {
  const next = (times: Float64Array) => times.reduce((a, at) => (at >= sent && at < a ? at : a), INFINITE);
  const left = Math.min(next(end), next(orphanEnds.time));
  return sample.some((i, k) => i !== NONE_U32 && start[i]! > sent + OVERTAKEN_BY_MS && begin[k]! < left);
}

/**
 * How many of those who gave up have no line, among lines of ends alone or of a server that died, though others that were sent well after them were
 * begun before they did: who is served in turn has a line in the end, whatever becomes of its client.
 *
 *     sent   1 |·········x gave up        no line
 *     sent   2     |███████| line
 */
export function givenUpUnseen({ samples }: Timeline, served: ServedRequests, died: number | undefined): number {
  if (!samples || !(served.beginsDerived || died !== undefined)) return 0;
  const isSeen = new Uint8Array(samples.count);
  for (const sample of served.sample) if (sample !== NONE_U32) isSeen[sample] = 1;
  const order = served.sample.map((_, k) => k).filter((k) => served.sample[k] !== NONE_U32);
  const sent = (k: number) => samples.start[served.sample[k]!]!;
  const later = order.sort((a, b) => sent(b) - sent(a));
  const gaveUp = samples.outcome.reduce<number[]>((list, code, i) => {
    if (isSeen[i] === 0 && code === OUTCOME_CODE['read-timeout']) list.push(i);
    return list;
  }, []);
  gaveUp.sort((a, b) => samples.start[b]! - samples.start[a]!);
  let first = INFINITE;
  let next = 0;
  let n = 0;
  for (const i of gaveUp) {
    const from = samples.start[i]! + OVERTAKEN_BY_MS;
    for (; next < later.length && sent(later[next]!) > from; next++)
      first = Math.min(first, served.begin[later[next]!]!);
    if (first + served.resolutionMs < samples.start[i]! + samples.elapsed[i]!) n++;
  }
  return n >= OVERTAKEN ? n : 0;
}
