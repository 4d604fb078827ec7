import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../../../src/analyse/analyse.js';
import { underWayWhenFull } from '../../../../src/analyse/inferences/max-concurrency/at-the-door.js';
import { viewOf } from '../../../../src/analyse/view.js';
import { PORT, queueLook } from '../../../support/looks.js';
import type { TestSample } from '../../../support/samples.js';
import { handled, timelineOf } from '../../../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));

/** A look at so many accepted connections. */
const look = (at: number, accepted: number) => queueLook(at, { established: accepted, limit: 128 });

//   under way   4 │┌────────────────┐      in service 2, two wait; the fifth is turned away whenever they are four
//               1 ─┘ x x x x x x x x└─     a row less, and they seem to be three
describe('a client’s record that lacks rows', () => {
  const served = times(24, (i) => ({ id: i, from: 1000 * (i >> 1) + 2 * (i % 2), to: 1000 * ((i >> 1) + 1) - 5 }));
  const sent = served.map(
    ({ id, from, to }): TestSample => ({
      id,
      start: Math.max(0, from - 1000) + 1,
      elapsed: to - Math.max(0, from - 1000),
    }),
  );
  const away = times(10, (i): TestSample => ({ id: 100 + i, start: 1500 + 1000 * i, elapsed: 2, outcome: 'reset' }));
  const full = (rows: readonly TestSample[]) =>
    underWayWhenFull(viewOf(timelineOf([...rows, ...away], handled(served))));

  it('does not count who was under way when one was turned away', () => {
    expect(full(sent)).toBe(4);
    expect(full(sent.filter(({ id }) => id !== 7))).toBeUndefined();
  });
});

describe('without a log', () => {
  it('a look at more connections than the client’s record has under way widens the estimate', () => {
    const sent = times(40, (i): TestSample => ({ id: i, start: 25 * i, elapsed: 1500 }));
    const found = (accepted: number) =>
      analyseRun({
        ...timelineOf(sent, undefined),
        port: { value: PORT, from: 'option' },
        sockets: [look(1100, accepted), look(1400, accepted)],
      }).findings.maxConcurrency;
    expect(found(40).range?.high).toBeLessThanOrEqual(40);
    expect(found(55).range?.high).toBeGreaterThanOrEqual(55);
  });
});

describe('of a client’s record that lacks a good part of the requests', () => {
  // Each has a worker of its own; the record ends with the tenth of forty.
  const served = times(40, (i) => ({ id: i, from: 100 * i + 1, to: 100 * i + 1001, worker: `w${i % 12}` }));
  const sent = served.map(({ id, from }): TestSample => ({ id, start: from - 1, elapsed: 1002 }));
  const outcome = (rows: number) =>
    analyseRun(timelineOf(sent.slice(0, rows), handled(served))).findings.overload.outcome;

  it('nobody knows what became of the others', () => {
    expect(outcome(40)).toBe('none-observed');
    expect(outcome(38)).toBe('none-observed');
    expect(outcome(10)).toBe('unknown');
  });
});
