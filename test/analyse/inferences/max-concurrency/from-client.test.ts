import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { viewOf } from '../../../../src/analyse/view.js';
import type { TestSample } from '../../../support/samples.js';
import { timelineOf } from '../../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

describe('the limit by the client’s response times', () => {
  it('may be as many times higher as requests were given up and served all the same', () => {
    // Twelve at once of two seconds, forty clients that give up after six: of each round most have given up when it is their turn.
    const answered = times(40, (i): TestSample => ({ start: 1500 * i, elapsed: i % 4 === 0 ? 2000 : 4500 }));
    const left = times(120, (i): TestSample => ({ start: 500 * i, elapsed: 6000, outcome: 'read-timeout' }));
    const all = viewOf(timelineOf([...answered, ...left], undefined)).byClient()!;
    const whole = viewOf(timelineOf([...answered, ...left.slice(0, 1)], undefined)).byClient()!;
    expect(all.kind).toBe('limited');
    expect(all.high).toBeGreaterThanOrEqual(3 * whole.high);
    expect(all.low).toBe(1);
  });

  it('is no lower than all under way where more gave up than were served, for these were the quick ones', () => {
    // Eight of ten take twelve seconds, and their clients give up after six, though the server goes on with them.
    const answered = times(30, (i): TestSample => ({ start: 2500 * i, elapsed: 2000 }));
    const left = times(120, (i): TestSample => ({ start: 600 * i, elapsed: 6000, outcome: 'read-timeout' }));
    expect(viewOf(timelineOf([...answered, ...left], undefined)).byClient()!.high).toBeGreaterThanOrEqual(13);
  });

  it('is not ruled out by the order in which requests of one moment were sent', () => {
    // Room for 20: eight of the first 28, in no order of their sending, take twice as long; ten come later one by one.
    const burst = times(28, (i): TestSample => ({ start: 3 * i, elapsed: (i * 5) % 28 < 20 ? 20_000 : 40_000 }));
    const later = times(10, (i): TestSample => ({ start: 45_000 + 200 * i, elapsed: 20_000 }));
    const timeline = timelineOf([...burst, ...later], undefined);
    expect(viewOf(timeline).byClient()).toMatchObject({ kind: 'open', alike: false });
    expect(analyseRun(timeline).findings.overload.outcome).not.toBe('none-observed');
  });

  it('is none where requests of one moment all took alike', () => {
    const burst = times(28, (i): TestSample => ({ start: 3 * i, elapsed: 20_000 + 10 * ((i * 5) % 28) }));
    const later = times(10, (i): TestSample => ({ start: 45_000 + 200 * i, elapsed: 20_000 + 30 * i }));
    expect(viewOf(timelineOf([...burst, ...later], undefined)).byClient()).toMatchObject({ kind: 'unlimited' });
  });
});
