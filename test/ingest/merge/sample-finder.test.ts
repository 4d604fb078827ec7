import { describe, expect, it } from 'vitest';
import { sampleFinder } from '../../../src/ingest/merge/sample-finder.js';
import { NONE_U32 } from '../../../src/model/samples.js';
import { eventsOf, type TestEvent } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';

const SLACK_MS = 20;
/** Requests of half a second, numbered from 1. */
const test = (from: number, ids: readonly number[]): readonly TestEvent[] =>
  ids.flatMap((id) => [
    { at: from + 10 * id, kind: 'begin' as const, id },
    { at: from + 10 * id + 500, kind: 'end' as const, id },
  ]);

describe('the sample of a request in a log of two tests', () => {
  const samples = samplesOf([1, 2, 3, 4].map((id) => ({ start: 60_000 + 10 * id, elapsed: 510, id })));

  it('is of the test that the client recorded', () => {
    //   client                  |─1─|
    //   log         |─1─|       |─1─|
    const events = eventsOf([...test(0, [1, 2, 3, 4]), ...test(60_000, [1, 2, 3, 4])]);
    const finder = sampleFinder(samples, events, SLACK_MS);
    expect([10, 60_010].map((at) => finder.sampleOf(1, at))).toEqual([NONE_U32, 0]);
    expect([60_020, 60_020].map((at) => finder.sampleOf(2, at))).toEqual([1, NONE_U32]);
  });

  it('is not that of the other test where the line of its own is lost', () => {
    const events = eventsOf([...test(0, [1, 2, 3, 4]), ...test(60_000, [1, 2, 3])]);
    const finder = sampleFinder(samples, events, SLACK_MS);
    expect(finder.sampleOf(4, 40)).toBe(NONE_U32);
    expect(finder.answeredBy(0)).toBe(60_540);
  });

  it('is asked for no time where each id stands once: clocks may be at fault', () => {
    const events = eventsOf(test(0, [1, 2, 3, 4]));
    const finder = sampleFinder(samples, events, SLACK_MS);
    expect(finder.sampleOf(4, 40)).toBe(3);
    expect(finder.answeredBy(3)).toBe(Number.POSITIVE_INFINITY);
  });
});

it('a number of the log’s own is not that of a request which was turned away long before', () => {
  //   client   1 ▐█▌   2 x turned away
  //   log      1 ▐█▌                      2 ▐█▌ the second that it served, whatever the client calls it
  const samples = samplesOf([
    { start: 0, elapsed: 500, id: 1 },
    { start: 10, elapsed: 5, id: 2, outcome: 'reset' },
    { start: 20, elapsed: 30_000, id: 3, outcome: 'read-timeout' },
  ]);
  const finder = sampleFinder(samples, eventsOf(test(0, [1, 2, 3])), SLACK_MS);
  expect(finder.sampleOf(1, 10)).toBe(0);
  expect(finder.sampleOf(2, 14_000)).toBe(NONE_U32);
  // Whom the client has left a server may begin all the same.
  expect(finder.sampleOf(3, 45_000)).toBe(2);
});
