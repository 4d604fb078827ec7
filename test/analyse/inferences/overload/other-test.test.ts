import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { timelineOf } from '../../../support/timeline.js';

//   client                          ▐██████▌
//   log         ▐██████▌            ▐██████▌       two workers, one second a request
describe('a log that holds another test beside the one that the client recorded', () => {
  const REQUESTS = 20;
  const ids = Array.from({ length: REQUESTS }, (_, i) => i + 1);
  const begunAt = (id: number) => 1000 * ((id - 1) >> 1) + 2;
  const OTHER_IDS = 100;
  /** Both tests, of which one has the client's ids. */
  const log = (own: number) =>
    [0, 60_000].flatMap((from) =>
      ids.flatMap((n) => {
        const id = from === own ? n : n + OTHER_IDS;
        const at = from + begunAt(n);
        const worker = `w${n % 2}`;
        return [
          { at, kind: 'begin' as const, id, worker },
          { at: at + 998, kind: 'end' as const, id, worker },
        ];
      }),
    );
  const client = (from: number, lacking = 0) =>
    ids.slice(lacking).map((id) => ({ id, start: from, elapsed: begunAt(id) + 1000, connect: 1 }));
  const caveats = ({ caveats }: { caveats: readonly { id: string }[] }) => caveats.map(({ id }) => id);

  it.each([0, 60_000])('is judged by both where the client was there, from %i ms on', (from) => {
    const { overload, maxConcurrency } = analyseRun(timelineOf(client(from), log(from))).findings;
    // No look tells whether the other's requests were all let in.
    expect(overload).toMatchObject({ outcome: 'queued', bound: 'estimate', confidence: 'medium' });
    expect(caveats(overload)).toContain('overload.caveat.otherTest');
    expect(maxConcurrency).toMatchObject({ bound: 'exact', value: 2 });
  });

  it('is so without ids too, where the clocks are known by order', () => {
    const sent = client(60_000).map(({ id: _, ...one }) => one);
    const lines = log(60_000).map(({ id: _, ...one }) => one);
    const timeline = timelineOf(sent, lines);
    const { overload, maxConcurrency } = analyseRun({
      ...timeline,
      clock: { ...timeline.clock, method: 'order', matched: 0 },
    }).findings;
    expect(overload.outcome).toBe('queued');
    expect(maxConcurrency).toMatchObject({ bound: 'exact', value: 2 });
  });

  it('is still called a part where the client lacks requests of its own test', () => {
    const { overload } = analyseRun(timelineOf(client(60_000, 8), log(60_000))).findings;
    expect(caveats(overload)).toContain('overload.caveat.part');
  });
});
