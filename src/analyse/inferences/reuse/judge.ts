import type { Method } from '../../../model/finding.js';
import { NONE_U32, OUTCOME_CODE } from '../../../model/samples.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { peak } from '../../stats/steps.js';
import type { View } from '../../view.js';
import { heldTwo, loopsAmong } from './at-once.js';
import { countsOnce } from './behind.js';
import { judgeNamesAlone, judgeSingle, namesMethod, onlyThreads } from './judge-names.js';
import { livedThrough, wereReplaced } from './lived.js';
import { type Life, slotsOf } from './lives.js';
import { mayBeAnew } from './maybe-anew.js';
import { isMainThread, nameCountsRequests, nameCountsSlots, namesEverySlot, processOf } from './names.js';
import { GENERATIONS, type Recycled, recycledAfterOf, stoppedAtMost } from './recycled.js';
import { runsOneThread } from './runtime.js';
import { byStart } from './starts.js';
import { endsAreSaid } from './stated.js';
import type { Judged } from './sureness.js';
import { wereThereBefore } from './there-before.js';

/** Share of the answers that a log may miss and still stand for the run. */
const CUT_SHARE = 0.25;
/** Workers that served several requests, of all workers, from which they are a pool. */
const REUSED_SHARE = 0.5;
/** So many seen again are beyond chance in any case: a wide pool may just have had few requests more than workers. */
const REUSED_AT_LEAST = 3;
/** Share of the requests that must have a process to themselves by its id alone. */
const NEW_SHARE = 0.8;
/** Names of slots that must return: one alone may be a mistake of the log. */
const SLOTS_AGAIN = 2;

/** The log misses too many answers to stand for the run. */
export const isPartOfRun = ({ coverage }: View): boolean => (coverage?.outside ?? 0) >= CUT_SHARE;

/** What the lives of the workers say together. */
export function judge(view: View, served: ServedRequests, lives: readonly Life[], chances: number): Judged {
  const loops = loopsAmong(lives, view.service?.lossy === true);
  if (loops.length > 0) return judgeLoops(view, served, { lives, loops, chances });
  if (chances === 0) return { pattern: 'inconclusive', methods: [] };
  const seldom = judgeSeldomLoops(view, served, lives);
  if (seldom) return seldom;
  if (byStart(served, lives).every((ofOne) => ofOne.length === 1)) return judgeSingle(view, served, lives);
  const again = lives.filter(({ requests }) => requests > 1).length;
  const againMethod = { name: say('reuse.method.again', {}), value: again, agrees: true };
  if (again === 0) return judgeOnceEach(view, served, lives, againMethod);
  if (areNewEach(served, lives)) return judgeNewEach(served);
  const recycled = recycledAfterOf(view, lives);
  return recycled === undefined
    ? judgePool(view, served, { lives, again, chances }, againMethod)
    : { ...judgeRecycled(lives, recycled, againMethod), ...ofPart(view) };
}

/** Of a log that shows a part of the run nobody knows how many workers served the rest. */
const ofPart = (view: View): Pick<Judged, 'cut'> => (isPartOfRun(view) ? { cut: true } : {});

/**
 * Nobody is seen a second time. In a part of the run those of a wide pool, too, come once each, as long as there are others who have not yet
 * had their turn: workers are new if their names go on counting beyond those who can have been idle.
 */
function judgeOnceEach(view: View, served: ServedRequests, lives: readonly Life[], again: Method): Judged {
  const counting = nameCountsRequests(lives.map(({ worker }) => served.workers[worker]!));
  const wide = !counting || lives.length < GENERATIONS * slotsOf(lives);
  if (isPartOfRun(view) && wide) return { pattern: 'unknown', methods: [], why: say('reuse.why.cutOnce', {}) };
  if (wereThereBefore(view.timeline, served, lives))
    return { pattern: 'unknown', methods: [], why: say('reuse.why.wide', {}), next: say('reuse.next.late', {}) };
  const unlined = answersUnlined(view, served);
  return {
    pattern: 'per-request',
    ...ofPart(view),
    ...(unlined > 0 ? { unlined } : {}),
    methods: [again, namesMethod('requests', counting)],
  };
}

/** Answers to requests of which the log, that tells of others of the client's, has no line: each had a worker more. */
function answersUnlined({ timeline: { samples } }: View, { sample, orphanEnds }: ServedRequests): number {
  const told = new Set([...sample, ...orphanEnds.sample]);
  if (!samples || sample.every((i) => i === NONE_U32)) return 0;
  return samples.outcome.reduce((n, code, i) => n + (code === OUTCOME_CODE.succeeded && !told.has(i) ? 1 : 0), 0);
}

/** Ids of processes that come again, in a long run or after a new start, though nearly all come once and each counts its first request. */
const areNewEach = (served: ServedRequests, lives: readonly Life[]): boolean =>
  lives.every(({ worker }) => served.workers[worker]!.pid !== undefined) &&
  lives.length >= NEW_SHARE * served.count &&
  countsOnce(served);

function judgeNewEach(served: ServedRequests): Judged {
  const counts = { name: say('reuse.method.counts', {}), value: served.count, agrees: true };
  return {
    pattern: 'per-request',
    methods: [counts, namesMethod('requests', true)],
    unit: 'process',
    workers: served.count,
  };
}

interface Loops {
  readonly lives: readonly Life[];
  readonly loops: readonly Life[];
  readonly chances: number;
}

/** Some workers had several requests at once. */
function judgeLoops(view: View, served: ServedRequests, { lives, loops, chances }: Loops): Judged {
  const overlap = { name: say('reuse.method.overlap', {}), value: Math.max(...lives.map(({ atOnce }) => atOnce)) };
  const named = loops.every(({ worker }) => isMainThread(served.workers[worker]!));
  const alone = loops.length === lives.length && onlyThreads(served, lives);
  if (!named && !alone) return { pattern: 'unknown', methods: [], why: say('reuse.why.mixed', {}) };
  if (lives.every(({ worker }) => served.workers[worker]!.pid === undefined)) {
    return judgeNamesAlone(view, served, overlap, named, chances);
  }
  const runtime = loops.every(({ worker }) => runsOneThread(view.timeline, served.workers[worker]!.pid));
  const runtimeMethod = { name: say('reuse.method.runtime', {}), value: 'one thread', agrees: true };
  return {
    pattern: 'event-loop',
    methods: [{ ...overlap, agrees: true }, ...(runtime ? [runtimeMethod] : [namesMethod('loop', named)])],
  };
}

/** Servers that add a random part, or let some requests slip in, never replace a worker before the number that was set. */
function judgeRecycled(lives: readonly Life[], recycled: Recycled, again: Method): Judged {
  const slots = slotsOf(lives);
  return {
    pattern: 'recycled',
    ...(recycled.after === undefined ? { doubtful: true } : { recycledAfter: recycled.after }),
    ...(recycled.low === recycled.high ? {} : { differ: recycled }),
    methods: [
      again,
      { name: say('reuse.method.lifetimes', {}), value: lives.length, agrees: true },
      { name: say('reuse.method.slots', {}), value: slots, agrees: slots < lives.length },
      ...(recycled.said ? [{ name: say('reuse.method.notices', {}), value: recycled.said, agrees: true }] : []),
    ],
  };
}

/** More were surely in service at once than there are workers, so that some had several: lost lines hide which. */
const servesMore = ({ surely }: View, lives: readonly Life[]): boolean =>
  surely !== undefined && peak(surely).value > slotsOf(lives);

interface Pool {
  readonly lives: readonly Life[];
  /** How many are seen a second time. */
  readonly again: number;
  readonly chances: number;
}

/** The main threads of some processes had two at once, seldom, since few requests came: more were in service than there are workers. */
function judgeSeldomLoops(view: View, served: ServedRequests, lives: readonly Life[]): Judged | undefined {
  const loops = heldTwo(view, served, lives);
  if (loops.length === 0 || !servesMore(view, lives)) return undefined;
  const named = loops.every(({ worker }) => isMainThread(served.workers[worker]!));
  if (!named) return { pattern: 'unknown', methods: [], why: say('reuse.why.mixed', {}) };
  const most = Math.max(...loops.map(({ atOnce }) => atOnce));
  const overlap = { name: say('reuse.method.overlap', {}), value: most, agrees: true };
  return { pattern: 'event-loop', seldom: true, methods: [overlap] };
}

/** A process that lives on may have had other threads before or after: it had none if its names leave no number out, or if it has but one. */
function areAll(served: ServedRequests, lives: readonly Life[]): boolean {
  const workers = lives.map(({ worker }) => served.workers[worker]!);
  return namesEverySlot(workers) || new Set(workers.map(processOf)).size === workers.length;
}

/** Workers return, and none is replaced after a number of requests. */
function judgePool(view: View, served: ServedRequests, { lives, again, chances }: Pool, againMethod: Method): Judged {
  const slotNames = nameCountsSlots(lives.map(({ worker }) => served.workers[worker]!));
  const few = again < Math.min(REUSED_AT_LEAST, REUSED_SHARE * Math.min(lives.length, chances));
  if (view.service?.lossy && servesMore(view, lives))
    return { pattern: 'unknown', methods: [], why: say('reuse.why.mixed', {}) };
  // Of a wide pool few are seen again where few requests came late; a slot's name that returns tells it all the same.
  if (few && (again < SLOTS_AGAIN || !slotNames)) {
    return { pattern: 'unknown', methods: [], why: say('reuse.why.mixed', {}) };
  }
  const starts = byStart(served, lives);
  // Every place was taken anew, though no number of requests shows after which: a pool does not do so.
  const turnedOver = starts.some((ofOne) => ofOne.length >= GENERATIONS * Math.max(1, slotsOf(ofOne)));
  const lossy = view.service?.lossy === true;
  // Of a log that shows a part of the run nobody knows whether workers are replaced in the rest, unless their processes are seen to live on.
  const isPart = isPartOfRun(view) && !(livedThrough(view, served, lives) && areAll(served, lives));
  const cut = isPart || view.service?.short === true;
  // In it new ones took the places of others, or did so afterwards: they were replaced, and nobody knows for what.
  const turned = !slotNames && lives.length > slotsOf(lives);
  if (isPart && (turned || wereReplaced(view, served, lives) || endsAreSaid(view.timeline)))
    return { pattern: 'unknown', methods: [], why: say('reuse.why.cut', {}) };
  return {
    pattern: 'reused',
    ...(few || turnedOver || starts.some((ofOne) => stoppedAtMost(ofOne, lossy)) ? { doubtful: true } : {}),
    ...(cut ? { cut } : {}),
    ...(mayBeAnew(view.timeline, served, lives) ? { anew: true } : {}),
    methods: [
      againMethod,
      { name: say('reuse.method.slots', {}), value: slotsOf(lives), agrees: true },
      namesMethod('slots', slotNames),
    ],
  };
}
