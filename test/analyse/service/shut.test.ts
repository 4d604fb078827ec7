import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import type { Timeline } from '../../../src/model/timeline.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/**
 * Two at a time for a second each, one comes each 200 ms. From 4000 on whoever comes is refused, and those before are served until 11000.
 *
 *     in service   |────────────────────────────────|
 *     sent         i  i  i  i  x  x  x  x
 */
const letIn: readonly TestSample[] = times(20, (i) => ({
  id: i,
  start: 200 * i,
  elapsed: 1000 * (Math.floor(i / 2) + 1) + 200 * (i % 2) - 200 * i + 10,
}));
const refusedAt = (n: number, everyMs: number): readonly TestSample[] =>
  times(n, (i) => ({ id: 20 + i, start: 4000 + everyMs * i, elapsed: 1, outcome: 'refused' as const }));
const log = handled(
  times(20, (i) => {
    const from = 1000 * Math.floor(i / 2) + 200 * (i % 2) + 5;
    return { id: i, from, to: from + 1000 };
  }),
);

/** Each half second; the port is listened on until then. */
function looksUntil(gone: number, back = Number.POSITIVE_INFINITY): Pick<Timeline, 'sockets' | 'port'> {
  const shows = { connections: true, listeners: false, owners: false };
  const sockets = times(30, (i) => ({
    source: 0,
    line: 1 + 3 * i,
    time: 500 * i,
    command: 'ss',
    shows,
    listeners: 500 * i < gone || 500 * i >= back ? [{ port: 8080, queued: 0, backlog: 128, line: 2 + 3 * i }] : [],
    connections: [],
  }));
  return { sockets: sockets as never, port: { value: 8080, from: 'option' } };
}

const overloadOf = (timeline: Timeline) => analyseRun(timeline).findings.overload;

describe('a server that is stopped in good order', () => {
  it('refuses at no limit: nobody listens while those before are served to their end', () => {
    const sent = [...letIn, ...refusedAt(5, 200)];
    const overload = overloadOf({ ...timelineOf(sent, log), ...looksUntil(4000) });
    expect(overload).toMatchObject({ outcome: 'outage', bound: 'exact', confidence: 'high', requests: 5 });
    expect(overload.onsetAt).toBe(4001);
    // Where the port is listened on, the same are turned away.
    expect(overloadOf({ ...timelineOf(sent, log), ...looksUntil(20000) }).outcome).toBe('refused');
  });

  it('does not open again by itself: who does had shut the door at its limit', () => {
    const sent = [...letIn, ...refusedAt(5, 200)];
    expect(overloadOf({ ...timelineOf(sent, log), ...looksUntil(4000, 11000) }).outcome).toBe('refused');
    const late: TestSample = { id: 50, start: 12000, elapsed: 1010 };
    const all = timelineOf([...sent, late], [...log, ...handled([{ id: 50, from: 12005, to: 13005 }])]);
    expect(overloadOf({ ...all, ...looksUntil(4000, 11500) }).outcome).toBe('refused');
  });

  it('is told by its own words as well', () => {
    const stop = { source: 0, line: 9, time: 3900, notice: { kind: 'server-stop' as const } };
    const timeline = timelineOf([...letIn, ...refusedAt(5, 200)], log);
    expect(overloadOf({ ...timeline, notices: [stop] })).toMatchObject({ outcome: 'outage', confidence: 'high' });
    // Words behind its end say nothing of refusals long before.
    expect(overloadOf({ ...timeline, notices: [{ ...stop, time: 9000 }] }).outcome).toBe('refused');
  });

  it('is told by nobody coming in for all who leave', () => {
    const sent = [...letIn, ...refusedAt(12, 500)];
    expect(overloadOf(timelineOf(sent, log))).toMatchObject({ outcome: 'outage', confidence: 'medium' });
    // One who comes in again shows a limit.
    const again: TestSample = { id: 50, start: 7700, elapsed: 4000 };
    const more = handled([{ id: 50, from: 10700, to: 11690 }]);
    expect(overloadOf(timelineOf([...sent, again], [...log, ...more])).outcome).toBe('refused');
  });
});
