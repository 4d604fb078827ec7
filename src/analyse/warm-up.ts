import type { ClientSamples } from '../model/samples.js';
import { WARM_UP_MS } from './fine.js';

/** A client that has nothing under way for so long begins another test, ms. */
export const BETWEEN_TESTS_MS = 5000;

/**
 * Samples that were sent in the first moments of a test, also of a second one in the same recording.
 *
 *     |xx──────────────|        5 s and more        |xx──────────|
 */
export function warmingUp({ start, elapsed, count }: ClientSamples): (i: number) => boolean {
  const order = Uint32Array.from({ length: count }, (_, i) => i)
    .filter((i) => !Number.isNaN(start[i]!))
    .sort((a, b) => start[a]! - start[b]!);
  const warm = new Uint8Array(count);
  let since = Number.NEGATIVE_INFINITY;
  let over = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    if (start[i]! > over + BETWEEN_TESTS_MS) since = start[i]!;
    if (start[i]! - since < WARM_UP_MS) warm[i] = 1;
    over = Math.max(over, start[i]! + (elapsed[i]! || 0));
  }
  return (i) => warm[i] === 1;
}
