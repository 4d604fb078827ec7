import type { Bound, Confidence, Method, ReusePattern, WorkerUnit } from '../../../model/finding.js';
import type { Message } from '../../../model/message.js';
import type { ServedRequests } from '../../../model/timeline.js';
import { say } from '../../../words/ids.js';

/** Share of the requests whose worker must be known for the pattern to be beyond doubt. */
const FULL = 0.9;
/** Requests that began after another had finished, from which the pattern is beyond doubt. */
const MANY_CHANCES = 5;
/** … or so many where the workers' numbers count requests as well: a pool serves by turns, too. */
const SOME_CHANCES = 3;

/** What the workers' lives say, and what is left open. */
export interface Judged {
  readonly pattern: ReusePattern;
  readonly methods: readonly Method[];
  readonly recycledAfter?: number;
  /** The fewest and most requests of replaced workers, where they differ. */
  readonly differ?: { readonly low: number; readonly high: number; readonly said?: number };
  readonly why?: Message;
  /** What would tell, where it is not the workers' names. */
  readonly next?: Message;
  /** Another pattern would look the same with so few requests. */
  readonly doubtful?: boolean;
  /** Another process may bear the names of one before. */
  readonly anew?: boolean;
  /** What shows the pattern was seen once or so. */
  readonly seldom?: boolean;
  /** The log shows a part of the run only. */
  readonly cut?: boolean;
  /** So many requests were answered that no line tells of, each by a worker of its own. */
  readonly unlined?: number;
  /** Nothing tells whether one process or several stand behind a name. */
  readonly noProcess?: boolean;
  /** Where the names tell neither. */
  readonly unit?: WorkerUnit;
  readonly workers?: number;
}

/** How much of the log the judgement rests on. */
export interface Basis {
  readonly served: ServedRequests;
  /** Requests that began after another had finished. */
  readonly chances: number;
  /** Requests whose worker is known. */
  readonly known: number;
  /** What the workers are, if anything tells. */
  readonly unit: WorkerUnit | undefined;
  /** Other workers may have begun their first request when the server died: lines that are written at the end do not tell of them. */
  readonly unseen: boolean;
  /** What the log calls workers is known for them by more than its place in a line of unknown form. */
  readonly confirmed: boolean;
  /** Processes that died and had others in their places. */
  readonly killed: number;
}

/** How sure the pattern is, its number of workers included; names that threads and processes bear alike tell who returns, but not what. */
export function confidenceOf(judged: Judged, basis: Basis): Confidence {
  const sure = ofPattern(judged, basis);
  return basis.unit === undefined && sure === 'high' ? 'medium' : sure;
}

/** Exact where two methods agree, or the data leave no other reading. */
export function boundOf(judged: Judged, basis: Basis): Bound {
  const { pattern, methods, doubtful, anew, cut, unlined } = judged;
  if (pattern === 'inconclusive') return 'unknown';
  const open = doubtful || anew || cut || unlined || basis.unseen;
  const agree = methods.filter(({ agrees }) => agrees).length >= 2 && !open;
  return agree || confidenceOf(judged, basis) === 'high' ? 'exact' : 'estimate';
}

function ofPattern(
  { pattern, methods, differ, noProcess, doubtful, anew, seldom, cut, unlined }: Judged,
  { served, chances, known, unseen, confirmed }: Basis,
): Confidence {
  if (pattern === 'inconclusive') return 'low';
  const full = known >= FULL * served.count;
  const named = methods.every(({ agrees }) => agrees);
  // A server that says itself that it replaces workers leaves open only after how many requests.
  if ((differ && differ.said === undefined) || noProcess || doubtful || anew || seldom || cut || unlined || unseen)
    return 'medium';
  // Of a log that was learnt, a word that never comes again may be no worker at all; one that comes again and again, alone, is.
  const again = pattern === 'reused' || pattern === 'recycled';
  if (served.learned && !confirmed && !(again && named)) return chances >= MANY_CHANCES ? 'medium' : 'low';
  if (pattern === 'event-loop') return named || methods[0]!.agrees ? 'high' : 'medium';
  if (pattern === 'per-request')
    return full && named && chances >= SOME_CHANCES ? 'high' : chances > 1 ? 'medium' : 'low';
  return full && chances >= MANY_CHANCES ? 'high' : 'medium';
}

/** What could still be otherwise. */
export function caveatsOf(
  { pattern, differ, noProcess, doubtful, anew, cut, unlined }: Judged,
  { served, chances, known, unit, unseen, killed }: Basis,
): readonly Message[] {
  const caveats: Message[] = [];
  if (differ) caveats.push(say('reuse.caveat.livesDiffer', { low: differ.low, high: differ.high }));
  if (doubtful) caveats.push(say('reuse.caveat.stopped', {}));
  if (anew) caveats.push(say('reuse.caveat.anew', {}));
  if (cut) caveats.push(say('reuse.caveat.cut', {}));
  if (unlined) caveats.push(say('reuse.caveat.unlined', { requests: unlined }));
  if (noProcess) caveats.push(say('reuse.caveat.noProcess', {}));
  if (unit === undefined && pattern !== 'inconclusive') caveats.push(say('reuse.caveat.noUnit', {}));
  if (killed > 0 && pattern === 'reused') caveats.push(say('reuse.caveat.killed', { n: killed }));
  if (unseen) caveats.push(say('reuse.caveat.unseen', {}));
  if (pattern !== 'inconclusive' && pattern !== 'event-loop' && chances < MANY_CHANCES) {
    caveats.push(say('reuse.caveat.fewChances', { chances }));
  }
  if (known < served.count) caveats.push(say('reuse.caveat.partial', { known, of: served.count }));
  return caveats;
}

/** What would tell the rest. */
export function nextOf({ pattern, anew }: Judged, { unit }: Basis): readonly Message[] {
  if (pattern === 'inconclusive') return [say('reuse.next.late', {})];
  if (anew) return [say('reuse.next.worker', {})];
  return unit === undefined ? [say('reuse.next.unit', {})] : [];
}
