import { type ClientSamples, NONE_U32, OUTCOME_CODE } from '../../model/samples.js';
import type { SocketSnapshot } from '../../model/snapshot.js';
import type { EpochMs } from '../../model/time.js';
import type { Clock, ServedRequests } from '../../model/timeline.js';
import type { Alignment } from '../align.js';

/** Below this difference, ms, the two clocks are the same for snapshots taken about each second. */
const INDIFFERENT_MS = 300;
/** Zones lie between these, minutes east of UTC. */
const WESTMOST = -12 * 60;
const EASTMOST = 14 * 60;
const ZONE_STEP = 15;
const MINUTE_MS = 60_000;
/** Looks are no further apart than this where they tell anything; and finer than so nothing can be told of their clock, ms. */
const MOST_APART_MS = 15_000;
const FINE_STEP_MS = 250;

/** More in service than connected can't be, nor connections while nobody is served: these count more than a mere difference. */
const CONTRADICTION = 4;

/** Another zone must leave so small a part of what does not fit. */
const CLEARLY_LESS = 0.25;

/** What the snapshots are compared with. */
export interface Compared {
  readonly samples: ClientSamples | undefined;
  readonly served: ServedRequests | undefined;
  readonly port: number | undefined;
}

/**
 * Puts a snapshot's stamp on the client's clock. Snapshots may have been taken on the client's machine or on the server's, and in
 * a zone of either: the reading under which the connections resemble the requests in flight is believed; of equals the first.
 */
export function snapshotClock(
  sockets: readonly SocketSnapshot[],
  compared: Compared,
  { clock, onClient, stated }: Alignment,
): OnClock {
  const apart = Math.abs(clock.offsetMs ?? 0) > INDIFFERENT_MS;
  const zones = [...new Set([clock.timezoneOffsetMinutes ?? stated ?? 0, 0, ...allZones()])];
  const local = sockets.some(({ time, zoned }) => time !== undefined && zoned !== true);
  const byClient = (zone: number) => (time: EpochMs, zoned: boolean) => time - (zoned ? 0 : zone * MINUTE_MS);
  const byServer = (zone: number) => (time: EpochMs, zoned: boolean) =>
    onClient(zoned ? time : time - zone * MINUTE_MS, true);
  const candidates = (local ? zones : zones.slice(0, 1)).flatMap((zone) => [
    byClient(zone),
    ...(apart ? [byServer(zone)] : []),
  ]);
  const connected = openCount(sockets, compared.port);
  const queueOnly = !sockets.some(({ shows }) => shows.connections);
  const spans = connected.length === 0 ? undefined : (waitingSpans(compared, queueOnly) ?? sortedSpans(compared));
  if (!spans) return candidates[0]!;
  // Whoever has given up is in the log to the end of the request.
  if (!compared.samples) return besideLog(openCount(sockets, compared.port, WITH_DESERTED), spans);
  const misfitOf = (onClock: OnClock) => misfit(connected, spans, onClock);
  const busy = connected.filter(({ count }) => count > 0);
  // Where no look shows anybody, shapes tell nothing; but looks are taken during a run.
  const during =
    busy.length > 0 ? [] : candidates.filter((one) => connected.some((look) => withinRun(look, spans, one)));
  const found = best(during.length > 0 ? during : candidates, misfitOf);
  if (busy.length === 0) return found;
  const within = busy.some((look) => withinRun(look, spans, found));
  // A clock of which nothing else tells, the log's neither: the shape of the run is all there is.
  if (clock.offsetMs === undefined)
    return within ? found : best([found, ...shifts(connected, spans).map(shifted)], misfitOf);
  // What was taken for the log's zone may hold an error of the server's clock: stamps that state a zone are then off by it.
  if (local || (within && !isZoneInferred(clock))) return found;
  const inZone = (zone: number) => (time: EpochMs) => onClient(time, true) - zone * MINUTE_MS;
  // Under a zone that puts nobody into the run nothing contradicts, and nothing fits.
  const zoned = allZones()
    .map(inZone)
    .filter((one) => busy.some((look) => withinRun(look, spans, one)));
  const other = best([found, ...zoned], misfitOf);
  // In a run of hours looks are within it whatever the zone is.
  return within && misfitOf(other) > CLEARLY_LESS * misfitOf(found) ? found : other;
}

const isZoneInferred = ({ caveats }: Clock): boolean => caveats.some(({ id }) => id === 'clock.zoneInferred');

type OnClock = (time: EpochMs, zoned: boolean) => EpochMs;

/** The look was taken while requests were under way. */
function withinRun({ time, zoned }: Open, { from, to }: SpanEnds, onClock: OnClock): boolean {
  const at = onClock(time, zoned);
  return at >= from[0]! && at <= (to.findLast(Number.isFinite) ?? Number.POSITIVE_INFINITY);
}

/** Of equals the first. */
function best(candidates: readonly OnClock[], misfitOf: (onClock: OnClock) => number): OnClock {
  if (candidates.length === 1) return candidates[0]!;
  const misfits = candidates.map(misfitOf);
  return candidates[misfits.indexOf(Math.min(...misfits))]!;
}

/**
 * Without a client only shapes tell how the snapshots' clock stands to the log's: the first look with connections is about the first
 * begin, the last one about the last end; finer where whoever is in service is connected.
 */
function besideLog(connected: readonly Open[], spans: SpanEnds): OnClock {
  const tried = shifts(connected, spans);
  if (tried.length === 0) return shifted(0);
  return best(tried.map(shifted), (onClock) => discord(connected, spans, onClock));
}

const shifted =
  (ms: number): OnClock =>
  (time) =>
    time - ms;

/** By how much a clock may be off under which the first look with connections is about the first begin, or the last about the last end. */
function shifts(connected: readonly Open[], { from, to }: SpanEnds): readonly number[] {
  const busy = connected.filter(({ count }) => count > 0);
  const ended = to.findLast(Number.isFinite);
  if (busy.length === 0 || ended === undefined) return [];
  const bases = [busy[0]!.time - from[0]!, busy.at(-1)!.time - ended];
  const list: number[] = [];
  for (let ms = 0; ms <= MOST_APART_MS; ms += FINE_STEP_MS) for (const base of bases) list.push(base + ms, base - ms);
  return list;
}

function allZones(): readonly number[] {
  const zones: number[] = [];
  for (let zone = WESTMOST; zone <= EASTMOST; zone += ZONE_STEP) zones.push(zone);
  return zones;
}

interface Open {
  readonly time: EpochMs;
  readonly zoned: boolean;
  readonly count: number;
}

const OPEN: ReadonlySet<string> = new Set(['ESTABLISHED']);
const WITH_DESERTED: ReadonlySet<string> = new Set(['ESTABLISHED', 'CLOSE_WAIT']);

/** Connections at each look; where no command lists them, those in the accept queue. */
function openCount(
  sockets: readonly SocketSnapshot[],
  port: number | undefined,
  states: ReadonlySet<string> = OPEN,
): readonly Open[] {
  const rows = sockets.some(({ shows }) => shows.connections);
  return sockets.flatMap(({ time, zoned, connections, listeners, shows }) => {
    if (time === undefined || (rows && !shows.connections)) return [];
    let count = 0;
    if (!rows) for (const listener of listeners) if (listener.port === port) count += listener.queued ?? 0;
    for (const tally of connections) {
      if (tally.side === 'server' && tally.port === port && states.has(tally.state)) count += tally.count;
    }
    return [{ time, zoned: zoned === true, count }];
  });
}

interface SpanEnds {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Where only the accept queue is listed: requests from their sending to their begin. */
function waitingSpans({ samples, served }: Compared, queueOnly: boolean): SpanEnds | undefined {
  if (!queueOnly || !samples || !served || served.count === 0) return undefined;
  const until = samples.start.map((start, i) => start + samples.elapsed[i]!);
  for (let k = 0; k < served.count; k++) {
    const i = served.sample[k]!;
    if (i !== NONE_U32) until[i] = Math.min(until[i]!, served.begin[k]!);
  }
  return { from: samples.start.slice().sort(), to: until.sort() };
}

/** Clients that no look shows among the connected. */
const NEVER_IN = new Set<number>([OUTCOME_CODE['connect-timeout'], OUTCOME_CODE.refused]);

/** Requests in flight at the client; without a client, in service. */
function sortedSpans({ samples, served }: Compared): SpanEnds | undefined {
  if (samples && samples.count > 0) {
    const connected = (_: number, i: number) => !NEVER_IN.has(samples.outcome[i]!);
    const from = samples.start.filter(connected).sort();
    const to = samples.start
      .map((start, i) => start + samples.elapsed[i]!)
      .filter(connected)
      .sort();
    if (from.length > 0) return { from, to };
  }
  return served && served.count > 0 ? { from: served.begin.slice().sort(), to: served.end.slice().sort() } : undefined;
}

function misfit(
  connected: readonly Open[],
  { from, to }: SpanEnds,
  onClock: (time: EpochMs, zoned: boolean) => EpochMs,
): number {
  let sum = 0;
  for (const { time, zoned, count } of connected) {
    const at = onClock(time, zoned);
    const under = upTo(from, at) - upTo(to, at);
    // Requests may be under way without a connection (refused, not yet connected); connections without requests are few and idle.
    sum += count > under ? CONTRADICTION * (count - under) : under - count;
  }
  return sum;
}

/** By how much looks and log differ. */
function discord(connected: readonly Open[], { from, to }: SpanEnds, onClock: OnClock): number {
  let sum = 0;
  for (const { time, zoned, count } of connected) {
    const at = onClock(time, zoned);
    const service = upTo(from, at) - upTo(to, at);
    const contradicts = service > count ? service - count : service === 0 ? count : 0;
    sum += CONTRADICTION * contradicts + Math.abs(service - count);
  }
  return sum;
}

/** How many of an ascending list are not later. */
function upTo(list: Float64Array, time: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
