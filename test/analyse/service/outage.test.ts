import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import { outageOf } from '../../../src/analyse/service/outage.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/**
 * Ten in service; whoever comes after is refused at once. At 8000 the server dies.
 *
 *     in service   |────────────────────────────┐ reset
 *     refused            x  x  x  x  x  x  x  x │ x  x  x
 */
const fullThenDead: readonly TestSample[] = [
  ...times(10, (i) => ({ id: i, start: 100 * i, elapsed: 8000 - 100 * i, outcome: 'reset' as const })),
  ...times(40, (i) => ({ id: 10 + i, start: 1000 + 200 * i, elapsed: 1, outcome: 'refused' as const })),
  ...times(5, (i) => ({ id: 50 + i, start: 9000 + 200 * i, elapsed: 1, outcome: 'refused' as const })),
];
const begunOnly = times(10, (i) => ({ at: 100 * i + 5, kind: 'begin' as const, id: i, worker: `Thread-${i}` }));

describe('the death of a server', () => {
  it('is when all connections are cut, whatever a full server refused before', () => {
    const timeline = timelineOf(fullThenDead, begunOnly);
    expect(outageOf(timeline)?.at).toBe(8000);
    const { overload } = analyseRun(timeline).findings;
    // Refused within the last moments before the death may be the death's; the others were turned away by the limit.
    expect(overload.outcome).toBe('refused');
  });

  it('is not before it answers: a full server says so', () => {
    const sent = fullThenDead.map((one) =>
      one.id! % 2 === 1 && one.outcome === 'refused' && one.start < 8000
        ? { ...one, outcome: 'http-503' as const }
        : one,
    );
    expect(outageOf(timelineOf(sent, begunOnly))?.at).toBe(8000);
  });

  it('is dated by the end of a connection attempt: it was refused when it was tried again', () => {
    const sent: TestSample[] = [
      ...times(5, (i) => ({ id: i, start: 100 * i, elapsed: 5000 })),
      ...times(5, (i) => ({ id: 10 + i, start: 1000 + 100 * i, elapsed: 6200 - 100 * i, outcome: 'refused' as const })),
    ];
    const log = handled(times(5, (i) => ({ id: i, from: 100 * i + 2, to: 4990 + 100 * i })));
    expect(outageOf(timelineOf(sent, log))?.at).toBe(7200);
  });

  it('explains late answers before it, where no limit shows', () => {
    const sent: TestSample[] = [
      ...times(8, (i) => ({ id: i, start: 500 * i, elapsed: 3000, outcome: 'read-timeout' as const })),
      ...times(6, (i) => ({ id: 8 + i, start: 4000 + 500 * i, elapsed: 4000 - 500 * i, outcome: 'reset' as const })),
      ...times(6, (i) => ({ id: 20 + i, start: 8100 + 500 * i, elapsed: 1, outcome: 'refused' as const })),
    ];
    expect(analyseRun(timelineOf(sent, undefined)).findings.overload).toMatchObject({
      outcome: 'outage',
      bound: 'estimate',
    });
  });

  it('is told by cuts alone where those who waited to be accepted are cut with the others', () => {
    // in service ▐██████▌ ▐██████▌ ▐███┐
    // waiting       ───────────────────┤ all reset, and nobody comes any more
    const served = times(4, (i) => ({ id: i, start: 100 * i, elapsed: 2000 * (i + 1) - 100 * i }));
    const cut = times(12, (i) => ({
      id: 4 + i,
      start: 400 + 100 * i,
      elapsed: 8600 - 100 * i,
      outcome: 'reset' as const,
    }));
    const log = handled(times(5, (i) => ({ id: i, from: 2000 * i + 5, to: 2000 * (i + 1) - 2 }))).filter(
      ({ id, kind }) => id !== 4 || kind === 'begin',
    );
    const { overload } = analyseRun(timelineOf([...served, ...cut], log)).findings;
    expect(overload).toMatchObject({ outcome: 'outage', bound: 'estimate', confidence: 'medium' });
    // A server that answers again later had cut them at its limit, or lost a worker.
    const after = times(4, (i) => ({ id: 40 + i, start: 9500 + 10 * i, elapsed: 300 }));
    const more = handled(after.map(({ id, start }) => ({ id, from: start + 2, to: start + 298 })));
    const again = analyseRun(timelineOf([...served, ...cut, ...after], [...log, ...more])).findings.overload;
    expect(again.outcome).not.toBe('outage');
  });
});
