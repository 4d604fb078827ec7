import { describe, expect, it } from 'vitest';
import { concatEvents } from '../../../src/ingest/merge/concat.js';
import { servedRequests } from '../../../src/ingest/merge/served.js';
import { NONE_U32 } from '../../../src/model/samples.js';
import { eventsOf, type TestEvent } from '../../support/events.js';

const served = (...lines: TestEvent[]) => servedRequests(eventsOf(lines), () => NONE_U32)!;
const spans = (result: ReturnType<typeof served>) =>
  Array.from(result.begin, (begin, i) => [begin, result.end[i], result.endLatest[i]]);

describe('begins and ends become requests', () => {
  it('pairs by id, whatever the order in which they end', () => {
    //   1 |-----------|
    //   2    |----|
    const result = served(
      { at: 10, kind: 'begin', id: 1 },
      { at: 20, kind: 'begin', id: 2 },
      { at: 30, kind: 'end', id: 2 },
      { at: 40, kind: 'end', id: 1 },
    );
    expect(spans(result)).toEqual([
      [10, 40, 40],
      [20, 30, 30],
    ]);
    expect([...result.beginLine]).toEqual([1, 2]);
    expect([...result.endLine]).toEqual([4, 3]);
  });

  it('leaves open what has no end, and counts an end without begin', () => {
    const result = served({ at: 10, kind: 'begin', id: 1 }, { at: 15, kind: 'end', id: 9 });
    expect(spans(result)).toEqual([[10, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]]);
    expect([result.open, result.orphanEnds.count]).toEqual([1, 1]);
  });

  it('tells a request whose begin is lost by the duration at its end', () => {
    //   1 |-----------|
    //   2    (-----|        its begin line is lost
    const result = served(
      { at: 10, kind: 'begin', id: 1 },
      { at: 30, kind: 'span', id: 2, duration: 12 },
      { at: 40, kind: 'span', id: 1, duration: 30 },
      { at: 41, kind: 'span', id: 1, duration: 31 },
    );
    expect(spans(result)).toEqual([
      [10, 40, 40],
      [18, 30, 30],
    ]);
    expect([result.open, result.orphanEnds.count, result.beginsDerived]).toEqual([0, 1, false]);
  });

  it('goes by the order of lines within a second, though rows of lines that were learnt stand behind all others', () => {
    //   line 1  begin 1    line 2  1 took 400 ms    line 3  begin 2    line 4  2 took 800 ms: it waited for 1
    const events = eventsOf([
      { at: 30_000, kind: 'span', id: 1, duration: 400, resolution: 1000 },
      { at: 30_000, kind: 'span', id: 2, duration: 800, resolution: 1000 },
      { at: 30_000, kind: 'begin', id: 1, resolution: 1000 },
      { at: 30_000, kind: 'begin', id: 2, resolution: 1000 },
    ]);
    const result = servedRequests({ ...events, line: Uint32Array.of(2, 4, 1, 3) }, () => NONE_U32)!;
    expect(spans(result)).toEqual([
      [30_000, 30_000, 30_000],
      [30_000, 30_000, 30_000],
    ]);
    expect([[...result.beginLine], [...result.endLine], result.open]).toEqual([[1, 3], [2, 4], 0]);
  });

  it('is not fooled by an access line whose whole second lies before the end', () => {
    // 1.4 begin, 1.9 done, and the access line says 1 (it is floored)
    const result = served(
      { at: 1400, kind: 'begin', id: 1, resolution: 0.001 },
      { at: 1900, kind: 'end', id: 1, resolution: 0.001 },
      { at: 1000, kind: 'end', id: 1, pattern: 'access', resolution: 1000 },
    );
    expect(spans(result)).toEqual([[1400, 1900, 1900]]);
    expect(result.resolutionMs).toBeCloseTo(0.001);
  });

  it('takes the access line where the end line was lost, as a range', () => {
    const result = served(
      { at: 1400, kind: 'begin', id: 1 },
      { at: 5000, kind: 'end', id: 1, pattern: 'access', resolution: 1000 },
    );
    expect(spans(result)).toEqual([[1400, 5000, 6000]]);
  });

  it('closes one id twice over for two tests in one log', () => {
    const result = served(
      { at: 10, kind: 'begin', id: 1 },
      { at: 20, kind: 'end', id: 1 },
      { at: 1010, kind: 'begin', id: 1 },
      { at: 1030, kind: 'end', id: 1 },
    );
    expect(spans(result)).toEqual([
      [10, 20, 20],
      [1010, 1030, 1030],
    ]);
    expect(result.repeatedIds).toBe(1);
  });

  it('does not close what another worker began, where workers end what they begin', () => {
    //   test 1   w1 id 7 |--- (its end is lost)
    //   test 2                              (its begin is lost) ---| id 7 w2
    const others = Array.from({ length: 12 }, (_, i): TestEvent[] => [
      { at: 100 * i, kind: 'begin', id: 100 + i, worker: `x${i}` },
      { at: 100 * i + 50, kind: 'end', id: 100 + i, worker: `x${i}` },
    ]).flat();
    const result = served({ at: 0, kind: 'begin', id: 7, worker: 'w1' }, ...others, {
      at: 90_000,
      kind: 'end',
      id: 7,
      worker: 'w2',
    });
    expect(result.end[0]).toBe(Number.POSITIVE_INFINITY);
    expect([result.open, result.orphanEnds.count]).toEqual([1, 1]);
  });

  it('takes apart a pair that spans two tests, the lines between them lost', () => {
    // Twelve ids in each of two tests of one worker; of id 5 the first end and the second begin are lost.
    const test = (from: number, n: number): TestEvent[] =>
      Array.from({ length: 12 }, (_, i): TestEvent[] => [
        { at: from + 100 * i, kind: 'begin', id: i, worker: 'w' },
        { at: from + 100 * i + 50, kind: 'end', id: i, worker: 'w' },
      ])
        .flat()
        .filter(({ id, kind }) => id !== 5 || kind === (n === 1 ? 'begin' : 'end'));
    const result = served(...test(0, 1), ...test(60_000, 2));
    expect(spans(result)[5]).toEqual([500, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
    expect([result.open, result.orphanEnds.count]).toEqual([1, 1]);
  });

  it('closes by the other lines of the finest clock first', () => {
    const result = served(
      { at: 1400, kind: 'begin', id: 1, resolution: 1 },
      { at: 2600, kind: 'end', id: 1, pattern: 'done', resolution: 1 },
      { at: 2000, kind: 'end', id: 1, pattern: 'access', resolution: 1000 },
    );
    expect(result.end[0]).toBe(2600);
  });

  it('pairs by worker where there are no ids', () => {
    const result = served(
      { at: 10, kind: 'begin', worker: 'a' },
      { at: 20, kind: 'begin', worker: 'b' },
      { at: 30, kind: 'end', worker: 'b' },
      { at: 40, kind: 'end', worker: 'a' },
    );
    expect(spans(result)).toEqual([
      [10, 40, 40],
      [20, 30, 30],
    ]);
  });

  it('takes apart a pair of a thread that ended others meanwhile, the lines between lost, where there are no ids', () => {
    //   thread-1   ▐██▌  ▐███·      ▐██▌   ▐██▌   ·███▌        what is lost at · made one of two
    const one = (at: number, worker: string): TestEvent[] => [
      { at, kind: 'begin', worker },
      { at: at + 80, kind: 'end', worker },
    ];
    const calm = (worker: string) => [0, 100, 200, 300, 400, 500, 600, 700].flatMap((at) => one(at, worker));
    const torn = (worker: string) =>
      calm(worker)
        .filter(({ at }) => at !== 180 && at !== 500)
        .concat(one(900, worker));
    const pairs = (worker: string) => {
      const lines = [...calm('thread-2'), ...calm('thread-3'), ...torn(worker)].sort((a, b) => a.at - b.at);
      const { begin, end, orphanEnds, open } = served(...lines);
      const lasted = [...end].map((t, i) => t - begin[i]!).filter(Number.isFinite);
      return { longest: Math.max(...lasted), lost: [open, orphanEnds.count] };
    };
    expect(pairs('thread-1')).toEqual({ longest: 80, lost: [1, 1] });
    // One in the main thread may last while others come and go.
    expect(pairs('MainThread')).toEqual({ longest: 480, lost: [0, 0] });
  });

  it('ends what a line began in which two records are glued together, though the name in it is spoilt', () => {
    //   w1 … done 1461794136.16 w1 start 12       read as the worker “start 1461794136.16 w1”, or whatever
    const list = Array.from({ length: 12 }, (_, i): TestEvent[] => [
      { at: 100 * i, kind: 'begin', id: i, worker: `w${i % 2}` },
      { at: 100 * i + 90, kind: 'end', id: i, worker: `w${i % 2}` },
    ]).flat();
    const glued = (worker: string): TestEvent[] => [
      { at: 2000, kind: 'begin', id: 50, worker },
      { at: 2090, kind: 'end', id: 50, worker: 'w1' },
    ];
    expect(served(...list, ...glued('1461794136.16 w1')).open).toBe(0);
    expect(served(...list, ...glued('w0')).open).toBe(1);
  });

  it('leads a line with a duration back to its begin, and prefers the inner of two servers', () => {
    const result = served(
      { at: 900, kind: 'span', id: 1, duration: 500, pattern: 'worker' },
      { at: 905, kind: 'span', id: 1, duration: 880, pattern: 'proxy' },
    );
    expect(spans(result)).toEqual([[400, 900, 900]]);
    expect(result.beginsDerived).toBe(true);
  });

  it('puts an end before a begin where two files have them at the same time', () => {
    const one = eventsOf([
      { at: 10, kind: 'begin', id: 1 },
      { at: 50, kind: 'begin', id: 2 },
    ]);
    const two = eventsOf([{ at: 50, kind: 'end', id: 1, source: 1 }]);
    const result = servedRequests(concatEvents([one, two])!, () => NONE_U32)!;
    expect([...result.begin]).toEqual([10, 50]);
    expect(result.end[0]).toBe(50);
  });

  it('tells nothing where only ends are known', () => {
    expect(servedRequests(eventsOf([{ at: 10, kind: 'end', id: 1 }]), () => NONE_U32)).toBeUndefined();
  });
});
