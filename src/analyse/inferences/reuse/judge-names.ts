import type { Method } from '../../../model/finding.js';
import { OUTCOME_CODE } from '../../../model/samples.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import type { View } from '../../view.js';
import { everHeldTwo, OVERLAP_AT_LEAST, OVERLAP_SHARE } from './at-once.js';
import { behindNames, countsAgain } from './behind.js';
import type { Life } from './lives.js';
import { isMainThread } from './names.js';
import { unitByOwnWord } from './own-word.js';
import { startOf } from './starts.js';
import type { Judged } from './sureness.js';

/** Ends closer than this share of a request's time are of requests that were in service at once. */
const CLOSE_ENDS = 0.5;

/** One name only. Where it is that of every process' first thread, several processes may take turns behind it. */
export function judgeSingle(view: View, served: ServedRequests, lives: readonly Life[]): Judged {
  if (mayOverlapUnseen(view, served) || servedAtOnce(view))
    return { pattern: 'unknown', methods: [], why: say('reuse.why.beginsLost', {}) };
  if (everHeldTwo(view, served, lives)) return { pattern: 'unknown', methods: [], why: say('reuse.why.mixed', {}) };
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

/** A time in service that the log does not show may be so much shorter than the shortest that it shows. */
const SHORTER = 0.9;

/**
 * The client had answers, of which the log that covers a part of the run has no line, in less time than one worker takes for both.
 *
 *     client   ▐██████▌                log             ▐██████▌ ▐██████▌
 *               ▐██████▌
 */
function servedAtOnce({ timeline: { samples }, begunAt, coverage, service }: View): boolean {
  const shortest = service?.typical?.service.min ?? 0;
  if (!samples || !begunAt || !coverage || shortest <= 0) return false;
  const { start, elapsed, outcome } = samples;
  const end = (i: number) => start[i]! + elapsed[i]!;
  const isOutside = (i: number) =>
    Number.isNaN(begunAt[i]!) && (end(i) < coverage.from || end(i) > coverage.to) && elapsed[i]! >= SHORTER * shortest;
  const outside = [...outcome.keys()]
    .filter((i) => outcome[i] === OUTCOME_CODE.succeeded && isOutside(i))
    .sort((a, b) => end(a) - end(b));
  return outside.some((i, k) => {
    const before = outside[k - 1];
    return before !== undefined && end(i) - Math.min(start[i]!, start[before]!) < 2 * SHORTER * shortest;
  });
}

/** Names without a process: one loop, or as many processes whose only threads bear the same name. */
export function judgeNamesAlone(
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
  // A server that says that each of its workers serves one at a time has several behind one name that serves two.
  const own = unitByOwnWord(view.timeline);
  const oneEach = own === 'process' || own === 'thread';
  if (processes === 'unknown' && (!main || oneEach)) {
    return { pattern: 'unknown', methods: [], why: say('reuse.why.severalProcesses', {}) };
  }
  const methods = [{ ...overlap, agrees: true }, namesMethod('loop', main)];
  return processes === 'one'
    ? { pattern: 'event-loop', methods: [...methods, counts] }
    : { pattern: 'event-loop', methods: methods.slice(0, 1), noProcess: true };
}

/** What the numbers in the names say. */
export const namesMethod = (value: string, agrees: boolean): Method => ({
  name: say('reuse.method.names', {}),
  value,
  agrees,
});

/** Each process shows one thread only: several requests at once on it are coroutines. */
export function onlyThreads(served: ServedRequests, lives: readonly Life[]): boolean {
  const processes = new Set(lives.map(({ worker }) => `${served.workers[worker]!.pid}/${startOf(served, worker)}`));
  return processes.size === lives.length;
}
