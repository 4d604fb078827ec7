import type { ClientSamples } from '../../model/samples.js';
import type { SocketSnapshot } from '../../model/snapshot.js';
import type { Clock } from '../../model/timeline.js';

/** Below this difference, ms, the two clocks are the same for snapshots taken about each second. */
const INDIFFERENT_MS = 500;

/**
 * What to take from a snapshot's stamp to be on the client's clock. Snapshots may have been taken on the client's machine or on
 * the server's; where the clocks differ, the one under which the connections resemble the requests in flight is believed.
 */
export function snapshotShift(
  sockets: readonly SocketSnapshot[],
  samples: ClientSamples | undefined,
  port: number | undefined,
  clock: Clock,
): (zoned: boolean) => number {
  const zone = (clock.timezoneOffsetMinutes ?? 0) * 60_000;
  const offset = clock.offsetMs ?? 0;
  const byServer = Math.abs(offset) > INDIFFERENT_MS && fits(offset) < fits(0);
  return (zoned) => (byServer ? offset : 0) + (zoned ? 0 : zone);

  function fits(shift: number): number {
    if (!samples || port === undefined) return 0;
    let misfit = 0;
    for (const { time, zoned, connections } of sockets) {
      if (time === undefined) continue;
      const at = time - shift - (zoned ? 0 : zone);
      let open = 0;
      for (const tally of connections) {
        if (tally.side === 'server' && tally.port === port && tally.state === 'ESTABLISHED') open += tally.count;
      }
      misfit += Math.abs(open - inFlightAt(samples, at));
    }
    return misfit;
  }
}

function inFlightAt(samples: ClientSamples, at: number): number {
  let n = 0;
  for (let i = 0; i < samples.count; i++) {
    const start = samples.start[i]!;
    if (start <= at && at < start + samples.elapsed[i]!) n++;
  }
  return n;
}
