import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { timelineOf } from '../../../support/timeline.js';

/** Room for 3, who take 1 s each; who comes beyond is turned away. */
const sent = Array.from({ length: 24 }, (_, id) =>
  id % 4 === 3
    ? { id, start: 300 * id, elapsed: 2, outcome: 'http-503' as const }
    : { id, start: 300 * id, elapsed: 1000 },
);

describe('a log that tells ends alone', () => {
  it('tells with which status requests were turned away', () => {
    const status = Uint16Array.from(sent, ({ outcome }) => (outcome ? 503 : 200));
    const endsOnly = {
      count: sent.length,
      times: Float64Array.from(sent, ({ start, elapsed }) => start + elapsed),
      status,
    };
    const { overload } = analyseRun({ ...timelineOf(sent, undefined), endsOnly }).findings;
    expect(overload).toMatchObject({ outcome: 'http-503', bound: 'exact', confidence: 'high', requests: 6 });
    expect(overload.methods.map(({ value }) => value)).toEqual([6, 6]);
  });
});
