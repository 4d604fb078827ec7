import type { Reading } from '../model/reading.js';
import { type ClientSamples, NONE_U32 } from '../model/samples.js';
import type { SocketSnapshot } from '../model/snapshot.js';
import type { EpochMs } from '../model/time.js';
import type { Clock, ServedRequests, Timeline } from '../model/timeline.js';
import { serverShift } from './align.js';
import { concatEvents, concatSamples } from './merge/concat.js';
import { servedRequests } from './merge/served.js';
import { snapshotShift } from './merge/snapshot-clock.js';
import type { ReadRun } from './read.js';

/** Puts all of a run on one clock, the client's, and pairs the server's begins with its ends. */
export function merge(run: ReadRun, clock: Clock, portOption?: number): Timeline {
  const { readings } = run;
  const samples = concatSamples(readings.flatMap(({ samples }) => (samples ? [samples] : [])));
  const events = concatEvents(readings.flatMap(({ events }) => (events ? [events] : [])));
  const shift = (zoned: boolean) => serverShift(clock, zoned);
  const served = events && servedRequests(events, shift, sampleFinder(samples));
  const port = portOf(run, samples, portOption);
  const rawSockets = readings.flatMap(({ sockets }) => sockets ?? []);
  const lookShift = snapshotShift(rawSockets, samples, port?.value, clock);
  const onClock = <T extends Timed>(list: readonly T[], by: (zoned: boolean) => number) => sorted(list, by);
  const sockets = onClock(rawSockets, lookShift);
  const ends = served || !events ? undefined : events.time.map((t, i) => t - shift(events.zoned[i] === 1));
  const period = periodOf(samples, served, sockets);
  return {
    id: run.id,
    runFile: run.context.runFile,
    sources: readings.map(({ source }) => source),
    clock,
    ...(samples ? { samples } : {}),
    ...(served ? { served } : {}),
    ...(ends ? { endsOnly: { count: ends.length, times: ends } } : {}),
    notices: onClock(
      readings.flatMap(({ notices }) => notices ?? []),
      shift,
    ),
    sockets,
    processes: onClock(
      readings.flatMap(({ processes }) => processes ?? []),
      lookShift,
    ),
    counters: onClock(
      readings.flatMap(({ counters }) => counters ?? []),
      lookShift,
    ),
    ...(port ? { port } : {}),
    ...period,
    ...logEnd(events?.time, events?.zoned, shift),
    caveats: [],
  };
}

interface Timed {
  readonly time?: EpochMs;
  readonly zoned?: boolean;
}

/** On the run's clock and in time order; what has no time stands at the end, in the order in which it was read. */
function sorted<T extends Timed>(list: readonly T[], shift: (zoned: boolean) => number): readonly T[] {
  const moved = list.map((one) =>
    one.time === undefined ? one : { ...one, time: one.time - shift(one.zoned === true) },
  );
  return moved.sort((a, b) => (a.time ?? Number.POSITIVE_INFINITY) - (b.time ?? Number.POSITIVE_INFINITY) || 0);
}

/** Finds the sample of the nth request with an id; samples of one id count in the order of their starts. */
function sampleFinder(samples: ClientSamples | undefined): (id: number, nth: number) => number {
  if (!samples) return () => NONE_U32;
  const first = new Map<number, number>();
  const more = new Map<number, number[]>();
  for (let i = 0; i < samples.count; i++) {
    const id = samples.id[i]!;
    if (Number.isNaN(id)) continue;
    const known = first.get(id);
    if (known === undefined) first.set(id, i);
    else more.set(id, [...(more.get(id) ?? [known]), i]);
  }
  for (const list of more.values()) list.sort((a, b) => samples.start[a]! - samples.start[b]!);
  return (id, nth) => more.get(id)?.[nth] ?? (nth === 0 ? first.get(id) : undefined) ?? NONE_U32;
}

/** The port that clients connect to: option, run.yaml, URLs of the samples, the log's own word, in that order. */
function portOf(run: ReadRun, samples: ClientSamples | undefined, option: number | undefined): Timeline['port'] {
  if (option !== undefined) return { value: option, from: 'option' };
  const stated = run.context.runFile.port;
  if (stated !== undefined) return { value: stated, from: 'run-file' };
  const used = mostUsed(samples?.ports ?? new Map());
  if (used !== undefined) return { value: used, from: 'client-samples' };
  for (const { notices } of run.readings) {
    for (const { notice } of notices ?? []) {
      if (notice.kind === 'listening' && notice.port !== undefined) return { value: notice.port, from: 'listening' };
    }
  }
  const busiest = busiestPort(run.readings);
  return busiest === undefined ? undefined : { value: busiest, from: 'connections' };
}

function busiestPort(readings: readonly Reading[]): number | undefined {
  const rows = new Map<number, number>();
  for (const { sockets } of readings) {
    for (const { connections } of sockets ?? []) {
      for (const { port, side, count } of connections) {
        if (side === 'server') rows.set(port, (rows.get(port) ?? 0) + count);
      }
    }
  }
  return mostUsed(rows);
}

function mostUsed(counts: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  for (const [port, n] of counts) {
    const most = best === undefined ? 0 : counts.get(best)!;
    if (n > most || (n === most && best !== undefined && port < best)) best = port;
  }
  return best;
}

function periodOf(
  samples: ClientSamples | undefined,
  served: ServedRequests | undefined,
  sockets: readonly SocketSnapshot[],
): { from?: EpochMs; to?: EpochMs } {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  const widen = (t: number) => {
    if (!Number.isFinite(t)) return;
    from = Math.min(from, t);
    to = Math.max(to, t);
  };
  for (let i = 0; samples && i < samples.count; i++) {
    widen(samples.start[i]!);
    widen(samples.start[i]! + samples.elapsed[i]!);
  }
  for (let i = 0; served && i < served.count; i++) {
    widen(served.begin[i]!);
    widen(served.end[i]!);
  }
  // Looks at an idle server before and after are not the run; they make it only where nothing else does.
  if (from > to) for (const { time } of sockets) widen(time ?? Number.NaN);
  return from <= to ? { from, to } : {};
}

function logEnd(
  time: Float64Array | undefined,
  zoned: Uint8Array | undefined,
  shift: (zoned: boolean) => number,
): { logEnd?: EpochMs } {
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; time && i < time.length; i++) {
    const t = time[i]! - shift(zoned?.[i] === 1);
    if (t > last) last = t;
  }
  return Number.isFinite(last) ? { logEnd: last } : {};
}
