import { describe, expect, it } from 'vitest';
import { align } from '../../../src/ingest/align.js';
import { EVENT } from '../../../src/model/events.js';
import type { Reading } from '../../../src/model/reading.js';
import { say } from '../../../src/words/ids.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';
import { sourceOf } from '../../support/sources.js';
import { handled } from '../../support/timeline.js';

/** Ten probes of 3 s each, two served at a time; `date` ran 200 ms after `curl` ended, or before it began. */
function probed(stampIs: 'start' | 'end'): readonly Reading[] {
  const list = Array.from({ length: 10 }, (_, i) => {
    const sent = 1_000_000 + 300 * i;
    const from = Math.max(sent + 5, 1_000_005 + 3000 * Math.floor(i / 2) + 300 * (i % 2));
    return { id: i, sent, from, to: from + 3000 };
  });
  const samples = samplesOf(
    list.map(({ id, sent, to }) => ({
      id,
      start: stampIs === 'end' ? to + 200 : sent - 200,
      elapsed: to + 1 - sent,
    })),
  );
  return [
    {
      source: sourceOf('client-samples', { stamp: 'start' }),
      samples: { ...samples, loose: { stepMs: 1, lagMs: 1000 } },
    },
    { source: sourceOf('server-log', {}), events: eventsOf(handled(list)) },
  ];
}

describe('times printed beside a probe', () => {
  for (const stampIs of ['start', 'end'] as const) {
    it(`are read as its ${stampIs} where the clocks are nearer to each other then, and hold the clocks' difference`, () => {
      const { clock, readings } = align(probed(stampIs), undefined);
      expect(readings[0]!.source.variant.stamp).toBe(stampIs);
      expect(Math.abs(clock.offsetMs!)).toBeLessThanOrEqual(clock.uncertaintyMs!);
    });
  }
});

describe('an access log of whole requests that all take equally long', () => {
  const log = (stampIs: 'begin' | 'end', aheadMs: number) => {
    const sent = Array.from({ length: 12 }, (_, i) => 1_000_000 + 400 * i);
    const read = sent.map((at, id) => ({
      at: at + aheadMs + (stampIs === 'begin' ? 5 : 3005),
      kind: 'span' as const,
      id,
      duration: 3000,
      resolution: 100,
    }));
    return align(
      [
        {
          source: sourceOf('client-samples', { stamp: 'start' }),
          samples: samplesOf(sent.map((start, id) => ({ id, start, elapsed: 3010 }))),
        },
        { source: sourceOf('server-log', {}), events: { ...eventsOf(read), untold: read.map((_, i) => i) } },
      ],
      undefined,
    ).clock;
  };

  it('is stamped at the begin where the clocks can agree only then', () => {
    expect(Math.abs(log('begin', 0).offsetMs!)).toBeLessThan(120);
    expect(Math.abs(log('end', 0).offsetMs!)).toBeLessThan(120);
  });

  it('is stamped at the end where other lines of the same requests show the same times', () => {
    // Whole seconds, 300 ms each; the clocks are 300 ms apart, so that they would agree were these the begins.
    const sent = Array.from({ length: 40 }, (_, i) => 1_000_000 + 417 * i);
    const took = sent.map((_, i) => 305 + 500 * (i % 3));
    const lines = sent.flatMap((at, id) => {
      const line = { at: Math.floor((at + took[id]! - 300) / 1000) * 1000, id, resolution: 1000 };
      return [
        { ...line, kind: 'span' as const, duration: 300 },
        { ...line, kind: 'end' as const, pattern: 'other' },
      ];
    });
    const untold = lines.flatMap(({ kind }, i) => (kind === 'span' ? [i] : []));
    const samples = samplesOf(sent.map((start, id) => ({ id, start, elapsed: took[id]! + 5 })));
    const { clock } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples },
        { source: sourceOf('server-log', {}), events: { ...eventsOf(lines), untold } },
      ],
      undefined,
    );
    expect(Math.abs(clock.offsetMs! + 300)).toBeLessThanOrEqual(clock.uncertaintyMs!);
  });

  it("makes no second begins of lines that tell the handler's once more, and no durations", () => {
    const lines = Array.from({ length: 12 }, (_, id) => {
      const line = { at: 1_000_000 + 417 * id, id, resolution: 1 };
      return [
        { ...line, kind: 'begin' as const, pattern: 'handler' },
        { ...line, kind: 'end' as const, pattern: 'access' },
        { ...line, at: line.at + 300, kind: 'end' as const, pattern: 'handler' },
      ];
    }).flat();
    const untold = lines.flatMap(({ pattern }, i) => (pattern === 'access' ? [i] : []));
    const { readings } = align(
      [{ source: sourceOf('server-log', {}), events: { ...eventsOf(lines), untold } }],
      undefined,
    );
    expect(readings[0]!.events!.kind.filter((kind) => kind === EVENT.begin)).toHaveLength(12);
  });

  it('is stamped at the end by which the clocks are far nearer, on another machine', () => {
    //  −3 s if these are the ends, 0.3 s if they are the begins
    expect(log('begin', 300).offsetMs).toBeCloseTo(300, -3);
    expect(log('begin', 300).orAheadMs).toBeUndefined();
    expect(log('end', 300).offsetMs).toBeCloseTo(300, -3);
  });

  it('may be stamped at either where the clocks differ in either case', () => {
    expect(log('end', -5000)).toMatchObject({ offsetMs: expect.closeTo(-5000, -3), orAheadMs: 3000 });
  });

  it('may be stamped at either where clocks that nobody keeps are near to each other in either case', () => {
    // The clocks are 83 ms apart if these are the ends, and agree if they are the begins of 80 ms each.
    const sent = Array.from({ length: 12 }, (_, i) => 1_000_000 + 400 * i);
    const read = sent.map((at, id) => ({ at, kind: 'span' as const, id, duration: 80, resolution: 1 }));
    const samples = samplesOf(sent.map((start, id) => ({ id, start, elapsed: 84 })));
    const events = { ...eventsOf(read), untold: read.map((_, i) => i) };
    const { clock } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples },
        { source: sourceOf('server-log', {}), events },
      ],
      undefined,
    );
    expect(clock.offsetMs).toBeCloseTo(-82, -1);
    expect(clock.orAheadMs).toBe(80);
  });

  it('is read from the other end rather than the client, where either makes the clocks agree', () => {
    // Whole seconds, which a request that takes ten seconds began in; both records are in the order of starts and of ends.
    const sent = Array.from({ length: 40 }, (_, i) => 1_000_000_300 + 463 * i);
    const read = sent.map((at, id) => ({
      at: Math.floor((at + 1) / 1000) * 1000,
      kind: 'span' as const,
      id,
      duration: 10_000,
      resolution: 1000,
    }));
    const samples = samplesOf(sent.map((start, id) => ({ id, start, elapsed: 10_004 })));
    const { clock, readings } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples },
        { source: sourceOf('server-log', {}), events: { ...eventsOf(read), untold: read.map((_, i) => i) } },
      ],
      undefined,
    );
    expect(readings[0]!.source.variant.stamp).toBe('start');
    expect(Math.abs(clock.offsetMs!)).toBeLessThanOrEqual(clock.uncertaintyMs!);
  });

  it('says what else may be where the clocks differ in either case, and only there', () => {
    const caveats = (aheadMs: number) => log('end', aheadMs).caveats.filter(({ id }) => id === 'clock.untold');
    expect(caveats(-5000)).toMatchObject([{ args: { ms: 3000 } }]);
    expect(caveats(0)).toEqual([]);
  });
});

describe('an access log without durations', () => {
  // 12 requests of a second; every other one waited for 300 ms before it.
  const log = (stampIs: 'begin' | 'end', aheadMs: number) => {
    const list = Array.from({ length: 12 }, (_, id) => ({ id, start: 1_000_000 + 400 * id, waited: 300 * (id % 2) }));
    const read = list.map(({ id, start, waited }) => ({
      at: start + waited + aheadMs + (stampIs === 'begin' ? 3 : 1003),
      kind: 'end' as const,
      id,
    }));
    const events = { ...eventsOf(read), untold: read.map((_, i) => i) };
    const samples = samplesOf(list.map(({ id, start, waited }) => ({ id, start, elapsed: 1006 + waited })));
    const { clock } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples },
        { source: sourceOf('server-log', {}), events },
      ],
      undefined,
    );
    const { offsetMs, uncertaintyMs, orAheadMs } = clock;
    return { low: offsetMs! - uncertaintyMs!, high: offsetMs! + uncertaintyMs! + (orAheadMs ?? 0), orAheadMs };
  };

  it('is stamped at the end where the clocks can agree only then', () => {
    expect(log('end', 0).orAheadMs).toBeUndefined();
    expect(log('end', 0).high).toBeLessThan(20);
  });

  it('may be stamped at either else, and the clocks differ by the one or the other', () => {
    for (const [stampIs, aheadMs] of [
      ['begin', 0],
      ['begin', 5000],
      ['end', 5000],
    ] as const) {
      const { low, high, orAheadMs } = log(stampIs, aheadMs);
      expect(orAheadMs).toBeCloseTo(1000, -2);
      expect(low).toBeLessThanOrEqual(aheadMs);
      expect(high).toBeGreaterThanOrEqual(aheadMs);
      expect(high - low).toBeLessThan(1400);
    }
  });
});

describe('an access log of threads that serve one request after another', () => {
  // No client. Every other request of each of the four takes 15 ms more than the one before, and begins 4 ms after it.
  const log = (stampIs: 'begin' | 'end', worker: (thread: number) => string) => {
    const list = Array.from({ length: 32 }, (_, i) => {
      const [turn, thread] = [Math.floor(i / 4), i % 4];
      const from = 1_000_000 + 50 * thread + 1004 * turn + 15 * Math.floor(turn / 2);
      return { from, duration: turn % 2 === 0 ? 1000 : 1015, thread };
    });
    const read = list.map(({ from, duration, thread }) => ({
      at: stampIs === 'begin' ? from : from + duration,
      kind: 'span' as const,
      worker: worker(thread),
      duration,
    }));
    const { readings } = align(
      [{ source: sourceOf('server-log', {}), events: { ...eventsOf(read), untold: read.map((_, i) => i) } }],
      undefined,
    );
    const { time, untold } = readings[0]!.events!;
    return { away: list.map(({ from, duration }, i) => time[i]! - from - duration), untold };
  };

  it.each(['begin', 'end'] as const)('is stamped at the %s where none has two at once then', (stampIs) => {
    const { away, untold } = log(stampIs, (thread) => `thread-${thread}`);
    expect(away.every((ms) => ms === 0)).toBe(true);
    expect(untold).toBeUndefined();
  });

  it('does not tell it where one has several at once in either case', () => {
    expect(log('begin', () => 'loop').untold).toHaveLength(32);
  });
});

describe('rows in the order of their ends alone', () => {
  it('are stamped at the start, whatever the stamps of a log make of it', () => {
    // Every fourth takes 2.6 s, the others 2 s; the log's lines are stamped at the begin and read as ends.
    const sent = Array.from({ length: 16 }, (_, id) => ({
      id,
      start: 1_000_000 + 300 * id,
      elapsed: id % 4 ? 2000 : 2600,
    }));
    const rows = sent.sort((a, b) => a.start + a.elapsed - b.start - b.elapsed);
    const read = rows.map(({ id, start, elapsed }) => ({
      at: start + 3,
      kind: 'span' as const,
      id,
      duration: elapsed - 5,
    }));
    const { readings } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples: samplesOf(rows) },
        { source: sourceOf('server-log', {}), events: eventsOf(read) },
      ],
      undefined,
    );
    expect(readings[0]!.source.variant.stamp).toBe('start');
  });
});

describe('rows in the order of both their starts and their ends', () => {
  // All take equally long: the rows stand in either order, whichever end is stamped.
  const stamped = (by: 'start' | 'end', aheadMs: number) => {
    const list = Array.from({ length: 8 }, (_, i) => ({ id: i, from: 1_000_005 + 300 * i, to: 1_002_005 + 300 * i }));
    const rows = list.map(({ id, from }) => ({ id, start: from - 5 + (by === 'end' ? 2010 : 0), elapsed: 2010 }));
    const events = eventsOf(handled(list.map((one) => ({ ...one, from: one.from + aheadMs, to: one.to + aheadMs }))));
    return align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples: samplesOf(rows) },
        { source: sourceOf('server-log', {}), events },
      ],
      undefined,
    ).clock;
  };

  it('are read from the end by which the clocks agree', () => {
    expect(Math.abs(stamped('end', 0).offsetMs!)).toBeLessThan(10);
    expect(stamped('end', 0).caveats).toEqual([]);
  });

  it('are stamped at the start, perhaps, where the clocks only come nearer to each other by the end', () => {
    // A server's clock that is behind by about what a request takes; or a client that stamps ends, and a clock that is nearly right.
    for (const { offsetMs, caveats } of [stamped('start', -1980), stamped('end', 30)]) {
      expect(Math.abs(offsetMs! + 1980)).toBeLessThan(10);
      expect(caveats).toEqual([say('clock.tied', { ms: 2010 })]);
    }
  });

  it('are read from the end that comes in even steps where the other one does not', () => {
    // Two each 3.2 s: timers are even, answers are not; and the server's clock is behind by what a request takes.
    const list = Array.from({ length: 18 }, (_, id) => ({ id, sent: 1_000_000 + 3216 * (id >> 1) + 385 * (id % 2) }));
    const rows = list.map(({ id, sent }) => ({
      id,
      start: sent + (id % 3),
      elapsed: 1910 + ((id * id * 37) % 70) * 3,
    }));
    const log = handled(list.map(({ id, sent }) => ({ id, from: sent + 5 - 2020, to: sent + 1905 - 2020 })));
    const { clock } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples: samplesOf(rows) },
        { source: sourceOf('server-log', {}), events: eventsOf(log) },
      ],
      undefined,
    );
    expect(Math.abs(clock.offsetMs! + 2020)).toBeLessThanOrEqual(clock.uncertaintyMs!);
  });

  it('else are read as stamped at the start', () => {
    expect(Math.abs(stamped('start', 0).offsetMs!)).toBeLessThan(10);
    expect(Math.abs(stamped('start', 1200).offsetMs! - 1200)).toBeLessThan(10);
    expect(Math.abs(stamped('start', -700).offsetMs! + 700)).toBeLessThan(10);
  });

  it('are read from the end by which no two lines contradict each other', () => {
    // Two were quicker: read from the wrong end they are off by less than the others.
    const list = Array.from({ length: 60 }, (_, id) => ({
      id,
      sent: 1_000_000 + 3000 * id,
      ms: id < 58 ? 2000 : 1600,
    }));
    const rows = list.map(({ id, sent, ms }) => ({ id, start: sent + ms + 10, elapsed: ms + 10 }));
    const log = handled(list.map(({ id, sent, ms }) => ({ id, from: sent + 8005, to: sent + ms + 8005 })));
    const { clock } = align(
      [
        { source: sourceOf('client-samples', { stamp: 'start' }), samples: samplesOf(rows) },
        { source: sourceOf('server-log', {}), events: eventsOf(log) },
      ],
      undefined,
    );
    expect(Math.abs(clock.offsetMs! - 8000)).toBeLessThan(10);
  });
});
