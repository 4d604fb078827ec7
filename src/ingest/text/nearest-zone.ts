/** Zones differ from UTC by whole multiples of this, minutes. */
const ZONE_STEP_MINUTES = 15;

/** The zone nearest to a difference of clocks, minutes east of UTC. */
export function nearestZone(differenceMs: number): number {
  // A little less than 0 rounds to -0.
  return Math.round(differenceMs / 60_000 / ZONE_STEP_MINUTES) * ZONE_STEP_MINUTES || 0;
}
