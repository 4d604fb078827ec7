import { describe, expect, it } from 'vitest';
import { peak } from '../../../src/analyse/stats/steps.js';
import { viewOf } from '../../../src/analyse/view.js';
import { timelineOf } from '../../support/timeline.js';

/** Two workers that take 500 ms each, one request after another; the durations say `longer` of it. */
function spans(longer: number) {
  return Array.from({ length: 40 }, (_, i) => ({
    at: 1000 + 500 * (i >> 1) + 3 * (i % 2),
    kind: 'span' as const,
    id: i,
    worker: `pool-${i % 2}`,
    duration: 500 + (i === 21 ? longer : 0),
    resolution: 2,
  }));
}

describe('a worker that serves one request after another', () => {
  //  a  ▐█████▌▐█████▌
  //  b  ▐█████▌
  //        ▐████████▌    by its duration this one began before its own worker had ended the one before
  it('is counted once where durations lead back a little too far', () => {
    const view = viewOf(timelineOf(undefined, spans(15)));
    expect([view.surely, view.inService, view.possibly].map((steps) => peak(steps!).value)).toEqual([2, 2, 2]);
  });

  it('is not made one where it had two at once for longer than stamps explain', () => {
    const view = viewOf(timelineOf(undefined, spans(400)));
    expect(peak(view.inService!).value).toBe(3);
  });
});
