import type { ServerEvents } from '../model/events.js';
import type { ClientSamples } from '../model/samples.js';
import type { SocketSnapshot } from '../model/snapshot.js';
import type { EpochMs } from '../model/time.js';
import type { ServedRequests, Timeline } from '../model/timeline.js';
import type { Alignment } from './align.js';
import { clientPort } from './merge/client-port.js';
import { concatEvents, concatSamples } from './merge/concat.js';
import { listenerChanges } from './merge/listener-changed.js';
import { sampleFinder } from './merge/sample-finder.js';
import { servedRequests } from './merge/served.js';
import { sharpened } from './merge/sharpened.js';
import { snapshotClock } from './merge/snapshot-clock.js';
import { listenedAnew, type Started, startedAnew } from './merge/started-anew.js';
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
  const pairs = ({ events, starts }: Started): ServedRequests | undefined => {
    const finder = sampleFinder(samples, events, slack);
    const paired = servedRequests(events, finder.sampleOf, finder.answeredBy, sharp?.stepMs);
    return paired && (starts.length > 0 ? { ...paired, starts } : paired);
  };
  const first = started && pairs(started);
  const port = clientPort({ ...run, readings }, samples, portOption);
  const rawSockets = readings.flatMap(({ sockets }) => sockets ?? []);
  const lookTime = snapshotClock(rawSockets, { samples, served: first, port: port?.value }, alignment);
  const sockets = sorted(rawSockets, lookTime);
  // The looks are placed by what was served, and may tell then that a name stands for two.
  const changes = started?.starts.length === 0 ? listenerChanges(sockets, port?.value) : [];
  const listened = changes.length > 0 ? listenedAnew(started!.events, changes) : undefined;
  const served = listened && listened.starts.length > 0 ? pairs(listened) : first;
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
