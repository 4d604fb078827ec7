import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import { noneWaitsBehind } from '../../../src/analyse/inferences/backlog/crowd.js';
import { viewOf } from '../../../src/analyse/view.js';
import type { Timeline } from '../../../src/model/timeline.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/**
 * Four are served at a time, a second each, and three wait inside; whoever comes beyond that is cut at once.
 *
 *     under way   7  ┌──────────────┐
 *                 ───┘ x x x  x x x └──
 */
const begins = times(16, (i) => 1000 * Math.floor(i / 4) + 100 * (i % 4));
const waiting = begins.map((at, i) => (i < 4 ? at : i < 7 ? 450 + 10 * i : begins[i - 7]! + 1004));
const letIn: readonly TestSample[] = begins.map((at, id) => ({
  id,
  start: waiting[id]!,
  elapsed: at + 1003 - waiting[id]!,
}));
const log = handled(begins.map((at, id) => ({ id, from: Math.max(at, waiting[id]!) + 1, to: at + 1000 })));
const cut: readonly TestSample[] = times(8, (i) => ({
  id: 30 + i,
  start: 1450 + 150 * i + (i > 3 ? 250 : 0),
  elapsed: 2,
  outcome: 'reset' as const,
}));

/** One look alone shows the queue at its longest. */
const looked = (established: number, at = 1600): Pick<Timeline, 'sockets' | 'port'> => ({
  port: { value: 8080, from: 'option' },
  sockets: [at].map((time) => ({
    source: 0,
    line: 1,
    time,
    command: 'ss',
    shows: { connections: true, listeners: true, owners: false },
    listeners: [{ port: 8080, queued: 0, backlog: 128, line: 2 }],
    connections: [{ port: 8080, side: 'server', state: 'ESTABLISHED', owner: 'unknown', count: established, line: 3 }],
  })) as never,
});

describe('a queue inside the server', () => {
  it('is full where whoever was turned away came while as many others as ever were under way', () => {
    const { backlog, maxConcurrency } = analyseRun({ ...timelineOf([...letIn, ...cut], log), ...looked(7) }).findings;
    expect(maxConcurrency).toMatchObject({ value: 4, bound: 'exact' });
    expect(backlog).toMatchObject({ value: 3, bound: 'exact', where: 'server' });
    expect(backlog.methods.map(({ name }) => name.id)).toContain('backlog.method.underWay');
  });

  it('is known for one where others had an answer at once, though no look was taken', () => {
    const found = (outcome: 'reset' | 'http-503') => {
      const away = cut.map((one): TestSample => ({ ...one, outcome }));
      return analyseRun({ ...timelineOf([...letIn, ...away], log), ...looked(1, 40) }).findings.backlog;
    };
    expect(found('http-503')).toMatchObject({ value: 3, bound: 'exact', where: 'server', server: 3 });
    expect(found('reset')).toMatchObject({ value: 3, bound: 'exact', where: 'unknown' });
  });

  it('is not known to be full where nobody was turned away', () => {
    const { backlog } = analyseRun({ ...timelineOf(letIn, log), ...looked(7) }).findings;
    expect(backlog).toMatchObject({ value: 3, bound: 'at-least' });
  });
});

describe('a front that turns away at its limit', () => {
  const room = (ms: (i: number) => number): readonly TestSample[] => [
    ...times(12, (i) => ({ id: i, start: 1200 * Math.floor(i / 4) + 20 * (i % 4), elapsed: ms(i) })),
    ...times(9, (i) => ({
      id: 30 + i,
      start: 1200 * Math.floor(i / 3) + 300 + 200 * (i % 3),
      elapsed: 2,
      outcome: 'http-503' as const,
    })),
  ];

  it('lets nobody wait behind it if all take as long as the first', () => {
    expect(
      noneWaitsBehind(
        viewOf(
          timelineOf(
            room(() => 1000),
            undefined,
          ),
        ),
      ),
    ).toBe(true);
    expect(
      noneWaitsBehind(
        viewOf(
          timelineOf(
            room((i) => (i % 4 < 3 ? 1000 : 1160)),
            undefined,
          ),
        ),
      ),
    ).toBe(false);
  });
});
