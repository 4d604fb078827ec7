import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import type { Timeline } from '../../../../src/model/timeline.js';
import { queueLook as look, PORT } from '../../../support/looks.js';
import { handled, timelineOf } from '../../../support/timeline.js';

describe('an exception in the log, with no client', () => {
  const list = Array.from({ length: 8 }, (_, id) => ({ id, from: 100 * id, to: 100 * id + 900 }));
  const notices: Timeline['notices'] = [1, 2, 3].map((n) => ({
    source: 0,
    line: n,
    time: 400 + n,
    notice: { kind: 'exception', type: 'RuntimeError', resource: 'threads' },
  })) as never;
  const found = (left: number) =>
    analyseRun({
      ...timelineOf(undefined, handled(list)),
      notices,
      port: { value: PORT, from: 'option' },
      sockets: [look(500, { established: 5, left })],
    }).findings.overload;

  it('tells what became of those beyond the limit, unless more gave up', () => {
    expect(found(0)).toMatchObject({ outcome: 'server-error', bound: 'estimate', confidence: 'low' });
    expect(found(12)).toMatchObject({ outcome: 'unknown', bound: 'unknown' });
  });
});
