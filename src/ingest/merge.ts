import type { ServerEvents } from '../model/events.js';
import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../model/samples.js';
import type { SocketSnapshot } from '../model/snapshot.js';
import type { EpochMs } from '../model/time.js';
import type { ServedRequests, Timeline } from '../model/timeline.js';
import type { Alignment } from './align.js';
import { clientPort } from './merge/client-port.js';
import { concatEvents, concatSamples } from './merge/concat.js';
import { servedRequests } from './merge/served.js';
import { sharpened } from './merge/sharpened.js';
import { snapshotClock } from './merge/snapshot-clock.js';
import { startedAnew } from './merge/started-anew.js';
import { placedByLine } from './merge/unstamped.js';
import type { ReadRun } from './read.js';

/** Puts all of a run on one clock, the client's, and pairs the server's begins with its ends. */
export function merge(run: ReadRun, alignment: Alignment, portOption?: number): Timeline {
  const { clock, readings, onClient } = alignment;
  const samples = concatSamples(readings.flatMap(({ samples }) => (samples ? [samples] : [])));
  const events = concatEvents(readings.flatMap(({ events }) => (events ? [events] : [])));
  const times = events?.time.map((t, i) => onClient(t, events.zoned[i] === 1));
  const slack = SENT_BEFORE_MS + 2 * (clock.uncertaintyMs ?? 0) + coarsest(events);
  const sharp = events && times && sharpened(events, times, samples, clock.uncertaintyMs ?? 0);
  const placed = events && times && { ...events, time: times, ...(sharp ? sharp : {}) };
  const said = sorted(
    readings.flatMap(({ notices }) => notices ?? []),
    onClient,
  );
  const notices = sorted(placedByLine(said, placed), (time) => time);
  const started = placed && startedAnew(placed, notices);
  const paired =
    started && servedRequests(started.events, sampleFinder(samples, slack), answers(samples, slack), sharp?.stepMs);
  const served = paired && (started.starts.length > 0 ? { ...paired, starts: started.starts } : paired);
  const port = clientPort({ ...run, readings }, samples, portOption);
  const rawSockets = readings.flatMap(({ sockets }) => sockets ?? []);
  const lookTime = snapshotClock(rawSockets, { samples, served, port: port?.value }, alignment);
  const sockets = sorted(rawSockets, lookTime);
  const period = periodOf(samples, served, sockets);
  return {
    id: run.id,
    runFile: run.context.runFile,
    sources: readings.map(({ source }) => source),
    clock,
    ...(samples ? { samples } : {}),
    ...(served ? { served } : {}),
    ...(!served && times ? { endsOnly: { count: times.length, times, status: events!.status } } : {}),
    notices,
    sockets,
    processes: sorted(
      readings.flatMap(({ processes }) => processes ?? []),
      lookTime,
    ),
    counters: sorted(
      readings.flatMap(({ counters }) => counters ?? []),
      lookTime,
    ),
    ...(port ? { port } : {}),
    ...period,
    ...logEnd(times),
    caveats: [],
  };
}

const coarsest = (events: ServerEvents | undefined): number =>
  events?.resolution.reduce((most, resolution) => Math.max(most, resolution), 0) ?? 0;

interface Timed {
  readonly time?: EpochMs;
  readonly zoned?: boolean;
}

/** On the run's clock and in time order; what has no time stands at the end, in the order in which it was read. */
function sorted<T extends Timed>(
  list: readonly T[],
  onClock: (time: EpochMs, zoned: boolean) => EpochMs,
): readonly T[] {
  const moved = list.map((one) =>
    one.time === undefined ? one : { ...one, time: onClock(one.time, one.zoned === true) },
  );
  return moved.sort((a, b) => (a.time ?? Number.POSITIVE_INFINITY) - (b.time ?? Number.POSITIVE_INFINITY) || 0);
}

/** Clocks may err by so much beyond their stated uncertainty before a request would be begun ahead of its sending, ms. */
const SENT_BEFORE_MS = 20;

/**
 * Finds the sample of a request by id and time. Where an id occurs more than once (two tests in one recording), it is the last one
 * sent before that no other request of the log has taken.
 */
function sampleFinder(samples: ClientSamples | undefined, slackMs: number): (id: number, at: EpochMs) => number {
  if (!samples) return () => NONE_U32;
  const first = new Map<number, number>();
  const more = new Map<number, number[]>();
  for (let i = 0; i < samples.count; i++) {
    const id = samples.id[i]!;
    if (Number.isNaN(id)) continue;
    const known = first.get(id);
    if (known === undefined) first.set(id, i);
    else {
      const list = more.get(id);
      if (list) list.push(i);
      else more.set(id, [known, i]);
    }
  }
  for (const list of more.values()) list.sort((a, b) => samples.start[a]! - samples.start[b]!);
  const taken = new Set<number>();
  return (id, at) => {
    const list = more.get(id);
    const found = list ? list.findLast((i) => !taken.has(i) && samples.start[i]! <= at + slackMs) : first.get(id);
    if (found === undefined || taken.has(found)) return NONE_U32;
    taken.add(found);
    return found;
  };
}

/**
 * When the client had the answer to a request whose id occurs more than once, with room for the clocks' error. Of other ids nothing
 * is said: they can't be mixed up, and an end that contradicts the client's is a fault of the clocks, not of the pairing.
 */
function answers(samples: ClientSamples | undefined, slackMs: number): (sample: number) => EpochMs {
  const times = new Map<number, number>();
  for (const id of samples?.id ?? []) times.set(id, (times.get(id) ?? 0) + 1);
  return (sample) => {
    const repeated = samples && sample !== NONE_U32 && times.get(samples.id[sample]!)! > 1;
    if (!repeated || samples.outcome[sample] !== OUTCOME_CODE.succeeded) return Number.POSITIVE_INFINITY;
    return samples.start[sample]! + samples.elapsed[sample]! + slackMs;
  };
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

function logEnd(times: Float64Array | undefined): { logEnd?: EpochMs } {
  let last = Number.NEGATIVE_INFINITY;
  for (const t of times ?? []) if (t > last) last = t;
  return Number.isFinite(last) ? { logEnd: last } : {};
}
