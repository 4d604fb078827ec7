import { describe, expect, it } from 'vitest';
import { peak } from '../../../src/analyse/stats/steps.js';
import { viewOf } from '../../../src/analyse/view.js';
import type { TestSample } from '../../support/samples.js';
import { handled, timelineOf } from '../../support/timeline.js';

describe('a request without an end in the log', () => {
  it('lasts until the client says that it was over, though none was seen to last as long', () => {
    // Every other one takes a minute. The log breaks off after 40 s: of the long ones it has no end.
    //   short  ▐█▌▐█▌▐█▌▐█▌▐█▌▐█▌
    //   long   ▐██████████████████████████████▌
    const list = Array.from({ length: 40 }, (_, i) => ({
      id: i,
      from: 1000 * i + 1,
      to: 1000 * i + (i % 2 ? 60_000 : 500),
    }));
    const sent = list.map(({ id, from, to }): TestSample => ({ id, start: from - 1, elapsed: to - from + 2 }));
    const log = handled(list).filter(({ at }) => at <= 40_000);
    const { inService } = viewOf(timelineOf(sent, log));
    expect(peak(inService!).value).toBe(20);
  });

  it('is not ended by the next one of a process that has several in it', () => {
    //   4711  ▐█▌▐████████████┐
    //            ▐████████████┤ the server died
    //             ▐███████████┘
    const list = Array.from({ length: 8 }, (_, i) => ({ id: i, from: 600 * i + 1, to: i === 0 ? 500 : 9000 }));
    const sent = list.map(
      ({ id, from, to }): TestSample => ({
        id,
        start: from - 1,
        elapsed: to - from + 2,
        ...(id > 0 ? { outcome: 'reset' } : {}),
      }),
    );
    const log = handled(list.map((one) => ({ ...one, worker: '4711' }))).filter(({ at }) => at < 9000);
    const timeline = timelineOf(sent, log);
    const served = timeline.served!;
    const byProcess = { ...timeline, served: { ...served, identity: 'process' as const } };
    expect(peak(viewOf(byProcess).inService!).value).toBe(7);
  });

  it('is ended by the next one of its worker in a log that ends none, if the answers came one after another', () => {
    // Two workers; an answer now and then is read late.
    const list = Array.from({ length: 40 }, (_, i) => ({
      id: i,
      from: 1000 * (i >> 1) + 2 * (i % 2) + 1,
      to: 1000 * ((i >> 1) + 1),
      worker: `w-${i % 2}`,
    }));
    const sent = list.map(({ id, to }): TestSample => ({ id, start: 1, elapsed: to + (id % 20 === 7 ? 150 : 2) }));
    const begins = handled(list).filter(({ kind }) => kind === 'begin');
    expect(peak(viewOf(timelineOf(sent, begins)).inService!).value).toBe(2);
    // An event loop has its answers in between.
    const loop = begins.map((line) => ({ ...line, worker: 'w-0' }));
    const all = sent.map((one, i) => ({ ...one, start: list[i]!.from - 1, elapsed: 5000 }));
    expect(peak(viewOf(timelineOf(all, loop)).inService!).value).toBeGreaterThan(8);
  });
});
