import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../src/analyse/analyse.js';
import { viewOf } from '../../../src/analyse/view.js';
import type { TestEvent } from '../../support/events.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/**
 * Room for four, a second each. Who comes while all are busy is answered with 503 within 3 ms, and has a line like all others.
 *
 *     in service   ┌── 4 ──┐┌── 4 ──┐
 *     503            x x x    x x x
 */
const served = times(16, (i) => ({ id: i, from: 1000 * Math.floor(i / 4) + 10 * (i % 4) + 5, took: 960 }));
const away = times(12, (i) => ({ id: 20 + i, from: 300 * i + 250 + 60 * Math.floor(i / 3), took: 3 }));
const sent: readonly TestSample[] = [
  ...served.map(({ id, from, took }) => ({ id, start: from - 2, elapsed: took + 4 })),
  ...away.map(({ id, from, took }) => ({ id, start: from - 1, elapsed: took + 2, outcome: 'http-503' as const })),
];
const log = (status: number): TestEvent[] =>
  handled([...served, ...away].map(({ id, from, took }) => ({ id, from, to: from + took }))).map((event) =>
    event.kind === 'end' ? { ...event, status: event.id! >= 20 ? status : 200 } : event,
  );

describe('who is turned away at once', () => {
  it('was never in service, though the log tells of it, and shows the limit', () => {
    const timeline = timelineOf(sent, log(503));
    expect(viewOf(timeline).rejected.get(503)).toBe(12);
    const { findings, requests } = analyseRun(timeline);
    expect(findings.maxConcurrency).toMatchObject({ value: 4, bound: 'exact', confidence: 'high' });
    expect(findings.maxConcurrency.methods.map(({ name }) => name.id)).toContain('max.method.whenFull');
    expect(findings.overload).toMatchObject({ outcome: 'http-503', requests: 12 });
    expect(requests.started).toBe(28);
  });

  it('is no request that was served quickly', () => {
    expect(viewOf(timelineOf(sent, log(200))).rejected.size).toBe(0);
    expect(analyseRun(timelineOf(sent, log(200))).findings.maxConcurrency.value).toBe(5);
  });

  it('shows the most under way without a log as well', () => {
    const more = times(8, (i) => ({ id: 60 + i, start: 4003 + 1000 * Math.floor(i / 4) + 10 * (i % 4), elapsed: 964 }));
    const { maxConcurrency } = analyseRun(timelineOf([...sent, ...more], undefined)).findings;
    expect(maxConcurrency.value).toBe(4);
    expect(maxConcurrency.range?.high).toBe(4);
  });
});
