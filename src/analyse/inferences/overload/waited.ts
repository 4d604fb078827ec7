import type { Overload } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { type ClientSamples, OUTCOME_CODE } from '../../../model/samples.js';
import type { Timeline } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { cite, placeOfSample } from '../../cite.js';
import { FINE_MS } from '../../fine.js';
import { LOOKS_IN_A_ROW, LOOKS_LONGER_QUEUE } from '../../saturation/accept-queue.js';
import { lackedRows } from '../../service/coverage.js';
import { ofOtherTests } from '../../service/other-tests.js';
import { peak } from '../../stats/steps.js';
import { stayedUnread } from '../../unread.js';
import type { View } from '../../view.js';
import { overflowsOf } from '../backlog/overflows.js';
import { PASSING } from '../backlog/thresholds.js';
import type { Facts } from '../inference.js';
import { type Fates, leftOut } from './fates.js';
import { differMuch, hidesWaits, tookLonger, variesInService } from './took-longer.js';

/** Looks further apart than so many steps of a coarse clock let a queue come and go unseen. */
const LOOKS_PER_STEP = 2;

/** So many times as long as the slowest answer … */
const LONGER = 1.15;
/** … so many must have been on their way. */
const MANY_LONGER = 3;
/** A queue that no source shows in service may still be told by so many waiting clients. */
const SOME_WAITED = 2;

interface Waited {
  readonly from?: number;
  readonly requests?: number;
  readonly sure: boolean;
}

/** Whether capacity was reached at all. */
export function queuedEvidence({ view, saturation, found }: Facts): Waited | undefined {
  if (saturation?.saturated) return { sure: true, ...(saturation.from === undefined ? {} : { from: saturation.from }) };
  const waiting = found.backlog?.value ?? 0;
  if (waiting >= SOME_WAITED && found.backlog?.where !== 'none' && view.service && !nobodyWaited(view)) {
    return { sure: found.backlog?.confidence === 'high' && queueStood(view) };
  }
  if (saturation?.crowded) return { sure: false };
  // A log that is there for a part of the run only does not speak for the rest, nor one that hides waits if clients saw more than service.
  if (view.service && !view.front && !view.coverage && !(hidesWaits(view) && tookLonger(view))) return undefined;
  if (queueStood(view)) return { sure: true };
  // Whose request nobody reads waits, though the client sees all wait alike.
  if (!view.service && stayedUnread(view)) return { sure: waitedByClient(view) };
  if (waitedByClient(view) && !isRefuted(view)) return { sure: stayedUnread(view) };
  return stillWaiting(view.timeline.samples!) ? { sure: false } : undefined;
}

/**
 * The client's samples alone tell of a limit. Times in service that follow a pattern may look like turns; but then those that were sent into
 * the idle server took as long as others.
 */
function waitedByClient(view: View): boolean {
  const client = view.byClient();
  if (client?.kind === 'limited' || view.inTurn() === 'plainly-waited') return true;
  return view.inTurn() === 'waited' && !client?.alike;
}

/**
 * Times that differ are no turns where they are no longer than those in service of which a part of the log tells, or where these differ as
 * much by themselves: of the latter nobody can tell.
 */
const isRefuted = (view: View): boolean =>
  view.coverage !== undefined && !view.front && (!tookLonger(view, { connecting: true }) || variesInService(view));

/** Requests may have waited where the log is silent: nothing but their times, which differ in any case, would tell. */
export const isUntoldOutside = (view: View): boolean =>
  view.coverage !== undefined &&
  waitedByClient(view) &&
  tookLonger(view, { connecting: true }) &&
  variesInService(view);

/**
 * The accept queue was longer than who is just being accepted, more than once, or there in several looks one after another:
 *
 *     0 0 1 0 0 0 1 0     accepted as they came        0 1 1 1 0     4 9 7 2     a queue
 */
function queueStood({ looks }: View): boolean {
  let inARow = 0;
  let longer = 0;
  for (const { queued, inner } of looks) {
    if (queued === undefined) continue;
    const waiting = queued.value + (inner?.value ?? 0);
    inARow = waiting > 0 ? inARow + 1 : 0;
    if (waiting > PASSING) longer++;
    if (inARow >= LOOKS_IN_A_ROW || longer >= LOOKS_LONGER_QUEUE) return true;
  }
  return false;
}

/** When the test was stopped, some had been on their way for longer than any that was answered had taken. */
function stillWaiting({ outcome, elapsed }: ClientSamples): boolean {
  const slowest = elapsed.reduce(
    (most, ms, i) => (outcome[i] === OUTCOME_CODE.succeeded && ms > most ? ms : most),
    Number.NEGATIVE_INFINITY,
  );
  const longer = outcome.reduce(
    (n, code, i) => n + (code === OUTCOME_CODE.abandoned && elapsed[i]! > LONGER * slowest ? 1 : 0),
    0,
  );
  return longer >= MANY_LONGER && slowest > 0;
}

/**
 * What is connected beyond those in service is a difference of two counts. Where each was begun when it was sent, or those sent into a crowd
 * were answered as soon as others, it is no queue.
 */
function nobodyWaited({ waiting, service, timeline, byClient }: View): boolean {
  if (byClient()?.alike) return true;
  const told = waiting !== undefined && service?.lossy === false && !timeline.served?.beginsDerived;
  return told && peak(waiting).value === 0;
}

/**
 * Of results that the client's record lacks nothing is known but by the server and the looks: a queue that was full, clients that could not
 * connect or went away, requests that the server never ended. Where nobody looked, anything may have become of them.
 */
const mayHaveBeenTurnedAway = (view: View): boolean =>
  view.looks.length === 0 ||
  // A log that ends while requests are in service tells nothing of their ends.
  (!view.coverage && (view.timeline.served?.open ?? 0) > 0) ||
  overflowsOf(view) !== undefined ||
  view.looks.some(
    ({ full, inner, closeWait, synSent }) =>
      full || inner?.full === true || (closeWait?.value ?? 0) > 0 || (synSent?.value ?? 0) > PASSING,
  );

/** Share of the log's requests that the client's record lacks, from which it stands for a part of the run only. */
const PART = 0.25;

/**
 * How many requests of its own tests the client's record lacks, if these are no few. What became of them, and how long they took, is not known.
 */
export function partLacked(timeline: Timeline): number {
  const rows = lackedRows(timeline);
  const others = ofOtherTests(timeline).filter((k) => !Number.isNaN(timeline.served!.id[k]!)).length;
  const [lacking, of] = [rows.lacking - others, rows.of - others];
  return lacking < of && lacking >= PART * of ? lacking : 0;
}

/** Of the requests of another test, that stand in the same log, nothing is known but by the server. */
function otherTests(timeline: Timeline): readonly Message[] {
  const requests = ofOtherTests(timeline).length;
  return requests > 0 ? [say('overload.caveat.otherTest', { requests })] : [];
}

export function queued({ view }: Facts, { from, sure }: Waited, fates: Fates): Overload {
  const { timeline, begunAt, clientPartial } = view;
  let longest = -1;
  let ms = 0;
  for (let i = 0; begunAt && i < begunAt.length; i++) {
    const wait = begunAt[i]! - timeline.samples!.start[i]!;
    if (wait > ms) {
      ms = wait;
      longest = i;
    }
  }
  // What became of the last, or of those whose connection broke without a word, may be the server's death.
  const known = sure && !fates.last && !timeline.samples!.untold && !(clientPartial && mayHaveBeenTurnedAway(view));
  const lacked = partLacked(timeline);
  return {
    bound: known ? 'exact' : 'estimate',
    confidence: known ? 'high' : lacked > 0 ? 'low' : 'medium',
    outcome: 'queued',
    ...(from === undefined ? {} : { onsetAt: from }),
    statement: say('overload.queued', {}),
    evidence:
      longest < 0 ? [] : [cite(timeline, placeOfSample(timeline, longest), say('overload.says.waited', { ms }))],
    methods: [{ name: say('overload.method.client', {}), value: 0, agrees: true }],
    caveats: [
      ...leftOut(fates),
      ...(lacked > 0 ? [say('overload.caveat.part', { requests: lacked })] : []),
      ...otherTests(timeline),
    ],
    recordNext: [],
  };
}

export function noneObserved({ view, capacity }: Facts, fates: Fates): Overload {
  // A log that lost lines hides who waited, one that is cut or does not pair with the client tells of a part only.
  const told = view.waiting !== undefined || view.looks.length > 0;
  const fine = showsWaits(view);
  // Nor is a wait ruled out where it is open how many were in service.
  const counted = capacity !== undefined && capacity.low === capacity.high;
  const sure =
    counted &&
    !fates.last &&
    !view.timeline.samples!.untold &&
    view.service?.lossy !== true &&
    told &&
    fine &&
    !(hidesWaits(view) && tookLonger(view)) &&
    isWhole(view);
  return {
    bound: sure ? 'exact' : 'estimate',
    confidence: sure && fates.unrelated === 0 ? 'high' : 'medium',
    outcome: 'none-observed',
    statement: say('overload.noneObserved', {}),
    evidence: [],
    methods: [{ name: say('overload.method.client', {}), value: 0, agrees: true }],
    caveats: [...leftOut(fates), ...otherTests(view.timeline)],
    recordNext: view.service ? [say('overload.next.more', {})] : [],
  };
}

/** The slow among the answered took much longer than the quick: without a log it can't be told whether they waited or were more work. */
export const isUneven = ({ outcome, elapsed }: ClientSamples): boolean =>
  differMuch(elapsed.filter((_, i) => outcome[i] === OUTCOME_CODE.succeeded));

/** Log and client's record are there for the whole run. */
const isWhole = ({ coverage, clientPartial }: View): boolean => !coverage && !clientPartial;

/** On a clock whose steps are as long as a request takes a wait does not show, but in looks as close as its steps, or at the client if all took alike. */
function showsWaits({ timeline, service, looks }: View): boolean {
  const { resolutionMs = 0 } = timeline.served ?? {};
  if (resolutionMs <= FINE_MS || resolutionMs < (service?.typical?.service.median ?? 0)) return true;
  const times = [timeline.from, ...looks.map(({ at }) => at), timeline.to].filter((time) => time !== undefined);
  const close = times.every((time, k) => k === 0 || time - times[k - 1]! <= LOOKS_PER_STEP * resolutionMs);
  return (looks.length > 0 && close) || !isUneven(timeline.samples!);
}
