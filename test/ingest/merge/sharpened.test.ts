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

  it('end before their worker has begun another one', () => {
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
    const late = (names: readonly string[]) => {
      const events = eventsOf(lines.map((one, i) => ({ ...one, worker: names[i]! })));
      return sharpened(events, events.time, samples, 0)!.time[0]! - ended[0]!;
    };
    expect(Math.abs(late(['a', 'a', 'a']))).toBeLessThan(5);
    expect(late(['a', 'b', 'c'])).toBeGreaterThan(25);
  });

  /** Forty requests of 700 ms, `atOnce` at a time, all sent at the start; of some the answer comes 120 ms late. */
  const queue = (late: readonly number[], atOnce = 1) => {
    const ended = (id: number) => SENT + 700 * (1 + Math.floor(id / atOnce)) + 150 * (id % atOnce);
    const ids = Array.from({ length: 40 }, (_, id) => id);
    const events = eventsOf(
      ids.map((id) => ({
        kind: 'span' as const,
        id,
        at: 1000 * Math.floor(ended(id) / 1000),
        duration: 700,
        resolution: 1000,
        worker: 'a',
      })),
    );
    const samples = samplesOf(
      ids.map((id) => ({ id, start: SENT, elapsed: ended(id) + (late.includes(id) ? 120 : 2) - SENT })),
    );
    const sharp = sharpened(events, events.time, samples, 0);
    return ids.map((id) => sharp!.time[id]! - ended(id));
  };

  it('end so where many an answer comes late, but not if the worker serves several at once', () => {
    expect(Math.max(...queue([5, 10, 15, 20, 25]))).toBeLessThan(5);
    expect(Math.max(...queue([9, 13, 17], 4))).toBeGreaterThan(100);
  });

  it('end with their answers where all of them waited, if their workers began one as the last was over', () => {
    const placed = (workerOf: (id: number) => string) => {
      const ids = Array.from({ length: 20 }, (_, id) => id);
      const ended = (id: number) => SENT + 700 * (id + 1);
      const line = { kind: 'span' as const, duration: 700, resolution: 1000 };
      const events = eventsOf(
        ids.map((id) => ({ ...line, id, at: 1000 * Math.floor(ended(id) / 1000), worker: workerOf(id) })),
      );
      const samples = samplesOf(ids.map((id) => ({ id, start: SENT - 300, elapsed: ended(id) + 2 - SENT + 300 })));
      const sharp = sharpened(events, events.time, samples, 0);
      return sharp && Math.max(...ids.map((id) => Math.abs(sharp.time[id]! - ended(id))));
    };
    expect(placed(() => 'a')).toBeLessThan(5);
    // Nothing shows that the answers are there at once.
    expect(placed((id) => `w${id}`)).toBeUndefined();
  });

  it('end before the next line of the file', () => {
    // Eight end 20 ms after each other; the third one's answer comes after those of all the others.
    const near = Array.from({ length: 8 }, (_, id) => ({ id, ended: SENT + 702 + 20 * id }));
    const events = eventsOf(
      near.map(({ id, ended }) => ({
        kind: 'span' as const,
        id,
        at: 1000 * Math.floor(ended / 1000),
        duration: 700,
        resolution: 1000,
      })),
    );
    const samples = samplesOf(
      near.map(({ id, ended }) => ({ id, start: SENT, elapsed: ended + (id === 2 ? 120 : 2) - SENT })),
    );
    const sharp = sharpened(events, events.time, samples, 0)!;
    expect(sharp.time[2]! - near[2]!.ended).toBeLessThan(25);
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
