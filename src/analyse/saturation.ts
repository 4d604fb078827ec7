import type { Evidence } from '../model/finding.js';
import type { Message } from '../model/message.js';
import { OUTCOMES } from '../model/samples.js';
import { say } from '../words/ids.js';
import type { Capacity } from './capacity.js';
import { cite, placeOfSample } from './cite.js';
import { acceptedAt } from './inferences/max-concurrency/from-sockets.js';
import { between, type Spans, spansAtLeast, spansUntil, touches } from './stats/spans.js';
import { type Steps, timeWhile, valueAt } from './stats/steps.js';
import { TURNED_AWAY } from './turned-away.js';
import type { View } from './view.js';

/** Others must have waited at the limit for so long in all, ms; less is a hiccup. */
const LONG_ENOUGH_MS = 300;
/** So much of the waiting between first and last reaching the peak must be at the peak … */
const AT_PEAK_SHARE = 0.5;
/** … or so much of it near the peak: short requests leave a worker idle for a moment between two. */
const NEAR = 0.8;
const NEAR_PEAK_SHARE = 0.9;
/** … or every worker of the pool must have been busy for so long in all while others waited, ms. */
const ALL_BUSY_MS = 1500;
/** Of the requests that were turned away, so many must have been so while the peak held. */
const TURNED_AWAY_SHARE = 0.5;
/** … or so many that waited must each have taken the place of one that had ended, and none have been begun beyond them. */
const RETURNS = 8;
/** A queue stood, whatever was in service: at least as many waited as were served, for so long in all, ms … */
const CROWDED_MS = 3000;
/** … and more than one at a time. */
const CROWD = 2;
/** A look counts as taken at the limit within this time of it, ms: commands run after the time they are stamped with. */
const LOOK_SLACK_MS = 1000;
/** So much of the peak a look must show accepted to be taken at the limit; short requests leave some workers idle for a moment. */
const ACCEPTED_SHARE = 0.5;
/** Looks in a row that must show a queue of one; of a longer queue fewer will do. */
const LOOKS_IN_A_ROW = 3;
const LOOKS_LONGER_QUEUE = 2;

/** One sign that the server was at its limit. */
export interface Signal {
  readonly id: 'waiting' | 'turned-away' | 'accept-queue' | 'notice' | 'exhausted';
  readonly name: Message;
  readonly value: number;
  readonly holds: boolean;
  readonly evidence: readonly Evidence[];
}

/** Whether the peak is the server's limit, or only as far as the load went. */
export interface Saturation {
  readonly saturated: boolean;
  readonly signals: readonly Signal[];
  /** First and last instant at the limit, EpochMs. */
  readonly from?: number;
  readonly to?: number;
  /** Cumulative time at the limit with others waiting, ms. */
  readonly waitedMs: number;
  /**
   * For long, as many waited as were in service or more: nobody can say that no limit was reached, though the peak was not held (workers
   * were killed, replaced, or had queues of their own).
   */
  readonly crowded: boolean;
}

/**
 * Decides from the data, not from the height of the peak: a server is saturated where others were waiting or turned away at
 * the very time of its peak.
 *
 *     limit      in service ┌────────────┐      no limit    in service    ┌┐
 *                          ┌┘            └┐                            ┌──┘└──┐
 *                waiting      ████████████                 waiting    (none, or a hiccup)
 */
export function saturationOf(view: View, capacity: Capacity): Saturation {
  const end = view.timeline.to ?? Number.POSITIVE_INFINITY;
  // Behind the end of a log that was cut off nobody knows what is in service.
  const cut = view.coverage?.to ?? Number.POSITIVE_INFINITY;
  const at = spansUntil(spansAtLeast(capacity.steps, capacity.value, end), cut);
  const near = spansUntil(spansAtLeast(capacity.steps, Math.max(1, Math.ceil(NEAR * capacity.value)), end), cut);
  const waits = waitingSignal(view, capacity, at);
  const signals = [
    waits,
    turnedAwaySignal(view, at, near),
    queueSignal(view, capacity, near),
    noticeSignal(view, near),
    exhaustedSignal(view, near),
  ].filter((signal) => signal !== undefined);
  return {
    saturated: signals.some(({ holds }) => holds),
    signals,
    ...(at.from.length > 0 ? { from: at.from[0]!, to: at.to.at(-1)! } : {}),
    waitedMs: waits?.value ?? 0,
    crowded: isCrowded(view, capacity),
  };
}

/** Requests wait in a crowd also where nothing holds the count of those in service. */
function isCrowded({ waiting, outage }: View, { steps }: Capacity): boolean {
  if (!waiting) return false;
  const living = outage ? between(waiting, Number.NEGATIVE_INFINITY, outage.at) : waiting;
  return timeWhile(steps, living, (n, w) => w >= Math.max(CROWD, n)) >= CROWDED_MS;
}

function waitingSignal(view: View, { steps, value, slots }: Capacity, at: Spans): Signal | undefined {
  const { waiting } = view;
  if (!waiting || at.from.length === 0) return undefined;
  const from = at.from[0]!;
  const to = at.to.at(-1)!;
  const service = between(steps, from, to);
  const queue = between(waiting, from, to);
  const total = timeWhile(service, queue, (_, w) => w > 0);
  const both = timeWhile(service, queue, (n, w) => n >= value && w > 0);
  const close = timeWhile(service, queue, (n, w) => n >= NEAR * value && w > 0);
  // Processes with a queue each drain unevenly: some wait on while others are idle. All workers busy, for long, is enough.
  const allBusy = slots === value && both >= ALL_BUSY_MS;
  const long = both >= LONG_ENOUGH_MS;
  // Of a log that lost lines the count may come back to its highest for no other reason than that.
  const lossy = view.service?.lossy === true;
  const mostly = both >= AT_PEAK_SHARE * total || close >= NEAR_PEAK_SHARE * total;
  const holds = (long && (allBusy || mostly)) || (!lossy && returnsTo(service, queue, value) >= RETURNS);
  return {
    id: 'waiting',
    name: say('saturation.waiting', { ms: both, n: value }),
    value: both,
    holds,
    evidence: holds ? waitEvidence(view, at) : [],
  };
}

/** How many times a begin brought the count back to the peak while others waited: each took the place of one that had ended. */
function returnsTo({ t, v }: Steps, waiting: Steps, value: number): number {
  let n = 0;
  for (let i = 1; i < v.length; i++) {
    if (v[i]! >= value && v[i - 1]! < value && valueAt(waiting, t[i]!) > 0) n++;
  }
  return n;
}

/** The request that waited longest of those sent while the limit held. */
function waitEvidence({ timeline, begunAt }: View, at: Spans): readonly Evidence[] {
  const { samples } = timeline;
  let longest = -1;
  let ms = 0;
  for (let i = 0; samples && begunAt && i < samples.count; i++) {
    const wait = begunAt[i]! - samples.start[i]!;
    if (wait > ms && touches(at, samples.start[i]!, samples.start[i]!)) {
      ms = wait;
      longest = i;
    }
  }
  if (longest < 0) return [];
  return [cite(timeline, placeOfSample(timeline, longest), say('saturation.says.waits', { ms }))];
}

/** Failures of requests that were never begun; those of a dead server or a killed worker say nothing of a limit. */
function turnedAwaySignal(view: View, at: Spans, near: Spans): Signal | undefined {
  const { timeline, outage } = view;
  const { samples } = timeline;
  if (!samples) return undefined;
  let all = 0;
  let here = 0;
  let first = -1;
  for (let i = 0; i < samples.count; i++) {
    if (!TURNED_AWAY.has(samples.outcome[i]!) || begun(view, i)) continue;
    const start = samples.start[i]!;
    const end = start + samples.elapsed[i]!;
    if (outage && end >= outage.at - LOOK_SLACK_MS && start <= (outage.until ?? Number.POSITIVE_INFINITY)) continue;
    all++;
    if (!touches(near, start, end)) continue;
    here++;
    if (first < 0 && touches(at, start, end)) first = i;
  }
  const holds = here > 0 && here >= TURNED_AWAY_SHARE * all && first >= 0;
  const kind = OUTCOMES[samples.outcome[first] ?? 0]!;
  return {
    id: 'turned-away',
    name: say('saturation.turnedAway', { requests: here }),
    value: here,
    holds,
    evidence: holds
      ? [cite(timeline, placeOfSample(timeline, first), say('saturation.says.turnedAway', { kind }))]
      : [],
  };
}

const begun = ({ begunAt }: View, i: number): boolean => begunAt !== undefined && !Number.isNaN(begunAt[i]!);

function queueSignal(view: View, { value }: Capacity, near: Spans): Signal | undefined {
  const all = view.looks.filter((look) => look.at !== undefined && look.queued !== undefined);
  // A look that shows the server holding far fewer was taken before it began to accept, whatever the clocks say.
  // Who gave up while being served is accepted still.
  const timed = all.filter(
    (look) => (acceptedAt(look)?.value ?? value) + (look.closeWait?.value ?? 0) >= ACCEPTED_SHARE * value,
  );

  if (timed.length === 0) return undefined;
  const held = (at: number) => touches(near, at - LOOK_SLACK_MS, at + LOOK_SLACK_MS);
  let inARow = 0;
  let best = 0;
  let longer = 0;
  let looks = 0;
  let most = timed[0]!;
  for (const look of timed) {
    const queued = look.queued!.value + (look.inner?.value ?? 0);
    const counts = queued > 0 && held(look.at!);
    inARow = counts ? inARow + 1 : 0;
    best = Math.max(best, inARow);
    if (!counts) continue;
    looks++;
    if (queued > 1) longer++;
    if (queued > most.queued!.value + (most.inner?.value ?? 0)) most = look;
  }
  const holds = best >= LOOKS_IN_A_ROW || longer >= LOOKS_LONGER_QUEUE;
  const place = most.inner && most.inner.value > most.queued!.value ? most.inner : most.queued!;
  const limit = place === most.inner ? most.inner.limit : most.limit;
  return {
    id: 'accept-queue',
    name: say('saturation.acceptQueue', { looks }),
    value: looks,
    holds,
    evidence: holds ? [cite(view.timeline, place, say('saturation.says.queue', { queued: place.value, limit }))] : [],
  };
}

function noticeSignal({ timeline }: View, near: Spans): Signal | undefined {
  const said = timeline.notices.filter(
    ({ notice }) => notice.kind === 'queue-full' || (notice.kind === 'queue-depth' && notice.depth > 0),
  );
  if (said.length === 0) return undefined;
  const here = said.filter(
    ({ time }) => time === undefined || touches(near, time - LOOK_SLACK_MS, time + LOOK_SLACK_MS),
  );
  return {
    id: 'notice',
    name: say('saturation.notice', { notices: here.length }),
    value: here.length,
    holds: here.length > 0,
    evidence: here.slice(0, 1).map((one) => cite(timeline, one, say('saturation.says.notice', {}))),
  };
}

function exhaustedSignal({ timeline }: View, near: Spans): Signal | undefined {
  const said = timeline.notices.flatMap((one) =>
    one.notice.kind === 'exception' && one.notice.resource !== undefined
      ? [{ source: one.source, line: one.line, time: one.time, resource: one.notice.resource }]
      : [],
  );
  const first = said.find(
    ({ time }) => time === undefined || touches(near, time - LOOK_SLACK_MS, time + LOOK_SLACK_MS),
  );
  if (!first) return undefined;
  const resource = first.resource;
  return {
    id: 'exhausted',
    name: say('saturation.exhausted', { resource }),
    value: said.length,
    holds: true,
    evidence: [cite(timeline, first, say('saturation.says.exhausted', { resource }))],
  };
}
