import { describe, expect, it } from 'vitest';
import { peak } from '../../../src/analyse/stats/steps.js';
import { viewOf } from '../../../src/analyse/view.js';
import type { TestEvent } from '../../support/events.js';
import type { TestSample } from '../../support/samples.js';
import { timelineOf } from '../../support/timeline.js';

/** Two workers; each begins the next request in the millisecond in which it ends the last. A third waits all the while. */
const TURN_MS = 200;
const requests = Array.from({ length: 40 }, (_, id) => ({
  id,
  from: TURN_MS * (id >> 1) + 20 * (id % 2),
  worker: `w${id % 2}`,
}));
const lines = requests
  .flatMap(({ id, from, worker }): TestEvent[] => [
    { at: from, kind: 'begin', id, worker },
    { at: from + TURN_MS, kind: 'end', id, worker },
  ])
  .sort((a, b) => a.at - b.at || (a.kind === 'end' ? -1 : 1));
const sent = requests.map(
  ({ id, from }): TestSample => ({
    id,
    start: Math.max(0, from - TURN_MS),
    elapsed: from + TURN_MS - Math.max(0, from - TURN_MS),
  }),
);

const beginsFirst = [...lines].sort((a, b) => a.at - b.at || (a.kind === 'end' ? 1 : -1));

/** Neighbours change places, so that lines stand before earlier ones; begins still stand before the ends of their millisecond. */
const swapped = (list: readonly TestEvent[]) =>
  list.flatMap((_, i) => (i % 2 === 1 ? list.slice(i, i + 2).reverse() : i === 0 ? [list[0]!] : []));

const most = (log: readonly TestEvent[]) => peak(viewOf(timelineOf(sent, log)).inService!).value;

describe('lines with one stamp', () => {
  it('happened in the order of their file', () => {
    expect(most(lines)).toBe(2);
    expect(most(beginsFirst)).toBe(3);
  });

  it('may have happened in either order where the file is shuffled', () => {
    // Written by two processes, whose lines change places.
    expect(most(swapped(beginsFirst))).toBe(2);
  });
});
