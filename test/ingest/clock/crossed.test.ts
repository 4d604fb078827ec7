import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';
import { handled } from '../../support/timeline.js';

/** Ten requests of a second, one each second, from a time on. */
const test = (from: number) =>
  Array.from({ length: 10 }, (_, id) => ({ id, from: from + 1000 * id, to: from + 1000 * id + 900 }));
const [first, second] = [test(5000), test(26_000)];

/** The clock from the tests that the client tells of and those of which the log does, whose clock is ahead. */
function clockOf(client: ReturnType<typeof test>, log: ReturnType<typeof test>, aheadMs: number) {
  const ahead = log.map(({ id, from, to }) => ({ id, from: from + aheadMs, to: to + aheadMs }));
  return align(
    [
      {
        source: sourceOf('client-samples', { stamp: 'start' }),
        samples: samplesOf(client.map(({ id, from, to }) => ({ id, start: from - 2, elapsed: to - from + 4 }))),
      },
      { source: sourceOf('server-log', { zone: '0' }), events: eventsOf(handled(ahead)) },
    ],
    undefined,
  ).clock;
}

describe('two tests with the ids of each other', () => {
  it.each([
    ['the client tells of both, the log of the first', [...first, ...second], first],
    ['the client tells of both, the log of the second', [...first, ...second], second],
    ['the client tells of the first, the log of both', first, [...first, ...second]],
    ['the client tells of the second, the log of both', second, [...first, ...second]],
  ])('leave the offset by which the clocks agree best, and say the other: %s', (_, client, log) => {
    const { offsetMs, uncertaintyMs, caveats } = clockOf(client, log, 40);
    expect(Math.abs(offsetMs! - 40)).toBeLessThanOrEqual(uncertaintyMs!);
    expect(caveats.find(({ id }) => id === 'clock.orElse')?.args).toSatisfy(
      (args: { ms: number }) => Math.abs(Math.abs(args.ms) - 21_000) < 10,
    );
  });

  it('leave that of which the log has but a part, where the clocks agree by it', () => {
    //   client             ▐████████▌
    //   log     ▐████████▌ ▐███             the first fits as well, if the server's clock is off by just a test
    const { offsetMs, caveats } = clockOf(second, [...first, ...second.slice(0, 4)], 40);
    expect(offsetMs).toBeCloseTo(40, -1);
    expect(caveats.map(({ id }) => id)).toContain('clock.orElse');
  });

  it('leave an error that holds both where the clocks agree by neither', () => {
    const { orAheadMs, caveats } = clockOf(second, [...first, ...second], -10_000);
    expect(orAheadMs).toBeCloseTo(-21_000, -2);
    expect(caveats.find(({ id }) => id === 'clock.orElse')?.args).toMatchObject({ held: true });
  });

  it('leave no doubt where their requests differ', () => {
    const other = second.map((one, k) => ({ ...one, from: one.from + 300 * k, to: one.to + 300 * k }));
    const { offsetMs, caveats } = clockOf([...first, ...other], other, 8000);
    expect(offsetMs).toBeCloseTo(8000, -1);
    expect(caveats.map(({ id }) => id)).not.toContain('clock.orElse');
  });
});
