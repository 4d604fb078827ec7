import { describe, expect, it } from 'vitest';
import { reuse } from '../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../src/analyse/view.js';
import { handled, timelineOf } from '../../support/timeline.js';

/** Turns of one second each: who serves in each. */
const serve = (...turns: readonly (readonly string[])[]) => {
  const list = turns.flatMap((workers, turn) =>
    workers.map((worker, n) => ({ id: 100 * turn + n, from: 1000 * turn + n, to: 1000 * turn + 900 + n, worker })),
  );
  return reuse.infer({ found: {}, view: viewOf(timelineOf(undefined, handled(list))) } as never);
};

describe('workers that are replaced', () => {
  it('are told before the first generation is gone as a whole', () => {
    // a b c ▐█▌▐█▌▐█▌ and not again; d serves on in its own time; x y z new
    const found = serve(['a', 'b', 'c', 'd'], ['a', 'b', 'c'], ['a', 'b', 'c'], ['x', 'y', 'z', 'd'], ['x', 'y', 'z']);
    expect([found.pattern, found.recycledAfter, found.confidence]).toEqual(['recycled', 3, 'high']);
  });

  it('served as many as nearly all did, whatever was left for the last', () => {
    // two slots, three requests each; the load ends when the last have served one
    const turn = (n: number) => [`a${n}`, `b${n}`];
    const found = serve(...[0, 1, 2, 3, 4, 5].flatMap((n) => [turn(n), turn(n), turn(n)]), turn(6), turn(7));
    expect([found.pattern, found.recycledAfter, found.confidence]).toEqual(['recycled', 3, 'high']);
  });

  it('served as many as none passes, where each place was taken anew time and again, though lines of most are lost', () => {
    // One slot, four requests each; of five workers two lost the lines of one, and one those of two.
    const lost = [0, 0, 1, 1, 2];
    const list = Array.from({ length: 160 }, (_, i) => ({
      id: i,
      from: 1000 * i,
      to: 1000 * i + 900,
      worker: `fork-${500 + (i >> 2)}`,
    }));
    const left = list.filter(({ id }) => id % 4 >= lost[(id >> 2) % 5]!);
    const log = handled(left).filter((_, k) => k % 13 !== 6);
    const found = reuse.infer({ found: {}, view: viewOf(timelineOf(undefined, log)) } as never);
    expect([found.pattern, found.recycledAfter]).toEqual(['recycled', 4]);
  });

  it('are not those that were idle when the load ended', () => {
    // two slots, three or four requests each; g was idle when a single late request brought h
    const found = serve(
      ...[0, 1, 2].map(() => ['a', 'b']),
      ...['ac', 'dc', 'dc', 'de', 'fe', 'fe', 'fg', '', 'h'].map((turn) => turn.split('')),
    );
    expect([found.pattern, found.recycledAfter]).toEqual(['recycled', 3]);
  });

  it('are told of a crowd, though others were idle when the load ended', () => {
    const crowd = (name: string) => [1, 2, 3, 4, 5, 6].map((n) => `${name}${n}`);
    const old = crowd('a');
    const found = serve([...old, 'k', 'l'], old, old, crowd('b'), ['k', 'l', 'e']);
    expect([found.pattern, found.recycledAfter]).toEqual(['recycled', 3]);
  });

  it('are told before the server died', () => {
    const turn = (n: number) => [`a${n}`, `b${n}`];
    const turns = [0, 1, 2, 3].flatMap((n) => [turn(n), turn(n)]);
    const log = turns.flatMap((workers, at) =>
      workers.map((worker, n) => ({ id: 10 * at + n, from: 1000 * at + n, to: 1000 * at + 900 + n, worker })),
    );
    const view = { ...viewOf(timelineOf(undefined, handled(log))), outage: { at: 7950 } };
    const found = reuse.infer({ found: {}, view } as never);
    expect([found.pattern, found.recycledAfter]).toEqual(['recycled', 2]);
  });

  it('served before the log begins, if the client has answers from then, and count from the next generation on', () => {
    // two slots, four requests each, of which the log has the last of the first pair
    const turn = (n: number) => [`a${n}`, `b${n}`];
    const turns = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2].map(turn);
    const all = turns.flatMap((workers, at) =>
      workers.map((worker, n) => ({ id: 10 * at + n, from: 1000 * at + n, to: 1000 * at + 900 + n, worker })),
    );
    const sent = all.map(({ id, from, to }) => ({ id, start: from - 1, elapsed: to - from + 2 }));
    const log = handled(all).filter(({ at }) => at >= 2500 + 499);
    const found = reuse.infer({ found: {}, view: viewOf(timelineOf(sent, log)) } as never);
    expect([found.pattern, found.recycledAfter]).toEqual(['recycled', 4]);
  });

  it('are not made of a pool whose workers differ in luck', () => {
    const found = serve(['a', 'b'], ['a', 'c'], ['a', 'b'], ['d', 'a'], ['b', 'a'], ['c', 'a']);
    expect([found.pattern, found.confidence]).toEqual(['reused', 'high']);
  });

  it('leave a doubt where some stopped at the most that any served', () => {
    const found = serve(['a', 'b', 'c', 'd'], ['a', 'b'], ['e', 'f', 'c', 'd'], ['e', 'f']);
    expect([found.pattern, found.bound, found.confidence]).toEqual(['reused', 'estimate', 'medium']);
  });

  it('leave a doubt where lines were lost and some stopped near the most that any served', () => {
    const work = (id: number, turn: number, worker: string) => ({
      id,
      from: 1000 * turn + (id % 10),
      to: 1000 * turn + 900,
      worker,
    });
    const turns = [0, 1, 2, 3, 4, 5].flatMap((turn) =>
      ['a', 'b', 'c', 'd'].map((w, n) => work(10 * turn + n, turn, w)),
    );
    const late = [6, 7].flatMap((turn) => ['c', 'd', 'e', 'f'].map((w, n) => work(10 * turn + n, turn, w)));
    // Of two requests the log lost the begin.
    const log = handled([...turns, ...late]).filter(({ id, kind }) => kind !== 'begin' || ![10, 21].includes(id!));
    const found = reuse.infer({ found: {}, view: viewOf(timelineOf(undefined, log)) } as never);
    expect([found.pattern, found.bound, found.confidence]).toEqual(['reused', 'estimate', 'medium']);
  });

  it('leave a doubt where every place was taken anew, by no number that shows', () => {
    const one = (worker: string, requests: number) => Array.from({ length: requests }, () => [worker]);
    const found = serve(...one('a', 2), ...one('b', 2), ...one('c', 9), ...one('d', 3), ...one('e', 2));
    expect([found.pattern, found.bound, found.confidence]).toEqual(['reused', 'estimate', 'medium']);
  });
});
