import { describe, expect, it } from 'vitest';
import { feasibleLine } from '../../../src/ingest/clock/drift.js';
import type { Statement } from '../../../src/ingest/clock/statement.js';

/** Early begins bound the difference of the clocks by 2 ms from above, ends that many ms later by as much more from below. */
const lineOf = (afterMs: number, byMs: number) =>
  feasibleLine(
    [0, 1, 2].flatMap((k): Statement[] => [
      { side: 'at-most', value: 2, at: 10 * k } as Statement,
      { side: 'at-least', value: 2 + byMs, at: afterMs + 10 * k } as Statement,
    ]),
  );

describe('bounds that no constant difference of the clocks satisfies', () => {
  it('are a drift where that is one of a clock', () => {
    expect(lineOf(60_000, 6)?.ppm).toBeCloseTo(117, 0);
  });

  it('are faults of some lines where it would be more: a server wrote them late', () => {
    expect(lineOf(2300, 3)).toBeUndefined();
  });
});
