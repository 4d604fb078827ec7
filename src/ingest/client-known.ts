import type { Reading } from '../model/reading.js';
import { OUTCOME_CODE } from '../model/samples.js';
import type { ClientTime } from './formats/format.js';

const NEVER_CONNECTED: ReadonlySet<number> = new Set([OUTCOME_CODE.refused, OUTCOME_CODE['connect-timeout']]);

/** Ids of the client's requests. */
export function idsOf(readings: readonly (Reading | undefined)[]): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const reading of readings) for (const id of reading?.samples?.id ?? []) if (!Number.isNaN(id)) ids.add(id);
  return ids;
}

/** How long clients waited for the answers that they got. */
export const waitsOf = (readings: readonly (Reading | undefined)[]): readonly number[] =>
  readings.flatMap((reading) => {
    const { elapsed, outcome } = reading?.samples ?? {};
    return Array.from(elapsed ?? []).filter((ms, i) => outcome?.[i] === OUTCOME_CODE.succeeded && !Number.isNaN(ms));
  });

/** Requests that may have reached the server: it may serve those too whose client gave up. */
export const sentIn = (readings: readonly (Reading | undefined)[]): number =>
  readings.reduce((n, reading) => {
    const { outcome } = reading?.samples ?? {};
    return n + Array.from(outcome ?? []).filter((code) => !NEVER_CONNECTED.has(code)).length;
  }, 0);

/** The same by id, the longest of each. */
export function elapsedOf(readings: readonly (Reading | undefined)[]): ReadonlyMap<number, number> {
  const longest = new Map<number, number>();
  for (const reading of readings) {
    const samples = reading?.samples;
    for (let i = 0; samples && i < samples.count; i++) {
      const ms = samples.elapsed[i]!;
      if (samples.outcome[i] !== OUTCOME_CODE.succeeded || Number.isNaN(ms)) continue;
      const id = samples.id[i]!;
      longest.set(id, Math.max(ms, longest.get(id) ?? 0));
    }
  }
  return longest;
}

/** When each was the client's, if no other request has its id. */
export function timesOf(readings: readonly (Reading | undefined)[]): ReadonlyMap<number, ClientTime> {
  const times = new Map<number, ClientTime>();
  const seen = new Set<number>();
  for (const reading of readings) {
    const samples = reading?.samples;
    for (let i = 0; samples && i < samples.count; i++) {
      const id = samples.id[i]!;
      const [from, elapsed] = [samples.start[i]!, samples.elapsed[i]!];
      if (seen.has(id)) times.delete(id);
      else if (!Number.isNaN(from + elapsed + id))
        times.set(id, { from, until: from + elapsed, answered: samples.outcome[i] === OUTCOME_CODE.succeeded });
      seen.add(id);
    }
  }
  return times;
}
