import type { Evidence, Method, Reuse, ReusePattern } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { NONE_U32 } from '../../../model/samples.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { cite } from '../../cite.js';
import { FINE_MS } from '../../fine.js';
import { busierThanTime } from '../../service/busy.js';
import type { View } from '../../view.js';
import type { Facts, Inference } from '../inference.js';
import { behindNames, countsAgain } from './behind.js';
import { byOwnCount, chancesOfReuse, inLineOrder, type Life, livesOf, slotsOf } from './lives.js';
import { isCalledThread, isMainThread, nameCountsRequests, nameCountsSlots, processOf, workerLabel } from './names.js';
import { GENERATIONS, recycledAfterOf, stoppedAtMost } from './recycled.js';
import { runsOneThread } from './runtime.js';
import { byStart, startOf } from './starts.js';
import { caveatsOf, confidenceOf, type Judged } from './sureness.js';
import { unitIn } from './unit.js';

/** Share of the requests whose worker must be known. */
const WORKERS_KNOWN = 0.5;
/** A worker had several requests at once where so many of its requests overlapped; fewer are lines that changed places. */
const OVERLAP_SHARE = 0.1;
const OVERLAP_AT_LEAST = 2;
/** Share of the workers that must overlap where lines were lost. */
const LOOPS_SHARE = 0.5;
/** So many times what nine requests in ten take is far longer than the others. */
const FAR_LONGER = 3;
/** Requests must take so many steps of the clock for overlaps to tell anything. */
const ABOVE_RESOLUTION = 3;
/** Share of the answers that a log may miss and still stand for the run. */
const CUT_SHARE = 0.25;
/** Ends closer than this share of a request's time are of requests that were in service at once. */
const CLOSE_ENDS = 0.5;
/** uWSGI's cores: each is a thread's place and serves one request at a time. */
const SLOT = /^core \d+$/;
/** Workers that served several requests, of all workers, from which they are a pool. */
const REUSED_SHARE = 0.5;
/** So many seen again are beyond chance in any case: a wide pool may just have had few requests more than workers. */
const REUSED_AT_LEAST = 3;
/** Names of slots that must return: one alone may be a mistake of the log. */
const SLOTS_AGAIN = 2;

/** Whether workers serve again. */
export const reuse = {
  id: 'reuse',
  infer: inferReuse,
  failed: (reason) => unknown(say('note.inferenceFailed', { inference: 'reuse', reason })),
} satisfies Inference<'reuse'>;

/**
 * Reads lanes of workers.
 *
 *     per request   ▐██▌            reused  ▐██▌▐██▌▐██▌     recycled ▐█▌▐█▌           event loop ▐████████▌
 *                      ▐██▌                 ▐██▌▐██▌▐██▌                   ▐█▌▐█▌                   ▐██████▌
 *                         ▐██▌
 */
function inferReuse({ view, found }: Facts): Reuse {
  const { served } = view.timeline;
  if (!served || served.count === 0) return unknown(say('reuse.why.noLog', {}));
  const known = served.worker.reduce((n, code) => n + (code === NONE_U32 ? 0 : 1), 0);
  if (known < WORKERS_KNOWN * served.count || known === 0) return unknown(say('reuse.why.noWorkers', {}));
  const ends = mendedEnds(view, served);
  const timed = byOwnCount(served, livesOf(withOrphans(served, ends)));
  const ordered = served.resolutionMs > FINE_MS ? inLineOrder(served, timed) : undefined;
  const lives = busyLives(served, ordered ?? (view.service?.lossy ? wholeAtOnce(view, served, timed) : timed));
  const limit = found.maxConcurrency?.bound === 'exact' ? found.maxConcurrency.value : undefined;
  const abstain = identityAllows(view, served, lives, ordered !== undefined, limit);
  if (abstain) return unknown(abstain);
  // What only seems to be at once, for want of an end, is no sign of a loop, and none against it.
  const lossy = view.service?.lossy === true && ordered === undefined;
  if (lossy && timed.some(overlaps) && loopsAmong(lives, true).length === 0) return unknown(say('reuse.why.mixed', {}));
  const chances = chancesOfReuse(served, withOrphans(served, ends).end);
  return answer(view, served, lives, { chances, known, limit });
}

/**
 * Where lines were lost, a request whose end is not known may be long over, and one that took far longer than the others may have the begin
 * of one test and the end of another: at once are only those that the log shows whole.
 */
function wholeAtOnce({ service }: View, served: ServedRequests, lives: readonly Life[]): readonly Life[] {
  const { count, begin, end, endLine, worker, resolutionMs } = served;
  const longest = FAR_LONGER * (service?.typical?.service.high ?? Number.POSITIVE_INFINITY);
  const whole = Uint32Array.from({ length: count }, (_, i) => i).filter(
    (i) => endLine[i]! > 0 && end[i]! - begin[i]! <= longest,
  );
  const known = livesOf({
    count: whole.length,
    begin: Float64Array.from(whole, (i) => begin[i]!),
    end: Float64Array.from(whole, (i) => end[i]!),
    worker: whole.map((i) => worker[i]!),
    resolutionMs,
  });
  const byWorker = new Map(known.map((life) => [life.worker, life]));
  return lives.map((life) => {
    const { atOnce, overlapping } = byWorker.get(life.worker) ?? { atOnce: 1, overlapping: 0 };
    return { ...life, atOnce, overlapping };
  });
}

/** Whose requests took longer together than there was time had several at once, whatever a coarse clock says. */
function busyLives(served: ServedRequests, lives: readonly Life[]): readonly Life[] {
  const busier = busierThanTime(served);
  return lives.map((life) => {
    const atOnce = busier.get(life.worker);
    return atOnce === undefined || atOnce <= life.atOnce ? life : { ...life, atOnce, overlapping: life.requests - 1 };
  });
}

/** The log's requests, and those of which it has the end alone: they count as begun and ended at once. */
function withOrphans({ count, begin, worker, orphanEnds, resolutionMs }: ServedRequests, ends: Float64Array) {
  const { count: more, time } = orphanEnds;
  if (more === 0) return { count, begin, end: ends, worker, resolutionMs };
  const joined = (a: Float64Array) => Float64Array.from([...a, ...time]);
  return {
    count: count + more,
    begin: joined(begin),
    end: joined(ends),
    worker: Uint32Array.from([...worker, ...orphanEnds.worker]),
    resolutionMs,
  };
}

/** Ends as closed by evidence: an open request of a dead worker must not look like a second one at once. */
function mendedEnds({ service }: View, served: ServedRequests): Float64Array {
  return service ? service.end.slice(0, served.count) : served.end;
}

/** Why the names cannot tell workers apart, if they cannot. */
function identityAllows(
  view: View,
  served: ServedRequests,
  lives: readonly Life[],
  ordered: boolean,
  limit: number | undefined,
): Message | undefined {
  const overlapping = lives.filter(overlaps);
  if (served.identity === 'recycled-ident' && !isOneLife(served, lives)) return say('reuse.why.recycledIdent', {});
  // Each of as many workers as are in service at the limit serves one at a time.
  const oneEach = limit !== undefined && limit === slotsOf(lives);
  const shared = sharedName(served, lives, oneEach);
  if (shared !== undefined) return say('reuse.why.sharedName', { name: shared });
  // Whole seconds do not tell whether requests that take less were served one after another; a named slot serves one at a time.
  const slots = lives.every(({ worker }) => SLOT.test(served.workers[worker]!.thread ?? ''));
  const typical = view.service?.typical?.service.median ?? 0;
  const fineLives =
    served.resolutionMs > FINE_MS && !ordered
      ? livesOf({ ...served, end: mendedEnds(view, served), resolutionMs: 0 })
      : [];
  if (
    fineLives.some(overlaps) &&
    overlapping.length === 0 &&
    !slots &&
    !oneEach &&
    typical < ABOVE_RESOLUTION * served.resolutionMs
  ) {
    return say('reuse.why.coarse', {});
  }
  const pidOnly = overlapping.filter(({ worker }) => served.workers[worker]!.thread === undefined);
  const oneThread = (life: Life) => runsOneThread(view.timeline, served.workers[life.worker]!.pid);
  if (pidOnly.length > 0 && !pidOnly.every(oneThread)) return say('reuse.why.onlyProcess', {});
  return undefined;
}

/**
 * Idents that are given again tell nothing of who returns. A process that never does was a new one; and who has several requests at once
 * lives on meanwhile: its ident can't have been given to another.
 */
function isOneLife({ workers }: ServedRequests, lives: readonly Life[]): boolean {
  const once = lives.every(({ requests, worker }) => requests === 1 && workers[worker]!.pid !== undefined);
  return once || lives.every((life) => overlaps(life));
}

/**
 * A name without a number that many threads may bear. One that never has two requests at once is a single thread's if it is called a
 * thread, or its process is told, and there is no other (a logger's name may stand in the same place), or if there are no more workers than
 * the limit has room for.
 *
 *     pool-1-thread-1 ▐██▌▐██▌▐██▌
 *     pool-1-thread-2  ▐██▌▐██▌▐██▌      three in service at the limit
 *     HTTP-Dispatcher   ▐██▌▐██▌
 */
function sharedName(served: ServedRequests, lives: readonly Life[], oneEach: boolean): string | undefined {
  const workerOf = ({ worker }: Life) => served.workers[worker]!;
  const shared = lives.filter((life) => workerOf(life).identity === 'shared-name');
  const [first] = shared;
  if (!first || shared.every((life) => isMainThread(workerOf(life)))) return undefined;
  const single = lives.length === 1 && (workerOf(first).pid !== undefined || isCalledThread(workerOf(first)));
  const ofMany = oneEach && lives.length > shared.length;
  return (single || ofMany) && !shared.some(overlaps) ? undefined : (workerOf(first).thread ?? '');
}

/**
 * Where lines were lost, an end may be taken for that of an earlier request of the same id: some workers seem to have two at once. Those
 * of an event loop do so all alike.
 */
function loopsAmong(lives: readonly Life[], lossy: boolean): readonly Life[] {
  const loops = lives.filter(overlaps);
  const could = lives.filter(({ requests }) => requests >= OVERLAP_AT_LEAST).length;
  return lossy && loops.length < LOOPS_SHARE * could ? [] : loops;
}

/** The worker had several requests at once, more often than lines change places. */
const overlaps = (life: Life): boolean =>
  life.atOnce >= OVERLAP_AT_LEAST && life.overlapping >= Math.max(OVERLAP_AT_LEAST, OVERLAP_SHARE * life.requests);

/** What is counted of the log beside the lives. */
interface Counted {
  readonly chances: number;
  readonly known: number;
  /** The most requests in service at once, if that is exact. */
  readonly limit: number | undefined;
}

function answer(view: View, served: ServedRequests, lives: readonly Life[], counted: Counted): Reuse {
  const { chances, known, limit } = counted;
  const counts = lives.map(({ requests }) => requests).sort((a, b) => a - b);
  const workers = lives.map(({ worker }) => served.workers[worker]!);
  const processes = new Set(workers.flatMap((worker) => processOf(worker) ?? [])).size;
  const judged = judge(view, served, lives, chances);
  const { pattern, methods, recycledAfter, why } = judged;
  if (pattern === 'unknown') return unknown(why!);
  const unit = judged.unit ?? unitIn(view.timeline, workers, pattern);
  const number = judged.workers ?? lives.length;
  if (judged.workers !== undefined) counts.fill(1);
  const min = counts[0]!;
  const max = counts.at(-1)!;
  const agreeing = methods.filter(({ agrees }) => agrees).length;
  const basis = {
    served,
    chances,
    known,
    // A pool's workers were all seen before.
    unseen: pattern !== 'reused' && isNewAtDeath(view, served),
    confirmed: isConfirmed(served, lives, pattern, limit),
  };
  const sure = confidenceOf(judged, basis);
  // Names that threads and processes bear alike tell who returns, but not what.
  const confidence = unit === undefined && sure === 'high' ? 'medium' : sure;
  return {
    bound:
      pattern === 'inconclusive'
        ? 'unknown'
        : (agreeing >= 2 && !judged.doubtful && !judged.cut && !basis.unseen) || confidence === 'high'
          ? 'exact'
          : 'estimate',
    confidence,
    pattern,
    ...(unit === undefined ? {} : { unit }),
    workers: number,
    ...(processes > 0 ? { processes } : {}),
    requestsPerWorker: { min, median: counts[Math.floor((counts.length - 1) / 2)]!, max },
    ...(recycledAfter === undefined ? {} : { recycledAfter }),
    statement: say('reuse.statement', {
      pattern,
      unit,
      workers: number,
      processes: processes > 0 ? processes : undefined,
      requests: known,
      recycledAfter,
      recycledUpTo: judged.differ?.high,
      min,
      max,
    }),
    evidence: evidenceOf(view, served, lives, pattern),
    methods,
    caveats: caveatsOf(judged, basis),
    recordNext: pattern === 'inconclusive' ? [say('reuse.next.late', {})] : [],
  };
}

/** The server died, and whoever served its first request then is in no line. */
const isNewAtDeath = ({ outage }: View, { beginsDerived, workers }: ServedRequests): boolean =>
  outage !== undefined && beginsDerived && workers.length > 1;

/**
 * Whether what stands in a learned line is the worker: a thread that is called so, or words that come again, of which as many are at work
 * at once as requests were in service at the limit: what counts them knows nothing of names.
 */
function isConfirmed(
  served: ServedRequests,
  lives: readonly Life[],
  pattern: ReusePattern,
  limit: number | undefined,
): boolean {
  if (pattern === 'reused' || pattern === 'recycled') return limit !== undefined && slotsOf(lives) === limit;
  const says = pattern === 'per-request' ? isCalledThread : isMainThread;
  return lives.every(({ worker }) => says(served.workers[worker]!));
}

function judge(view: View, served: ServedRequests, lives: readonly Life[], chances: number): Judged {
  const loops = loopsAmong(lives, view.service?.lossy === true);
  const overlapMethod = {
    name: say('reuse.method.overlap', {}),
    value: Math.max(...lives.map(({ atOnce }) => atOnce)),
  };
  if (loops.length > 0) {
    const named = loops.every(({ worker }) => isMainThread(served.workers[worker]!));
    const alone = loops.length === lives.length && onlyThreads(served, lives);
    if (lives.every(({ worker }) => served.workers[worker]!.pid === undefined) && (named || alone)) {
      return judgeNamesAlone(view, served, overlapMethod, named, chances);
    }
    if (named || alone) {
      const runtime = loops.every(({ worker }) => runsOneThread(view.timeline, served.workers[worker]!.pid));
      const runtimeMethod = { name: say('reuse.method.runtime', {}), value: 'one thread', agrees: true };
      return {
        pattern: 'event-loop',
        methods: [{ ...overlapMethod, agrees: true }, ...(runtime ? [runtimeMethod] : [namesMethod('loop', named)])],
      };
    }
    return { pattern: 'unknown', methods: [], why: say('reuse.why.mixed', {}) };
  }
  if (chances === 0) return { pattern: 'inconclusive', methods: [] };
  const starts = byStart(served, lives);
  if (starts.every((ofOne) => ofOne.length === 1)) return judgeSingle(view, served, lives);
  const again = lives.filter(({ requests }) => requests > 1).length;
  const againMethod = { name: say('reuse.method.again', {}), value: again };
  const names = lives.map(({ worker }) => served.workers[worker]!);
  if (again === 0) {
    const counting = nameCountsRequests(names);
    return { pattern: 'per-request', methods: [{ ...againMethod, agrees: true }, namesMethod('requests', counting)] };
  }
  const recycled = recycledAfterOf(view, lives);
  const slots = slotsOf(lives);
  const slotsMethod = { name: say('reuse.method.slots', {}), value: slots };
  if (recycled !== undefined) {
    return {
      pattern: 'recycled',
      ...(recycled.after === undefined ? { doubtful: true } : { recycledAfter: recycled.after }),
      // Servers that add a random part, or let some requests slip in, never replace a worker before the number that was set.
      ...(recycled.low === recycled.high ? {} : { differ: recycled }),
      methods: [
        { ...againMethod, agrees: true },
        { name: say('reuse.method.lifetimes', {}), value: lives.length, agrees: true },
        { ...slotsMethod, agrees: slots < lives.length },
        ...(recycled.said ? [{ name: say('reuse.method.notices', {}), value: recycled.said, agrees: true }] : []),
      ],
    };
  }
  const few = again < Math.min(REUSED_AT_LEAST, REUSED_SHARE * Math.min(lives.length, chances));
  // Of a wide pool few are seen again where few requests came late; a slot's name that returns tells it all the same.
  if (few && (again < SLOTS_AGAIN || !nameCountsSlots(names))) {
    return { pattern: 'unknown', methods: [], why: say('reuse.why.mixed', {}) };
  }
  // Every place was taken anew, though no number of requests shows after which: a pool does not do so.
  // Of a log that shows a part of the run nobody knows whether workers are replaced in the rest.
  const cut = (view.coverage?.outside ?? 0) >= CUT_SHARE;
  const turnedOver = starts.some((ofOne) => ofOne.length >= GENERATIONS * Math.max(1, slotsOf(ofOne)));
  const lossy = view.service?.lossy === true;
  return {
    pattern: 'reused',
    ...(few || turnedOver || starts.some((ofOne) => stoppedAtMost(ofOne, lossy)) ? { doubtful: true } : {}),
    ...(cut ? { cut } : {}),
    methods: [
      { ...againMethod, agrees: true },
      { ...slotsMethod, agrees: true },
      namesMethod('slots', nameCountsSlots(names)),
    ],
  };
}

/** One name only. Where it is that of every process' first thread, several processes may take turns behind it. */
function judgeSingle(view: View, served: ServedRequests, lives: readonly Life[]): Judged {
  if (mayOverlapUnseen(view, served)) return { pattern: 'unknown', methods: [], why: say('reuse.why.beginsLost', {}) };
  const methods = [
    { name: say('reuse.method.again', {}), value: Math.max(...lives.map(({ requests }) => requests)), agrees: true },
  ];
  const worker = served.workers[lives[0]!.worker]!;
  if (worker.pid !== undefined || !isMainThread(worker)) return { pattern: 'single', methods };
  if (countsAgain(served) || behindNames(view, served).processes === 'several') {
    return { pattern: 'unknown', methods: [], why: say('reuse.why.severalProcesses', {}) };
  }
  return { pattern: 'single', methods };
}

/** Many requests of which the log has the end alone, and ends so close to each other that they must have been in service at once. */
function mayOverlapUnseen({ service }: View, { orphanEnds, end, count }: ServedRequests): boolean {
  const lost = orphanEnds.count;
  if (lost < Math.max(OVERLAP_AT_LEAST, OVERLAP_SHARE * count)) return false;
  const usual = service?.typical?.service.median ?? 0;
  const ends = Float64Array.from([...end, ...orphanEnds.time])
    .filter(Number.isFinite)
    .sort();
  let close = 0;
  for (let i = 1; i < ends.length; i++) if (ends[i]! - ends[i - 1]! < CLOSE_ENDS * usual) close++;
  return usual === 0 || close >= Math.max(OVERLAP_AT_LEAST, OVERLAP_SHARE * ends.length);
}

/** Names without a process: one loop, or as many processes whose only threads bear the same name. */
function judgeNamesAlone(
  view: View,
  served: ServedRequests,
  overlap: Pick<Method, 'name' | 'value'>,
  main: boolean,
  chances: number,
): Judged {
  const { processes, allFirst } = behindNames(view, served);
  const counts = { name: say('reuse.method.counts', {}), value: processes, agrees: true };
  if (processes === 'several') {
    if (!allFirst) return { pattern: 'unknown', methods: [], why: say('reuse.why.severalProcesses', {}) };
    return chances === 0
      ? { pattern: 'inconclusive', methods: [] }
      : { pattern: 'per-request', methods: [counts], unit: 'process', workers: served.count };
  }
  if (processes === 'unknown' && !main) {
    return { pattern: 'unknown', methods: [], why: say('reuse.why.severalProcesses', {}) };
  }
  const methods = [{ ...overlap, agrees: true }, namesMethod('loop', main)];
  return processes === 'one'
    ? { pattern: 'event-loop', methods: [...methods, counts] }
    : { pattern: 'event-loop', methods: methods.slice(0, 1), noProcess: true };
}

const namesMethod = (value: string, agrees: boolean): Method => ({
  name: say('reuse.method.names', {}),
  value,
  agrees,
});

/** Each process shows one thread only: several requests at once on it are coroutines. */
function onlyThreads(served: ServedRequests, lives: readonly Life[]): boolean {
  const processes = new Set(lives.map(({ worker }) => `${served.workers[worker]!.pid}/${startOf(served, worker)}`));
  return processes.size === lives.length;
}

function evidenceOf(
  { timeline }: View,
  served: ServedRequests,
  lives: readonly Life[],
  pattern: ReusePattern,
): readonly Evidence[] {
  const { orphanEnds, count } = served;
  const at = (i: number) =>
    i < count
      ? { source: served.source[i]!, line: served.beginLine[i]! || served.endLine[i]! }
      : { source: orphanEnds.source[i - count]!, line: orphanEnds.line[i - count]! };
  const label = (life: Life) => workerLabel(served.workers[life.worker]!);
  const requestsOf = (life: Life) => {
    const list: number[] = [];
    const workers = [served.worker, orphanEnds.worker];
    for (let i = 0; i < count && list.length < 3; i++) if (workers[0]![i] === life.worker) list.push(i);
    for (let i = 0; i < orphanEnds.count && list.length < 3; i++)
      if (workers[1]![i] === life.worker) list.push(count + i);
    return list;
  };
  if (pattern === 'event-loop') {
    const loop = lives.find(overlaps)!;
    return requestsOf(loop)
      .slice(0, 2)
      .map((i) => cite(timeline, at(i), say('reuse.says.while', { worker: label(loop), n: loop.atOnce })));
  }
  const again =
    pattern === 'per-request' || pattern === 'inconclusive' ? undefined : lives.find(({ requests }) => requests > 1);
  if (again) {
    const [first, second] = requestsOf(again);
    return [
      cite(timeline, at(first!), say('reuse.says.first', { worker: label(again) })),
      cite(timeline, at(second!), say('reuse.says.again', { worker: label(again) })),
    ];
  }
  const last = lives.at(-1)!;
  return [
    cite(timeline, at(lives[0]!.first), say('reuse.says.first', { worker: label(lives[0]!) })),
    ...(last === lives[0] ? [] : [cite(timeline, at(last.first), say('reuse.says.other', { worker: label(last) }))]),
  ];
}

function unknown(why: Message): Reuse {
  return {
    bound: 'unknown',
    confidence: 'low',
    pattern: 'unknown',
    statement: say('reuse.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext: [say('reuse.next.worker', {})],
  };
}
