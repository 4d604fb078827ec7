import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { pairsByOrder } from '../../../src/ingest/clock/order.js';
import { pairsOf } from '../../../src/ingest/clock/pairs.js';
import type { Reading } from '../../../src/model/reading.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';
import { handled } from '../../support/timeline.js';

describe('clocks put together by order, without ids', () => {
  const list = Array.from({ length: 20 }, (_, id) => ({ id, from: 1000 * id + 1, to: 1000 * id + 900 }));
  const sent = list.map(({ from, to }) => ({ start: from - 1, elapsed: to - from + 2 }));
  const highest = (log: ReturnType<typeof handled>) => {
    const readings = [{ samples: samplesOf(sent) }, { events: eventsOf(log) }] as unknown as readonly Reading[];
    const { statements } = pairsByOrder(readings);
    return Math.max(...statements.filter(({ side }) => side === 'at-least').map(({ value }) => value));
  };

  it('count an end once that the server’s access line tells again', () => {
    const log = handled(list);
    const again = log
      .filter(({ kind }) => kind === 'end')
      .map((one) => ({ ...one, pattern: 'access', resolution: 1000 }));
    const all = [...log, ...again].sort((a, b) => a.at - b.at);
    expect(highest(all)).toBe(highest(log));
  });

  it('leave open whether stamps of hundredths are rounded', () => {
    // 900.996 is written as 901.00.
    const hundredths = handled(list).map((one) => ({ ...one, at: Math.round((one.at + 6) / 10) * 10, resolution: 10 }));
    expect(highest(hundredths)).toBeLessThanOrEqual(6);
  });

  it('bound the offset from below by ends, counted from the last where lines are lost', () => {
    //  ends   1 2 3 4 5       lost 2:  1 3 4 5   the 4th that is left is the 5th: no later than the last answer
    const whole = handled(list);
    expect(highest(whole)).toBeLessThanOrEqual(0);
    expect(highest(whole.filter(({ id, kind }) => kind === 'begin' || (id !== 3 && id !== 9)))).toBeLessThanOrEqual(0);
  });
});

describe('an id that occurs unequally often on both sides', () => {
  const tests = [0, 80_000];
  const source = { variant: {} };
  const samples = samplesOf(tests.map((start) => ({ start, elapsed: 300, id: 1 })));
  const matched = (log: Parameters<typeof eventsOf>[0]) =>
    pairsOf([
      { samples, source },
      { events: eventsOf(log), source },
    ] as unknown as readonly Reading[]).matched;
  const end = (at: number) => ({ at, kind: 'end' as const, id: 1 });
  const begin = (at: number) => ({ at, kind: 'begin' as const, id: 1 });

  it('pairs with all of them where begins and ends agree on one difference, and where only ends speak with those under way by most', () => {
    //  two tests with the ids of each other, every line of the log printed twice
    expect(matched([end(300), end(301), end(80_300), end(80_301)])).toBe(1);
    expect(matched([begin(1), begin(2), end(300), begin(80_001), begin(80_002), end(80_300)])).toBe(1);
  });
});

describe('lines without a zone in a log that states one in others', () => {
  it('have that zone where no request pairs the others', () => {
    const list = Array.from({ length: 20 }, (_, id) => ({ id, from: 1000 * id, to: 1000 * id + 900 }));
    const eastMs = 8 * 3_600_000;
    // The clock is 50 minutes ahead: nearer to another zone.
    const aheadMs = 3_000_000;
    const log = handled(list).map((one) => ({ ...one, at: one.at + eastMs + aheadMs }));
    const access = list.map(({ to }) => ({ at: to + aheadMs, kind: 'end' as const, pattern: 'access' }));
    const events = eventsOf([...log, ...access]);
    const { clock } = align(
      [
        {
          source: sourceOf('client-samples', { stamp: 'start' }),
          samples: samplesOf(list.map(({ from, to }) => ({ start: from - 2, elapsed: to - from + 4 }))),
        },
        {
          source: sourceOf('server-log', { zone: '480, not stated' }),
          events: { ...events, zoned: events.zoned.map((_, i) => (i < log.length ? 0 : 1)) },
        },
      ],
      undefined,
    );
    expect(clock.timezoneOffsetMinutes).toBe(480);
    expect(clock.offsetMs).toBeCloseTo(aheadMs, -1);
  });
});
