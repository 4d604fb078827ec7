import { describe, expect, it } from 'vitest';
import { viewOf } from '../../../src/analyse/view.js';
import type { TestEvent } from '../../support/events.js';
import { timelineOf } from '../../support/timeline.js';

/** Two places, each taken anew as soon as it is free; the server's own ids at the end are the client's and a thousand. */
const sent = Array.from({ length: 30 }, (_, id) => ({ id, start: 1000 * (id >> 1), elapsed: 1001 }));
const begin = (id: number): TestEvent => ({ at: 1000 * (id >> 1) + 1, kind: 'begin', id });
const end = (id: number, as = id): TestEvent => ({
  at: 1000 * (id >> 1) + 1000,
  kind: 'span',
  id: as,
  duration: 999,
});

/** All lines but the begins of some, whose ends bear an id that is not the client's. */
const without = (lost: readonly number[]) =>
  sent
    .flatMap(({ id }) => (lost.includes(id) ? [end(id, 1000 + id)] : [begin(id), end(id)]))
    .sort((a, b) => a.at - b.at || (a.kind === 'begin' ? 1 : -1));

describe('an end whose begin is lost, with the client’s id', () => {
  const view = viewOf(timelineOf(sent, without([7, 8, 12])));

  it('is that of the success that no other line tells of', () => {
    expect([...view.timeline.served!.sample].filter((sample) => sample >= sent.length)).toEqual([]);
    expect(view.service!.count).toBe(sent.length);
  });

  it('makes none more in service than there were', () => {
    expect(Math.max(...view.surely!.v)).toBe(2);
  });

  it('shows that the log lost lines', () => {
    expect(view.service!.lossy).toBe(true);
    expect(viewOf(timelineOf(sent, without([]))).service!.lossy).toBe(false);
  });
});
