import type { Line } from './drift.js';
import { CLIENT_ROUNDING_MS, type Statement } from './statement.js';
import { nearestZone } from './zone.js';

/** Clocks kept by the network agree to less than this, ms: where a bound lets them agree, that they do is the likeliest. */
const KEPT_TIME_MS = 1000;
const MINUTE_MS = 60_000;

/** The tightest bound of the one side. */
type Bound = Pick<Statement, 'side' | 'value' | 'at'>;

/**
 * The line where causality bounds one side alone (begins and no answer, or ends and no begin). How far the clocks' difference may lie from that
 * bound, the quickest answer tells: no request is served for a shorter time. Where nobody was answered, or all that were had waited,
 * it may lie as far as the stamps' step, or as to where the clocks agree.
 *
 *     sent |──wait──▐begun███████|answered        elapsed − the quickest answer ≥ wait
 */
export function lineFromOneSide(bound: Bound, assumed: readonly Statement[], stepMs: number): Line {
  const inwards = bound.side === 'at-most' ? -1 : 1;
  // Of the other side the one that leaves the least room; but none is believed against the bound itself.
  let room = Number.POSITIVE_INFINITY;
  for (const one of assumed) if (one.side !== bound.side) room = Math.min(room, inwards * (one.value - bound.value));
  if (room === Number.POSITIVE_INFINITY || room < 0) {
    const against = Number.isFinite(room) ? -room : 0;
    // A stamp is early by up to its step: what can't be later than so much has that in it already.
    const early = bound.side === 'at-least' ? stepMs : 0;
    room = Math.max(toAgreement(bound.value, inwards), early, CLIENT_ROUNDING_MS, against);
  }
  return { at: bound.at, value: bound.value + (inwards * room) / 2, uncertainty: room / 2, ppm: 0 };
}

/** How far it is from the bound inwards to where the clocks agree but for a zone; 0 if that is far or on the other side. */
function toAgreement(bound: number, inwards: number): number {
  const far = inwards * (nearestZone(bound) * MINUTE_MS - bound);
  return far > 0 && far < KEPT_TIME_MS ? far : 0;
}
