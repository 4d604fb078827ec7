import { describe, expect, it } from 'vitest';
import { mayHideWaits } from '../../../src/analyse/inferences/backlog/hidden-waits.js';
import { viewOf } from '../../../src/analyse/view.js';
import { handled, timelineOf } from '../../support/timeline.js';

/** Twelve requests of 400 ms, so many served at once, on a clock that steps by `stepMs`. */
function run(atOnce: number, stepMs: number) {
  const list = Array.from({ length: 12 }, (_, id) => {
    const from = 1_000_000 + 400 * Math.floor(id / atOnce);
    return { id, from, to: from + 400 };
  });
  const stamped = (at: number) => stepMs * Math.floor(at / stepMs);
  const log = handled(list).map((event) => ({ ...event, at: stamped(event.at), resolution: stepMs }));
  const sent = list.map(({ id, to }) => ({ id, start: 1_000_000, elapsed: to - 1_000_000 }));
  return viewOf(timelineOf(sent, log));
}

describe('a log of whole seconds', () => {
  it('may hide waits where some requests took longer than others', () => {
    expect(mayHideWaits(run(4, 1000))).toBe(true);
  });

  it('hides none where all took alike', () => {
    expect(mayHideWaits(run(12, 1000))).toBe(false);
  });

  it('is not one of milliseconds, which shows them', () => {
    expect(mayHideWaits(run(4, 1))).toBe(false);
  });
});

describe('clocks that may be seconds apart', () => {
  const apart = (atOnce: number) => {
    const { timeline } = run(atOnce, 1);
    return viewOf({ ...timeline, clock: { ...timeline.clock, uncertaintyMs: 2000 } });
  };

  it('hide waits, but not that requests took longer than they were in service', () => {
    expect(mayHideWaits(apart(4))).toBe(true);
    expect(mayHideWaits(apart(12))).toBe(false);
  });
});
