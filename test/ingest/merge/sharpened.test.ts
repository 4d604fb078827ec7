import { describe, expect, it } from 'vitest';
import { sharpened } from '../../../src/ingest/merge/sharpened.js';
import { eventsOf } from '../../support/events.js';
import { samplesOf } from '../../support/samples.js';

const SENT = 1_000_200;

/** Requests of 700 ms, two at a time, stamped to whole seconds when they end; the way there and back takes `wayMs`. */
function run({ wayMs = 4, aheadMs = 0 } = {}) {
  const list = Array.from({ length: 6 }, (_, id) => {
    const ended = SENT + wayMs / 2 + 700 * (1 + Math.floor(id / 2));
    return { id, ended, answered: ended + wayMs / 2 };
  });
  const events = eventsOf(
    list.map(({ id, ended }) => ({
      at: 1000 * Math.floor((ended + aheadMs) / 1000) - aheadMs,
      kind: 'span' as const,
      id,
      duration: 700,
      resolution: 1000,
    })),
  );
  const samples = samplesOf(list.map(({ id, answered }) => ({ id, start: SENT, elapsed: answered - SENT })));
  return { list, events, samples };
}

describe('requests of an access log of whole seconds', () => {
  it('end when the client has the answer, to a few milliseconds, and begin their duration earlier', () => {
    const { list, events, samples } = run();
    const sharp = sharpened(events, events.time, samples, 0);
    expect(sharp?.stepMs).toBeLessThan(10);
    for (const [i, { ended }] of list.entries()) expect(Math.abs(sharp!.time[i]! - ended)).toBeLessThan(5);
  });

  it('do so as exactly where the clocks are known to half a second only', () => {
    const { list, events, samples } = run({ aheadMs: 300 });
    const sharp = sharpened(events, events.time, samples, 500);
    for (const [i, { ended }] of list.entries()) expect(Math.abs(sharp!.time[i]! - ended)).toBeLessThan(5);
  });

  it('end as long before it as answers that were late let them', () => {
    const { events, samples } = run();
    // the second one's answer was there 40 ms after the quickest way
    samples.elapsed[1]! += 40;
    expect(sharpened(events, events.time, samples, 0)?.stepMs).toBeGreaterThan(40);
  });

  it('end so long before it as the worker had begun another one', () => {
    //   worker a   ▐██ 700 ms ██▌···30 ms···| answered, though nothing was left of the wait of the others
    //                            ▐██ 700 ms ██▌| answered
    const ended = [SENT + 702, SENT + 1402, SENT + 2102];
    const line = { kind: 'span' as const, duration: 700, resolution: 1000 };
    const lines = ended.map((at, id) => ({ ...line, id, at: 1000 * Math.floor(at / 1000) }));
    const answered = [ended[0]! + 32, ended[1]! + 2, ended[2]! + 2];
    const samples = samplesOf(answered.map((at, id) => ({ id, start: SENT, elapsed: at - SENT })));
    samples.start[0]! -= 500;
    samples.elapsed[0]! += 500;
    samples.start[2] = SENT + 1400;
    samples.elapsed[2] = 704;
    const step = (names: readonly string[]) => {
      const events = eventsOf(lines.map((one, i) => ({ ...one, worker: names[i]! })));
      return sharpened(events, events.time, samples, 0)?.stepMs;
    };
    expect(step(['a', 'a', 'a'])).toBeGreaterThan(28);
    expect(step(['a', 'b', 'c'])).toBeLessThan(10);
  });

  it('end so long before it, too, where one answer in many was later than others ever are, but not where many were', () => {
    const COUNT = 40;
    const step = (late: readonly number[]) => {
      const ended = (id: number) => SENT + 700 * (id + 1);
      const line = { kind: 'span' as const, duration: 700, resolution: 1000, worker: 'a' };
      const ids = Array.from({ length: COUNT }, (_, id) => id);
      const events = eventsOf(ids.map((id) => ({ ...line, id, at: 1000 * Math.floor(ended(id) / 1000) })));
      // All but the first wait for long, so that nothing of a wait says how late an answer was.
      const answers = ids.map((id) => ended(id) + (late.includes(id) ? 120 : 2));
      const samples = samplesOf(answers.map((at, id) => ({ id, start: SENT, elapsed: at - SENT })));
      return sharpened(events, events.time, samples, 0)?.stepMs;
    };
    expect(step([20])).toBeGreaterThan(115);
    expect(step([5, 10, 15, 20, 25])).toBeLessThan(10);
  });

  it('keep their stamps where even the quickest answer took much longer than the service', () => {
    const { events, samples } = run({ wayMs: 400 });
    expect(sharpened(events, events.time, samples, 0)).toBeUndefined();
  });

  it('keep them without a client', () => {
    const { events } = run();
    expect(sharpened(events, events.time, undefined, 0)).toBeUndefined();
  });
});
