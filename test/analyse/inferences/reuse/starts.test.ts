import { describe, expect, it } from 'vitest';
import { reuse } from '../../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { Timeline } from '../../../../src/model/timeline.js';
import { handled, timelineOf } from '../../../support/timeline.js';

/** Turns of one second each: who serves in each, and the start of the server to which the worker belongs, `a/1`. */
const serve = (...turns: readonly string[]) => {
  const list = turns.flatMap((workers, turn) =>
    workers
      .split(' ')
      .map((worker, n) => ({ id: 100 * turn + n, from: 1000 * turn + n, to: 1000 * turn + 900, worker })),
  );
  const timeline = timelineOf(undefined, handled(list));
  const workers = timeline.served!.workers.map(({ thread, identity }) => {
    const [name, start] = thread!.split('/');
    return { thread: `thread ${name}`, identity, ...(start ? { start: Number(start) } : {}) };
  });
  const view = viewOf({ ...timeline, served: { ...timeline.served!, workers } } as Timeline);
  return reuse.infer({ found: {}, view } as never);
};

describe('workers of a server that was started anew', () => {
  it('did not take the places of those before', () => {
    // without the start: two slots, of which each was taken anew after three requests
    const found = serve(...['a b', 'a b', 'a b'], ...['a/1 b/1', 'a/1 b/1', 'a/1 b/1']);
    expect([found.pattern, found.workers, found.confidence]).toEqual(['reused', 4, 'high']);
  });

  it('are each for one request, though names come again', () => {
    const one = ['T-1', 'T-2', 'T-3', 'T-4', 'T-5'];
    const found = serve(...one, ...one.map((name) => `${name}/1`));
    expect([found.pattern, found.workers, found.confidence]).toEqual(['per-request', 10, 'high']);
  });

  it('are replaced after the number that each start shows', () => {
    const start = (n: string) => ['a', 'a', 'b', 'b', 'c', 'c'].map((name) => name + n);
    expect(serve(...start(''), ...start('/1')).recycledAfter).toBe(2);
  });

  it('have no chance to serve again where all of a start is at once', () => {
    expect(serve('a b c', 'a/1 b/1 c/1').pattern).toBe('inconclusive');
  });

  it('are the only ones of theirs', () => {
    const found = serve('a', 'a', 'a/1', 'a/1');
    expect([found.pattern, found.workers]).toEqual(['single', 2]);
  });
});
