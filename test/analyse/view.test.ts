import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../src/analyse/analyse.js';
import { peak, valueAt } from '../../src/analyse/stats/steps.js';
import { viewOf } from '../../src/analyse/view.js';
import { handled, timelineOf } from '../support/timeline.js';

describe('the view of a run', () => {
  it('sees who waits: sent and not begun, for longer than a hiccup', () => {
    // one worker, three requests of a second sent together:  |█████|     in service
    //                                                        |·····|█████|  waited one second
    const sent = [0, 1, 2].map((n) => ({ start: n, elapsed: 1000 * (n + 1), id: n }));
    const log = handled([0, 1, 2].map((n) => ({ id: n, from: 1000 * n + 5, to: 1000 * (n + 1) })));
    const { inFlight, inService, waiting } = viewOf(timelineOf(sent, log));
    expect([peak(inFlight!).value, peak(inService!).value, peak(waiting!).value]).toEqual([3, 1, 2]);
    expect(valueAt(waiting!, 1500)).toBe(1);
  });

  it('is not fooled by the start-up of the load generator', () => {
    const sent = Array.from({ length: 20 }, (_, n) => ({ start: 0, elapsed: 2300, id: n }));
    const log = handled(sent.map(({ id }) => ({ id, from: 300, to: 2300 })));
    expect(peak(viewOf(timelineOf(sent, log)).waiting!).value).toBe(0);
  });

  it('does not take for a wait what the last lines of a dying server would have told', () => {
    //  1 |────────────┐      3 was sent after the last line that is left: |······┐ cut with the others
    //  2   |──────────┤                                                    begun, or not
    const at = (start: number, id: number) => ({ start, elapsed: 2000 - start, id, outcome: 'reset' as const });
    const refused = [3000, 3500, 4000].map((start, n) => ({
      start,
      elapsed: 1,
      id: 10 + n,
      outcome: 'refused' as const,
    }));
    const log = [0, 400].map((start, n) => ({ at: start + 1, kind: 'begin' as const, id: n + 1 }));
    const waiting = (third: number) =>
      peak(viewOf(timelineOf([at(0, 1), at(400, 2), at(third, 3), ...refused], log)).waiting!).value;
    expect([waiting(900), waiting(200)]).toEqual([0, 1]);
  });

  it('does not take a lost begin line for a wait', () => {
    const sent = [
      { start: 0, elapsed: 5000, id: 1 },
      { start: 10, elapsed: 5000, id: 2 },
    ];
    const { waiting } = viewOf(timelineOf(sent, handled([{ id: 1, from: 1, to: 4999 }])));
    expect(peak(waiting!).value).toBe(0);
  });

  it('waits no longer than is sure where a begin line is lost', () => {
    // 24 requests of 1 s and one of 9 s whose begin is lost: a usual service before its end it need not have begun
    const list = Array.from({ length: 24 }, (_, n) => ({ id: n, from: 2000 * n + 5, to: 2000 * n + 1000 }));
    const sent = [
      ...list.map(({ id, from, to }) => ({ id, start: from - 5, elapsed: to - from + 10 })),
      { id: 99, start: 20_000, elapsed: 9000 },
    ];
    const log = [...handled(list), { at: 28_995, kind: 'end' as const, id: 99 }].sort((a, b) => a.at - b.at);
    expect(peak(viewOf(timelineOf(sent, log)).waiting!).value).toBe(0);
  });

  it('counts who waits without ids, where the log has as many requests as the client', () => {
    //   sent     1 2 3
    //   begun    |███|███|███|       by one worker
    const sent = [0, 1, 2].map((n) => ({ start: n, elapsed: 1000 * (n + 1), id: n }));
    const log = handled([0, 1, 2].map((n) => ({ id: 50 + n, from: 1000 * n + 5, to: 1000 * (n + 1) })));
    const timeline = timelineOf(sent, log);
    const unpaired = viewOf({ ...timeline, clock: { ...timeline.clock, method: 'order' } });
    expect(peak(unpaired.waiting!).value).toBe(2);
    expect(viewOf(timeline).waiting).toBeUndefined();
  });

  it('counts without ids by when clients were connected: who had to knock again is begun later', () => {
    //   sent       1 2 3      2 is connected 1.5 s after it was sent
    //   connected  1   3 2
    //   begun      |███|███|███|
    const sent = [
      { id: 1, start: 0, elapsed: 1000, connect: 1 },
      { id: 2, start: 10, elapsed: 3000, connect: 1500 },
      { id: 3, start: 20, elapsed: 2000, connect: 1 },
    ];
    const log = handled([0, 1, 2].map((n) => ({ id: 50 + n, from: 1000 * n + 5, to: 1000 * (n + 1) })));
    const timeline = timelineOf(sent, log);
    const { begunAt } = viewOf({ ...timeline, clock: { ...timeline.clock, method: 'order' } });
    expect([...begunAt!]).toEqual([5, 2005, 1005]);
  });

  it('counts a request that was never begun and failed as waiting to the end', () => {
    const sent = [
      { start: 0, elapsed: 5000, id: 1 },
      { start: 1000, elapsed: 3000, id: 2, outcome: 'read-timeout' as const },
    ];
    const { waiting } = viewOf(timelineOf(sent, handled([{ id: 1, from: 1, to: 4999 }])));
    expect([valueAt(waiting!, 2000), valueAt(waiting!, 4500)]).toEqual([1, 0]);
  });
});

describe('what is told of the clocks', () => {
  it('holds both readings where nothing tells which end of a request a line marks', () => {
    const timeline = timelineOf([{ id: 1, start: 0, elapsed: 100 }], handled([{ id: 1, from: 1, to: 99 }]));
    const clock = { ...timeline.clock, offsetMs: -5000, uncertaintyMs: 10, orAheadMs: 3000 };
    const told = analyseRun({ ...timeline, clock }).clock;
    expect([told.offsetMs! - told.uncertaintyMs!, told.offsetMs! + told.uncertaintyMs!]).toEqual([-5010, -1990]);
  });
});
