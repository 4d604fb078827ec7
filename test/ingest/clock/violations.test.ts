import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';
import { handled } from '../../support/timeline.js';

/** Twenty requests of 100 ms, of which the log puts one's end too late and another's begin too early. */
function aligned(lateMs: number, earlyMs: number) {
  const list = Array.from({ length: 20 }, (_, i) => ({ id: i, from: 5000 + 200 * i, to: 5100 + 200 * i }));
  const log = handled(
    list.map((one) =>
      one.id === 7 ? { ...one, to: one.to + lateMs } : one.id === 11 ? { ...one, from: one.from - earlyMs } : one,
    ),
  );
  return {
    log,
    ...align(
      [
        {
          source: sourceOf('client-samples', { stamp: 'start' }),
          samples: samplesOf(list.map(({ id, from, to }) => ({ id, start: from - 1, elapsed: to + 2 - from }))),
        },
        { source: sourceOf('server-log', {}), events: eventsOf(log) },
      ],
      undefined,
    ),
  };
}

describe('stamps that contradict cause and effect', () => {
  it('are listed with their lines, the worst first, among the problems of their file', () => {
    const { clock, readings, log } = aligned(800, 500);
    expect(clock.caveats.map(({ id }) => id)).toContain('clock.violations');
    const { problems, problemCount } = readings[1]!.source;
    const lineOf = (id: number, kind: string) => log.findIndex((one) => one.id === id && one.kind === kind) + 1;
    expect(problems.map(({ line, message }) => [line, message.id, (message.args as { side: string }).side])).toEqual([
      [lineOf(7, 'end'), 'clock.violation', 'at-least'],
      [lineOf(11, 'begin'), 'clock.violation', 'at-most'],
    ]);
    expect(problemCount).toBe(2);
    expect((problems[0]!.message.args as { ms: number }).ms).toBeGreaterThan(700);
  });

  it('leave the clock no surer than the client’s stamps are', () => {
    const { uncertaintyMs } = aligned(800, 500).clock;
    expect(uncertaintyMs).toBeGreaterThanOrEqual(2);
  });

  it('are none where all agree', () => {
    const { clock, readings } = aligned(0, 0);
    expect(clock.caveats.map(({ id }) => id)).not.toContain('clock.violations');
    expect(readings[1]!.source.problemCount).toBe(0);
  });
});
