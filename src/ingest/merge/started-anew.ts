import { EVENT, type ServerEvents, type ServerNotice, type Worker } from '../../model/events.js';
import { NONE_U32 } from '../../model/samples.js';
import type { EpochMs } from '../../model/time.js';
import type { ServerStart } from '../../model/timeline.js';
import type { ListenerChange } from './listener-changed.js';
import { inTime, type Pause, pausedStarts } from './paused-starts.js';

/** Of the requests that were open at a start, so many must end after it for the server to have lived through: fewer are lost lines. */
const CROSS_SHARE = 0.5;
/** Durations of access lines lead back this much too far at times, ms. */
const LED_BACK_MS = 100;

/** More lines of starting than this are no tests: each worker writes one, or a server cannot start. */
const MANY_STARTS = 50;

/** A log's events, each worker belonging to one start of the server. */
export interface Started {
  readonly events: ServerEvents;
  readonly starts: readonly ServerStart[];
}

/**
 * A server that says a second time what servers say when they start, after it has served, was started anew: names, ids of processes and
 * counts begin anew with it, and whoever bears an old name is somebody else. Unless something lives on: a process, or a request that was
 * begun before and ends after it; then another server writes into the same log, or a worker of the same one has come. One that says nothing
 * of it is known by its requests (`paused-starts.ts`).
 *
 *     Serving on :8080                      Serving on :8080
 *            Thread-1 ▐██▌                         Thread-1 ▐██▌         two threads
 *               Thread-2 ▐██▌                          Thread-2 ▐██▌
 *
 * @param events with their times on the client's clock
 * @param notices likewise
 */
export function startedAnew(events: ServerEvents, notices: readonly ServerNotice[]): Started {
  const lines = startLines(notices);
  const starts = lines.filter(({ again }) => again);
  const cuts: Cut[] = [];
  if (starts.length > MANY_STARTS) return { events, starts: [] };
  const own = new Set(lines.map(({ source }) => source));
  for (const start of starts) {
    const cut = cutAt(events, start, own, cuts.at(-1));
    if (cut && !livesOn(events, cut)) cuts.push(cut);
  }
  // Where it says nothing of it, its lines of requests may show it.
  if (cuts.length === 0) {
    const paused = pausedStarts(events, (pause) => livesOn(events, pause));
    cuts.push(...paused.map(({ before, after }) => cutOf(events, before, after)));
  }
  return cuts.length === 0 ? { events, starts: [] } : split(events, cuts);
}

/**
 * The same where nothing but looks tells it: others listen, so that a name that comes again behind the longest silence between these looks is
 * somebody else's. Processes tell it by their ids.
 */
export function listenedAnew(events: ServerEvents, changes: readonly ListenerChange[]): Started {
  const cuts: Cut[] = [];
  for (const change of changes) {
    const order = inTime(events, cuts.at(-1)?.after ?? [...events.time.keys()]);
    const first = afterSilence(events, order, change);
    if (first === undefined) continue;
    const cut = cutOf(events, order.slice(0, first), order.slice(first));
    if (sharesNames(events, cut) && !livesOn(events, cut)) cuts.push(cut);
  }
  return cuts.length === 0 ? { events, starts: [] } : split(events, cuts);
}

/** Which of the events, in order of time, is the first after the longest silence that a change may lie in. */
function afterSilence({ time }: ServerEvents, order: readonly number[], { from, to }: ListenerChange) {
  let found: number | undefined;
  let longest = 0;
  for (let k = 1; k < order.length; k++) {
    const [last, next] = [time[order[k - 1]!]!, time[order[k]!]!];
    if (last > to || next < from || next - last <= longest) continue;
    longest = next - last;
    found = k;
  }
  return found;
}

/** A name without a process comes before and after. */
function sharesNames({ worker, workers }: ServerEvents, { before, after }: Cut): boolean {
  const old = new Set(before.map((i) => worker[i]!));
  return after.some((i) => old.has(worker[i]!) && workers[worker[i]!] && workers[worker[i]!]!.pid === undefined);
}

/** A line that a server writes when it starts; `again` where it has written the same before. */
interface Start {
  readonly source: number;
  readonly line: number;
  readonly time?: EpochMs;
  readonly again: boolean;
}

function startLines(notices: readonly ServerNotice[]): readonly Start[] {
  const seen = new Set<string>();
  const inOrder = [...notices].sort((a, b) => a.source - b.source || a.line - b.line);
  return inOrder.flatMap(({ notice, source, line, time }) => {
    if (notice.kind !== 'server' && notice.kind !== 'listening') return [];
    const key = JSON.stringify([source, { ...notice, version: undefined }]);
    const again = seen.has(key);
    seen.add(key);
    return [{ source, line, again, ...(time === undefined ? {} : { time }) }];
  });
}

/** Which events come before a start and which after it; those that cannot be told are in neither. */
interface Cut extends ServerStart, Pause {}

/**
 * Events of the line's own file are divided by their place. Those of other files belong to the same server where these tell of no start
 * of their own, and are divided by time if the line has one.
 */
function cutAt(events: ServerEvents, start: Start, own: ReadonlySet<number>, last: Cut | undefined): Cut | undefined {
  const before: number[] = [];
  const after: number[] = [];
  const open = last ? new Set(last.after) : undefined;
  for (let i = 0; i < events.count; i++) {
    const side = isAfter(events, i, start, own);
    if (side === undefined) continue;
    if (side) after.push(i);
    else if (!open || open.has(i)) before.push(i);
  }
  if (before.length === 0 || after.length === 0) return undefined;
  return cutOf(events, before, after, start.time);
}

/** A start at which nobody knows the time came with the first request after it. */
function cutOf(events: ServerEvents, before: readonly number[], after: readonly number[], at?: EpochMs): Cut {
  const first = after.reduce((t, i) => Math.min(t, begunAt(events, i)), Number.POSITIVE_INFINITY);
  const sources = [...new Set([...before, ...after].map((i) => events.source[i]!))];
  return { at: at ?? first, sources, before, after };
}

function isAfter(events: ServerEvents, i: number, start: Start, own: ReadonlySet<number>): boolean | undefined {
  const source = events.source[i]!;
  if (source === start.source) return events.line[i]! > start.line;
  return own.has(source) || start.time === undefined ? undefined : events.time[i]! >= start.time;
}

/** When the request began of which the event tells; the event's own time where it does not lead back. */
function begunAt({ time, duration, kind }: ServerEvents, i: number): number {
  return kind[i] === EVENT.span && !Number.isNaN(duration[i]!) ? time[i]! - duration[i]! : time[i]!;
}

/** A process that served before serves after it, or requests that were in service end after it. */
function livesOn(events: ServerEvents, { before, after }: Pause): boolean {
  const pidOf = (i: number) => events.workers[events.worker[i]!]?.pid;
  const pids = new Set(before.map(pidOf).filter((pid) => pid !== undefined));
  if (after.some((i) => pids.has(pidOf(i)!))) return true;
  const last = before.reduce((t, i) => Math.max(t, events.time[i]!), Number.NEGATIVE_INFINITY);
  const ledBack = after.some((i) => begunAt(events, i) < Math.min(last, events.time[i]!) - LED_BACK_MS);
  if (ledBack) return true;
  const open = openIds(events, before);
  const crossing = endingFirst(events, after).filter((id) => open.has(id)).length;
  return crossing > 0 && crossing >= CROSS_SHARE * open.size;
}

/** Ids that begin once more than they end. */
function openIds({ id, kind }: ServerEvents, list: readonly number[]): ReadonlySet<number> {
  const balance = new Map<number, number>();
  for (const i of list) {
    if (Number.isNaN(id[i]!) || kind[i] === EVENT.span) continue;
    balance.set(id[i]!, (balance.get(id[i]!) ?? 0) + (kind[i] === EVENT.begin ? 1 : -1));
  }
  return new Set([...balance].filter(([, n]) => n > 0).map(([one]) => one));
}

/** Ids whose first event is an end. */
function endingFirst({ id, kind }: ServerEvents, list: readonly number[]): readonly number[] {
  const seen = new Set<number>();
  const ends: number[] = [];
  for (const i of list) {
    if (Number.isNaN(id[i]!) || seen.has(id[i]!)) continue;
    seen.add(id[i]!);
    if (kind[i] === EVENT.end) ends.push(id[i]!);
  }
  return ends;
}

/** Gives the workers after each start codes of their own. */
function split(events: ServerEvents, cuts: readonly Cut[]): Started {
  const worker = events.worker.slice();
  const workers: Worker[] = [...events.workers];
  for (const [k, { after }] of cuts.entries()) {
    const codes = new Map<number, number>();
    for (const i of after) {
      const code = events.worker[i]!;
      if (code === NONE_U32) continue;
      if (!codes.has(code)) codes.set(code, workers.push({ ...events.workers[code]!, start: k + 1 }) - 1);
      worker[i] = codes.get(code)!;
    }
  }
  return { events: { ...events, worker, workers }, starts: cuts.map(({ at, sources }) => ({ at, sources })) };
}
