import { describe, expect, it } from 'vitest';
import { reuse } from '../../../../src/analyse/inferences/reuse/reuse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import { handled, timelineOf } from '../../../support/timeline.js';

/** One request after another on each worker, by lines of a form that was learnt. */
const learned = (workers: readonly string[], limit?: number) => {
  const list = [0, 1, 2, 3, 4, 5].flatMap((turn) =>
    workers.map((worker, n) => ({ id: 10 * turn + n, from: 1000 * turn + n, to: 1000 * turn + 900 + n, worker })),
  );
  const log = handled(list).map((event) => ({ ...event, pattern: 'learned' }));
  const found = limit === undefined ? {} : { maxConcurrency: { bound: 'exact', value: limit } };
  return reuse.infer({ found, view: viewOf(timelineOf(undefined, log)) } as never);
};

describe('workers in lines of an unknown form', () => {
  it('are sure where as many are at work as requests were in service at the limit', () => {
    expect(learned(['w', 'x', 'y'], 3)).toMatchObject({ pattern: 'reused', workers: 3, confidence: 'high' });
    expect(learned(['w', 'x', 'y'], 4)).toMatchObject({ pattern: 'reused', confidence: 'medium' });
    expect(learned(['w', 'x', 'y'])).toMatchObject({ pattern: 'reused', confidence: 'medium' });
  });

  it('are sure where the line names the main thread', () => {
    expect(learned(['MainThread'])).toMatchObject({ pattern: 'single', bound: 'exact', confidence: 'high' });
    expect(learned(['w'])).toMatchObject({ pattern: 'single', bound: 'estimate', confidence: 'medium' });
  });
});
