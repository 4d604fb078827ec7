import { nearestZone } from '../text/nearest-zone.js';
import type { Line } from './drift.js';
import { type Assumed, CLIENT_ROUNDING_MS, KEPT_TIME_MS, type Statement } from './statement.js';

/** What the client gave up waits on at the server: so many times as long as the client ever waited. */
const WAITS_ON = 2;
const MINUTE_MS = 60_000;

/** The tightest bound of the one side. */
type Bound = Pick<Statement, 'side' | 'value' | 'at' | 'stepMs'>;

/**
 * The line where causality bounds one side alone (begins and no answer, or ends and no begin). How far the clocks' difference may lie from that
 * bound, the quickest answer tells: no request is served for a shorter time. Where nobody was answered, or all that were had waited,
 * it may lie as far as the stamps' step, or as to where the clocks agree, if the client's patience with others makes so long a wait likely; or however
 * far, if requests were served in vain.
 *
 *     sent |──wait──▐begun███████|answered        elapsed − the quickest answer ≥ wait
 */
export function lineFromOneSide(bound: Bound, { statements, longestMs, inVain }: Assumed): Line {
  const inwards = bound.side === 'at-most' ? -1 : 1;
  // Of the other side the one that leaves the least room; but none is believed against the bound itself.
  let room = Number.POSITIVE_INFINITY;
  for (const one of statements) if (one.side !== bound.side) room = Math.min(room, inwards * (one.value - bound.value));
  if (room === Number.POSITIVE_INFINITY || room < 0) {
    const against = Number.isFinite(room) ? -room : 0;
    const reach = inVain ? Number.POSITIVE_INFINITY : Math.max(KEPT_TIME_MS, WAITS_ON * longestMs);
    room = Math.max(toAgreement(bound.value, inwards, reach), bound.stepMs, CLIENT_ROUNDING_MS, against);
  }
  return { at: bound.at, value: bound.value + (inwards * room) / 2, uncertainty: room / 2, ppm: 0 };
}

/** How far it is from the bound inwards to where the clocks agree but for a zone; 0 if that is out of reach or on the other side. */
function toAgreement(bound: number, inwards: number, reach: number): number {
  const far = inwards * (nearestZone(bound) * MINUTE_MS - bound);
  return far > 0 && far < reach ? far : 0;
}
