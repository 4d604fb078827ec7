import type { Message } from '../../../model/message.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';
import { FINE_MS } from '../../fine.js';
import type { View } from '../../view.js';
import { mendedEnds, overlaps } from './at-once.js';
import { type Life, livesOf, slotsOf } from './lives.js';
import { isCalledThread, isMainThread } from './names.js';
import { unitByOwnWord } from './own-word.js';
import { runsOneThread } from './runtime.js';

/** Requests must take so many steps of the clock for overlaps to tell anything. */
const ABOVE_RESOLUTION = 3;
/** uWSGI's cores: each is a thread's place and serves one request at a time. */
const SLOT = /^core \d+$/;

/** Whose lives they are, and how they were told. */
export interface Told {
  readonly view: View;
  readonly served: ServedRequests;
  readonly lives: readonly Life[];
  /** What was at once is taken from the order of the lines. */
  readonly ordered: boolean;
  /** The most requests in service at once, if that is exact. */
  readonly limit: number | undefined;
}

/** Why the names cannot tell workers apart, if they cannot. */
export function whyNotTold(told: Told): Message | undefined {
  const { view, served, lives, limit } = told;
  if (served.identity === 'recycled-ident' && !isOneLife(served, lives) && !keepsThreads(view))
    return say('reuse.why.recycledIdent', {});
  // Each of as many workers as are in service at the limit serves one at a time.
  const oneEach = limit !== undefined && limit === slotsOf(lives);
  const shared = sharedName(served, lives, oneEach);
  if (shared !== undefined) return say('reuse.why.sharedName', { name: shared });
  if (!oneEach && isTooCoarse(told)) return say('reuse.why.coarse', {});
  const pidOnly = lives.filter((life) => overlaps(life) && served.workers[life.worker]!.thread === undefined);
  const oneThread = (life: Life) => runsOneThread(view.timeline, served.workers[life.worker]!.pid);
  if (pidOnly.length > 0 && !pidOnly.every(oneThread)) return say('reuse.why.onlyProcess', {});
  return undefined;
}

/** Whole seconds do not tell whether requests that take less were served one after another; a named slot serves one at a time. */
function isTooCoarse({ view, served, lives, ordered }: Told): boolean {
  const slots = lives.every(({ worker }) => SLOT.test(served.workers[worker]!.thread ?? ''));
  const typical = view.service?.typical?.service.median ?? 0;
  if (served.resolutionMs <= FINE_MS || ordered || slots || typical >= ABOVE_RESOLUTION * served.resolutionMs) {
    return false;
  }
  const fine = livesOf({ ...served, end: mendedEnds(view, served), resolutionMs: 0 });
  return fine.some(overlaps) && !lives.some(overlaps);
}

/**
 * Idents that are given again tell nothing of who returns. A process that never does was a new one; and who has several requests at once
 * lives on meanwhile: its ident can't have been given to another.
 */
function isOneLife({ workers }: ServedRequests, lives: readonly Life[]): boolean {
  const once = lives.every(({ requests, worker }) => requests === 1 && workers[worker]!.pid !== undefined);
  return once || lives.every((life) => overlaps(life));
}

/** A server that says that it serves on threads or processes of a pool gives the ident of none to another. */
const keepsThreads = ({ timeline }: View): boolean => {
  const unit = unitByOwnWord(timeline);
  return unit === 'thread' || unit === 'process';
};

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
