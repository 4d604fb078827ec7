import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import { viewOf } from '../../../src/analyse/view.js';
import type { TestEvent } from '../../support/events.js';
import type { TestSample } from '../../support/samples.js';
import { timelineOf } from '../../support/timeline.js';

const KILLED = 2500;

/** Two workers of two threads each; eight are sent at once and then one each time one is answered. Worker 7 is killed while it serves two. */
const sent: TestSample[] = Array.from({ length: 16 }, (_, id) => ({
  id,
  start: id,
  elapsed: 1000 * (1 + (id >> 2)) - id,
}));
const log = sent.flatMap(({ id, start, elapsed }): TestEvent[] => [
  { at: start! + elapsed - 999, kind: 'begin', id: id!, worker: `w${id! % 4}` },
  { at: start! + elapsed - 1, kind: 'end', id: id!, worker: `w${id! % 4}` },
]);

/** Served by the killed one, which had accepted two more. */
const isCut = (id: number) => [8, 9, 12, 13].includes(id);
const withCut = (apartMs: number) =>
  timelineOf(
    sent.map((one) =>
      isCut(one.id!)
        ? { ...one, elapsed: KILLED + (one.id! >= 12 ? apartMs : 0) - one.start, outcome: 'reset' as const }
        : one,
    ),
    log.filter(({ id, kind }) => !(isCut(id!) && (kind === 'end' || id! >= 12))),
  );

//   served       ▐█████ cut
//   accepted       ···· cut     at the same instant
describe('requests that a killed worker had accepted', () => {
  it('are cut at the instant at which those are that it served', () => {
    expect([...viewOf(withCut(2)).cutWithWorker()].sort((a, b) => a - b)).toEqual([8, 9, 12, 13]);
  });

  it('are others’ where they are cut at another time', () => {
    expect([...viewOf(withCut(400)).cutWithWorker()].sort((a, b) => a - b)).toEqual([8, 9]);
  });

  it('show neither a limit nor a queue that is full', () => {
    const { overload, backlog } = analyseRun(withCut(2)).findings;
    expect(overload).toMatchObject({ outcome: 'queued' });
    expect(backlog.bound).not.toBe('exact');
  });
});
