import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';
import { handled } from '../../support/timeline.js';

//   client                          ▐██████▌
//   log        ▐██████▌             ▐██████▌       no ids
describe('a log of two tests without ids', () => {
  const REQUESTS = 20;
  const APART_MS = 60_000;
  const test = (from: number) =>
    Array.from({ length: REQUESTS }, (_, id) => ({ id, from: from + 200 * id, to: from + 200 * id + 900 }));
  const clockOf = (client: ReturnType<typeof test>, log: ReturnType<typeof test>, aheadMs: number) => {
    const lines = handled(log).map(({ id: _, at, ...line }) => ({ ...line, at: at + aheadMs }));
    return align(
      [
        {
          source: sourceOf('client-samples', { stamp: 'start' }),
          samples: samplesOf(client.map(({ from, to }) => ({ start: from - 2, elapsed: to - from + 4 }))),
        },
        { source: sourceOf('server-log', { zone: '0' }), events: eventsOf(lines) },
      ],
      undefined,
    ).clock;
  };
  const [first, second] = [test(5000), test(5000 + APART_MS)];

  it.each([
    ['first', first, APART_MS],
    ['second', second, -APART_MS],
  ])('is put together by the one by which the clocks agree: the %s', (_, client, orElse) => {
    const { offsetMs, method, caveats } = clockOf(client, [...first, ...second], 40);
    expect([offsetMs, method]).toEqual([expect.closeTo(40, -1), 'order']);
    expect(caveats.find(({ id }) => id === 'clock.orElse')?.args).toMatchObject({ ms: expect.closeTo(orElse, -2) });
  });

  it('is told of no clock where half of a test is left, and the other contradicts', () => {
    const slower = first.map((one, k) => ({ ...one, from: one.from + 100 * k, to: one.to + 400 * k }));
    expect(clockOf(second, [...slower, ...second.slice(0, 5)], 40).offsetMs).toBeUndefined();
  });

  it('is parted by a silence in which all have ended, though waits were longer', () => {
    // All are sent at once and served one by one, four seconds each; half a minute later once more.
    const queue = (from: number) =>
      Array.from({ length: REQUESTS }, (_, id) => ({ id, from: from + 4000 * id, to: from + 4000 * (id + 1) - 1 }));
    const [early, late] = [queue(5000), queue(115_000)];
    const sent = late.map((one) => ({ ...one, from: 115_000 }));
    const { offsetMs, caveats } = clockOf(sent, [...early, ...late], 40);
    expect(offsetMs).toBeCloseTo(40, -1);
    expect(caveats.map(({ id }) => id)).toContain('clock.orElse');
  });

  it('is whole where the client was there for both', () => {
    const { offsetMs, caveats } = clockOf([...first, ...second], [...first, ...second], 40);
    expect(offsetMs).toBeCloseTo(40, -1);
    expect(caveats.map(({ id }) => id)).not.toContain('clock.orElse');
  });
});
