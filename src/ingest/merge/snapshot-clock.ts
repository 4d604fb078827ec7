import type { ClientSamples } from '../../model/samples.js';
import type { SocketSnapshot } from '../../model/snapshot.js';
import type { EpochMs } from '../../model/time.js';
import type { ServedRequests } from '../../model/timeline.js';
import type { Alignment } from '../align.js';

/** Below this difference, ms, the two clocks are the same for snapshots taken about each second. */
const INDIFFERENT_MS = 300;
/** Zones lie between these, minutes east of UTC. */
const WESTMOST = -12 * 60;
const EASTMOST = 14 * 60;
const ZONE_STEP = 15;
const MINUTE_MS = 60_000;

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
  { clock, onClient }: Alignment,
): (time: EpochMs, zoned: boolean) => EpochMs {
  const apart = Math.abs(clock.offsetMs ?? 0) > INDIFFERENT_MS;
  const zones = [...new Set([clock.timezoneOffsetMinutes ?? 0, 0, ...allZones()])];
  const local = sockets.some(({ time, zoned }) => time !== undefined && zoned !== true);
  const byClient = (zone: number) => (time: EpochMs, zoned: boolean) => time - (zoned ? 0 : zone * MINUTE_MS);
  const byServer = (zone: number) => (time: EpochMs, zoned: boolean) =>
    onClient(zoned ? time : time - zone * MINUTE_MS, true);
  const candidates = (local ? zones : zones.slice(0, 1)).flatMap((zone) => [
    byClient(zone),
    ...(apart ? [byServer(zone)] : []),
  ]);
  const connected = openCount(sockets, compared.port);
  const inFlight = sortedSpans(compared);
  if (candidates.length === 1 || connected.length === 0 || !inFlight) return candidates[0]!;
  const misfits = candidates.map((candidate) => misfit(connected, inFlight, candidate));
  return candidates[misfits.indexOf(Math.min(...misfits))]!;
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

function openCount(sockets: readonly SocketSnapshot[], port: number | undefined): readonly Open[] {
  return sockets.flatMap(({ time, zoned, connections, shows }) => {
    if (time === undefined || !shows.connections) return [];
    let count = 0;
    for (const tally of connections) {
      if (tally.side === 'server' && tally.port === port && tally.state === 'ESTABLISHED') count += tally.count;
    }
    return [{ time, zoned: zoned === true, count }];
  });
}

interface SpanEnds {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Requests in flight at the client; without a client, in service. */
function sortedSpans({ samples, served }: Compared): SpanEnds | undefined {
  if (samples && samples.count > 0) {
    return {
      from: samples.start.slice().sort(),
      to: samples.start.map((start, i) => start + samples.elapsed[i]!).sort(),
    };
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
    sum += Math.abs(count - (upTo(from, at) - upTo(to, at)));
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
