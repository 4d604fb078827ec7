import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { eventsOf, type TestEvent } from '../../support/events.js';
import { samplesOf, type TestSample } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';

/** The clock from a client and a log. */
function clockOf(sent: readonly TestSample[], log: readonly TestEvent[]) {
  return align(
    [
      { source: sourceOf('client-samples', { stamp: 'start' }), samples: samplesOf(sent) },
      { source: sourceOf('server-log', { zone: '0' }), events: eventsOf(log) },
    ],
    undefined,
  ).clock;
}

describe('a log that bounds the clocks’ difference from one side', () => {
  it('has the other side from the quickest answer', () => {
    //  sent |─40─▐begun██2000██|answered 2045, and a later one answered after 2003: it waited 42 at most
    const { offsetMs, uncertaintyMs, method } = clockOf(
      [
        { id: 1, start: 5000, elapsed: 2045 },
        { id: 2, start: 9000, elapsed: 2003 },
      ],
      [{ id: 1, kind: 'begin', at: 5040 }],
    );
    expect(method).toBe('causality-one-sided');
    expect(offsetMs! - uncertaintyMs!).toBeLessThanOrEqual(0);
    expect(offsetMs! + uncertaintyMs!).toBeGreaterThanOrEqual(40);
    expect(uncertaintyMs).toBeLessThan(30);
  });

  it('lets the clocks agree where nobody was answered', () => {
    const { offsetMs, uncertaintyMs } = clockOf(
      [1, 2, 3].map((id) => ({ id, start: 5000 + id, elapsed: 197, outcome: 'reset' })),
      [1, 2, 3].map((id) => ({ id, kind: 'begin', at: 5033 + id })),
    );
    expect(offsetMs! - uncertaintyMs!).toBeLessThanOrEqual(0);
    expect(offsetMs! + uncertaintyMs!).toBeGreaterThanOrEqual(33);
  });

  it('lets them agree however far, if the clients waited as long before they gave up', () => {
    const sent = [1, 2, 3].map((id) => ({ id, start: 5000 + id, elapsed: 20_000, outcome: 'read-timeout' as const }));
    const begun = [1, 2, 3].map((id) => ({ id, kind: 'begin' as const, at: 13_100 + id }));
    const { offsetMs, uncertaintyMs } = clockOf(sent, begun);
    expect(offsetMs! - uncertaintyMs!).toBeLessThanOrEqual(0);
    expect(offsetMs! + uncertaintyMs!).toBeGreaterThanOrEqual(8100);
    const hasty = sent.map((one) => ({ ...one, elapsed: 3000 }));
    expect(clockOf(hasty, begun).offsetMs).toBeCloseTo(8100, -1);
  });

  it('lets them agree however far, if the server served those who had given up', () => {
    const sent = [1, 2, 3, 4].map((id) => ({ id, start: 5000 + id, elapsed: 3000, outcome: 'read-timeout' as const }));
    const served = (ms: number) =>
      [1, 2, 3, 4].flatMap((id) => [
        { id, kind: 'begin' as const, at: 69_000 + 10 * id },
        { id, kind: 'end' as const, at: 69_000 + 10 * id + ms },
      ]);
    const { offsetMs, uncertaintyMs } = clockOf(sent, served(1000));
    expect(offsetMs! - uncertaintyMs!).toBeLessThanOrEqual(0);
    expect(offsetMs! + uncertaintyMs!).toBeGreaterThanOrEqual(64_000);
    // Begun at once they would have had no answer either.
    expect(clockOf(sent, served(9000)).offsetMs).toBeCloseTo(64_009, -1);
  });

  it('is none that drifts through all of its bounds', () => {
    //  begins in the first minute say 230 at most, ends ten minutes later 510 at least
    const list = Array.from({ length: 20 }, (_, id) => ({ id, start: 5000 + 2000 * id, elapsed: 700_000 }));
    const { driftPpm, method } = clockOf(
      list,
      list.flatMap(({ id, start, elapsed }) => [
        { id, kind: 'begin' as const, at: start + 230 },
        { id, kind: 'end' as const, at: start + elapsed + 510 },
      ]),
    );
    expect(method).toBe('causality');
    expect(driftPpm).toBeGreaterThan(300);
  });
});

describe('clocks put together by order', () => {
  const list = Array.from({ length: 20 }, (_, i) => ({ start: 1000 * i, elapsed: 500, waited: 60 }));

  it('are bounded from below too where the log ends requests that were not answered', () => {
    const { offsetMs, uncertaintyMs } = clockOf(
      list.map(({ start, elapsed }, i) => ({ start, elapsed, outcome: i === 12 ? 'read-timeout' : 'succeeded' })),
      list.flatMap(({ start, elapsed, waited }) => [
        { kind: 'begin' as const, at: start + waited },
        { kind: 'end' as const, at: start + elapsed - 1 },
      ]),
    );
    expect(Math.abs(offsetMs!)).toBeLessThanOrEqual(uncertaintyMs!);
    expect(uncertaintyMs).toBeGreaterThan(20);
  });
});

describe('a log whose own lines state no zone and whose access lines do', () => {
  it('has the zone by which the two agree, not half of the hours between them', () => {
    const ids = [1, 2, 3, 4, 5, 6];
    const sent = ids.map((id) => ({ id, start: 50_000_000 + 300 * id, elapsed: 1010 }));
    const behind = 4 * 3_600_000;
    const own = ids.flatMap((id) => [
      { id, kind: 'begin' as const, at: 50_000_005 + 300 * id - behind },
      { id, kind: 'end' as const, at: 50_001_005 + 300 * id - behind },
    ]);
    const ended = ids.map((id) => ({ id, kind: 'end' as const, at: 50_001_005 + 300 * id, pattern: 'access' }));
    const events = eventsOf([...own, ...ended]);
    events.zoned.fill(0, 0, own.length);
    const { clock } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples: samplesOf(sent) },
        { source: sourceOf('server-log', { zone: '0, not stated' }), events },
      ],
      undefined,
    );
    expect(clock.timezoneOffsetMinutes).toBe(-240);
    expect(Math.abs(clock.offsetMs!)).toBeLessThan(20);
  });
});
