import type { Worker } from '../../../model/events.js';
import type { Reuse } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import { NONE_U32 } from '../../../model/samples.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { FINE_MS } from '../../fine.js';
import type { View } from '../../view.js';
import type { Facts, Inference } from '../inference.js';
import { busyLives, loneLoop, loopsAmong, mendedEnds, overlaps, wholeAtOnce, withOrphans } from './at-once.js';
import { areProcesses, isConfirmed, isNewAtDeath } from './confirmed.js';
import { evidenceOf } from './evidence.js';
import { whyNotTold } from './identity.js';
import { isPartOfRun, judge } from './judge.js';
import { byOwnCount, chancesOfReuse, inLineOrder, type Life, livesOf, slotsOf } from './lives.js';
import { processOf } from './names.js';
import { killedOf } from './stated.js';
import { type Basis, boundOf, caveatsOf, confidenceOf, type Judged, nextOf } from './sureness.js';
import type { Clues } from './told-unit.js';
import { unitIn } from './unit.js';

/** Share of the requests whose worker must be known. */
const WORKERS_KNOWN = 0.5;

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
  const atOnce = ordered ?? (view.service?.lossy ? wholeAtOnce(view, served, timed) : timed);
  const lives = loneLoop(view, served, busyLives(served, atOnce));
  const limit = found.maxConcurrency?.bound === 'exact' ? found.maxConcurrency.value : undefined;
  const abstain = whyNotTold({ view, served, lives, ordered: ordered !== undefined, limit });
  if (abstain) return unknown(abstain);
  // What only seems to be at once, for want of an end, is no sign of a loop, and none against it.
  const lossy = view.service?.lossy === true && ordered === undefined;
  if (lossy && timed.some(overlaps) && loopsAmong(lives, true).length === 0) return unknown(say('reuse.why.mixed', {}));
  const chances = chancesOfReuse(served, withOrphans(served, ends).end);
  return answer(view, served, lives, { chances, known, limit });
}

/** What is counted of the log beside the lives. */
interface Counted {
  readonly chances: number;
  readonly known: number;
  /** The most requests in service at once, if that is exact. */
  readonly limit: number | undefined;
}

function answer(view: View, served: ServedRequests, lives: readonly Life[], counted: Counted): Reuse {
  const { chances, known, limit } = counted;
  const seen = judge(view, served, lives, chances);
  // Where nobody waited for the only worker, another may have served in the part of which the log is silent.
  const alone = seen.pattern === 'single' && limit === undefined && isPartOfRun(view);
  const judged = alone ? { ...seen, cut: true } : seen;
  const { pattern, methods, recycledAfter, why, next } = judged;
  if (pattern === 'unknown') return unknown(why!, next);
  const workers = lives.map(({ worker }) => served.workers[worker]!);
  const unit = judged.unit ?? unitIn(cluesOf(view, lives), workers, pattern);
  const basis = {
    served,
    chances,
    known,
    unit,
    // A pool's workers were all seen before.
    unseen: pattern !== 'reused' && isNewAtDeath(view, served),
    confirmed: isConfirmed(served, lives, pattern, limit) || areProcesses(view.timeline, served, lives),
    killed: killedOf(view.timeline, lives),
  };
  const numbers = numbersOf(workers, lives, judged.workers);
  return {
    bound: boundOf(judged, basis),
    confidence: confidenceOf(judged, basis),
    pattern,
    ...(unit === undefined ? {} : { unit }),
    ...numbers,
    ...(recycledAfter === undefined ? {} : { recycledAfter }),
    statement: statementOf(judged, basis, numbers),
    evidence: evidenceOf(view, served, lives, pattern),
    methods,
    caveats: caveatsOf(judged, basis),
    recordNext: nextOf(judged, basis),
  };
}

const cluesOf = ({ timeline, looks }: View, lives: readonly Life[]): Clues => ({
  timeline,
  slots: slotsOf(lives),
  behind: looks.some(({ inner }) => inner !== undefined),
});

type Numbers = Pick<Reuse, 'workers' | 'processes'> & Required<Pick<Reuse, 'requestsPerWorker'>>;

/** How many served how many requests each; `each` workers served one where names alone do not tell them apart. */
function numbersOf(workers: readonly Worker[], lives: readonly Life[], each: number | undefined): Numbers {
  const counts = lives.map(({ requests }) => (each === undefined ? requests : 1)).sort((a, b) => a - b);
  const processes = new Set(workers.flatMap((worker) => processOf(worker) ?? [])).size;
  const median = counts[Math.floor((counts.length - 1) / 2)]!;
  return {
    workers: each ?? lives.length,
    ...(processes > 0 ? { processes } : {}),
    requestsPerWorker: { min: counts[0]!, median, max: counts.at(-1)! },
  };
}

const statementOf = (
  { pattern, recycledAfter, differ }: Judged,
  { unit, known }: Basis,
  { workers, processes, requestsPerWorker: { min, max } }: Numbers,
): Message =>
  say('reuse.statement', {
    pattern,
    unit,
    workers,
    processes,
    requests: known,
    recycledAfter,
    recycledUpTo: differ?.high,
    min,
    max,
  });

function unknown(why: Message, next = say('reuse.next.worker', {})): Reuse {
  return {
    bound: 'unknown',
    confidence: 'low',
    pattern: 'unknown',
    statement: say('reuse.unknown', { why }),
    evidence: [],
    methods: [],
    caveats: [],
    recordNext: [next],
  };
}
