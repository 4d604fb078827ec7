import { expect, it } from 'vitest';
import { capacityOf } from '../../src/analyse/capacity.js';
import { viewOf } from '../../src/analyse/view.js';
import type { TestSample } from '../support/samples.js';
import { handled, timelineOf } from '../support/timeline.js';

const WORKERS = 6;
const TOOK_MS = 800;

/** Six workers that begin the next request as they end the last, some lines of which are lost; some answers come late. */
function lossy(lost: (line: number) => boolean) {
  const free = Array.from({ length: WORKERS }, (_, k) => 3 * k);
  const list = Array.from({ length: 60 }, (_, id) => {
    const from = free[id % WORKERS]!;
    const to = from + TOOK_MS + ((id * 37) % 20);
    free[id % WORKERS] = to;
    return { id, from, to, worker: `pool-1-thread-${id % WORKERS}` };
  });
  const sent = list.map(({ id, from, to }): TestSample => {
    const start = Math.max(0, from - 2000);
    return { id, start, elapsed: to - start + (id % 7 === 0 ? 47 : 1) };
  });
  return viewOf(
    timelineOf(
      sent,
      handled(list).filter((_, i) => !lost(i)),
    ),
  );
}

//   surely   6 ┌───┐┌───┐      for a millisecond seven: of one request the begin is lost, and it is placed too early
//             ─┘   7   └─
it('no more are for sure in service than a pool whose workers are all known', () => {
  const view = lossy((line) => line % 7 === 3);
  const moment = { t: Float64Array.of(1000, 1500, 1501), v: Int32Array.of(6, 7, 6) };
  expect(view.service!.lossy).toBe(true);
  const found = capacityOf({ ...view, surely: moment, inService: moment, possibly: moment })!;
  expect(found).toMatchObject({ slots: WORKERS, slotsKnown: true, low: WORKERS, value: WORKERS });
});
