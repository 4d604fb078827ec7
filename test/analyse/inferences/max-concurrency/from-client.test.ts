import { describe, expect, it } from 'vitest';
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
});
