import { describe, expect, it } from 'vitest';
import { analyseRun } from '../../src/analyse/analyse.js';
import { viewOf } from '../../src/analyse/view.js';
import type { TestEvent } from '../support/events.js';
import type { TestSample } from '../support/samples.js';
import { handled, timelineOf } from '../support/timeline.js';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const CAPACITY = 4;
const SERVICE_MS = 1000;

/** Four slots, forty requests within two seconds, each in the slot that is free first; `name` is the worker of the nth request. */
function busy(name: (n: number) => string): { sent: TestSample[]; log: TestEvent[] } {
  const rounds = times(40, (i) => {
    const from = SERVICE_MS * Math.floor(i / CAPACITY) + 50 * (i % CAPACITY) + 1;
    return { id: i, from, to: from + SERVICE_MS - 3, worker: name(i) };
  });
  const sent = rounds.map(({ id, to }) => ({ id, start: 50 * id, elapsed: to + 1 - 50 * id }));
  return {
    sent: sent.map((one) => ({ ...one, start: Math.min(one.start, rounds[one.id]!.from - 1) })),
    log: handled(rounds),
  };
}

describe('a log that lost lines', () => {
  it('is no two witnesses: its peak and its plateau lack the same lines', () => {
    // A thread per request names no slots. Of one begin in five, and of its end, nothing is left.
    const { sent, log } = busy((n) => `Thread-${n + 1}`);
    const lossy = log.filter(({ id, kind }) => !(id! % 5 === 2 && (kind === 'begin' || id! % 2 === 0)));
    // Answers that are slow to arrive leave the client's own count open.
    const slow = sent.map((one, i) => ({ ...one, elapsed: one.elapsed + 150 * (i % 4) }));
    const whole = analyseRun(timelineOf(slow, log)).findings.maxConcurrency;
    const less = analyseRun(timelineOf(slow, lossy)).findings.maxConcurrency;
    expect(whole).toMatchObject({ bound: 'exact', value: CAPACITY });
    expect(less.bound === 'exact' && less.confidence === 'high').toBe(false);
    expect(less.range?.low ?? less.value!).toBeLessThanOrEqual(CAPACITY);
    expect(less.range?.high ?? less.value!).toBeGreaterThanOrEqual(CAPACITY);
    // The client's times that leave one number only are a second witness.
    const seconded = analyseRun(timelineOf(sent, lossy)).findings.maxConcurrency;
    expect(seconded).toMatchObject({ bound: 'exact', confidence: 'high', value: CAPACITY });
  });

  it('may lack a worker of which it shows no line at all', () => {
    const { sent, log } = busy((n) => `exec-${(n % CAPACITY) + 1}`);
    const less = log.filter(({ worker }) => worker !== 'exec-3');
    expect(viewOf(timelineOf(sent, log)).service!).toMatchObject({ lossy: false });
    expect(viewOf(timelineOf(sent, less)).service!).toMatchObject({ lossy: true, short: true });
    const { reuse, maxConcurrency } = analyseRun(timelineOf(sent, less)).findings;
    expect(reuse.confidence === 'high').toBe(false);
    expect(maxConcurrency.bound === 'exact' && maxConcurrency.confidence === 'high').toBe(maxConcurrency.value === 4);
    // Of a part of the run nothing is missing.
    const half = log.filter(({ at }) => at > 3 * SERVICE_MS);
    expect(viewOf(timelineOf(sent, half)).service!.short).toBeUndefined();
  });

  it('is one that did not begin whom it overtook', () => {
    // The server is killed before anything ends. Two of the first are cut with the others, and no line began them.
    const sent = times(8, (i): TestSample => ({ id: i, start: 500 * i, elapsed: 9000 - 500 * i, outcome: 'reset' }));
    const begins = sent
      .filter(({ id }) => id !== 2 && id !== 3)
      .map(({ id, start }): TestEvent => ({ at: start + 1, kind: 'begin', id: id!, worker: `Thread-${id}` }));
    expect(viewOf(timelineOf(sent, begins)).service!.lossy).toBe(true);
    const all = sent.map(
      ({ id, start }): TestEvent => ({ at: start + 1, kind: 'begin', id: id!, worker: `Thread-${id}` }),
    );
    expect(viewOf(timelineOf(sent, all)).service!.lossy).toBe(false);
    // One is enough while nobody's end made room for those who overtook it.
    const without = (lost: number) =>
      viewOf(
        timelineOf(
          sent,
          all.filter(({ id }) => id !== lost),
        ),
      ).service!.lossy;
    expect(without(2)).toBe(true);
    expect(without(7)).toBe(false);
    // Who waited at the end of the queue was overtaken by nobody.
    expect(viewOf(timelineOf(sent, all.slice(0, 5))).service!.lossy).toBe(false);
  });
});

describe('a log of a server that died', () => {
  it('lost the begins of those who gave up long before its end, while others that came after them were begun', () => {
    const sent = times(30, (id): TestSample => {
      const late = 500 * id + 3000 > 15_000;
      const fate = late ? { elapsed: 15_000 - 500 * id, outcome: 'reset' as const } : undefined;
      return { id, start: 500 * id, elapsed: 3000, outcome: 'read-timeout', ...fate };
    });
    const gone = times(4, (i): TestSample => ({ id: 90 + i, start: 15_100 + i, elapsed: 1, outcome: 'refused' }));
    const begins = sent.map(
      ({ id, start }): TestEvent => ({ at: start + 1, kind: 'begin', id: id!, worker: `t${id}` }),
    );
    const lossy = (lost: readonly number[]) =>
      viewOf(
        timelineOf(
          [...sent, ...gone],
          begins.filter(({ id }) => !lost.includes(id!)),
        ),
      ).service!.lossy;
    expect(lossy([3, 9])).toBe(true);
    expect(lossy([])).toBe(false);
  });
});

describe('a log of ends alone', () => {
  const sent = times(30, (id): TestSample => ({ id, start: 500 * id, elapsed: 3000, outcome: 'read-timeout' }));
  const line = (id: number): TestEvent => ({ at: 500 * id + 5000, kind: 'span', id, duration: 4990 });

  it('lost lines where some who gave up have none, and others came after them and have one', () => {
    const service = (lost: (id: number) => boolean) =>
      viewOf(
        timelineOf(
          sent,
          sent.flatMap(({ id }) => (lost(id!) ? [] : [line(id!)])),
        ),
      ).service!;
    expect(service((id) => id % 5 === 2)).toMatchObject({ lossy: true, unseen: 5 });
    // Nobody came after the last.
    expect(service((id) => id >= 28)).toMatchObject({ lossy: false });
  });

  it('lost the lines of those who were answered a moment after its last', () => {
    const served = sent.map((one): TestSample => ({ ...one, elapsed: 5001, outcome: 'succeeded' }));
    const coarse = (ids: readonly number[]) =>
      ids.map((id): TestEvent => ({ ...line(id), at: 1000 * Math.floor((500 * id + 5000) / 1000), resolution: 1000 }));
    const log = (lost: number) => viewOf(timelineOf(served, coarse(times(30, (id) => id).filter((id) => id !== lost))));
    expect(log(29).service!.lossy).toBe(true);
    expect(log(-1).service!.lossy).toBe(false);
  });
});

describe('a log that a dying server broke off', () => {
  it('tells a limit for sure by no count that it holds itself', () => {
    // Eight are begun, the others turned away until the server dies: a begin that is lost is missing in every count of the log.
    const sent = times(8, (id): TestSample => ({ id, start: 100 * id, elapsed: 6000 - 100 * id, outcome: 'reset' }));
    const away = times(8, (i): TestSample => ({ id: 20 + i, start: 1000 + 500 * i, elapsed: 2, outcome: 'http-503' }));
    const gone = times(3, (i): TestSample => ({ id: 40 + i, start: 6100 + 90 * i, elapsed: 1, outcome: 'refused' }));
    const begins = sent.map(({ id, start }): TestEvent => ({ at: start + 1, kind: 'begin', id: id!, worker: 'all' }));
    const { maxConcurrency } = analyseRun(timelineOf([...sent, ...away, ...gone], begins)).findings;
    expect(maxConcurrency.methods.map(({ name }) => name.id)).toContain('max.method.whenFull');
    expect(maxConcurrency).toMatchObject({ bound: 'exact', confidence: 'medium', value: 8 });
  });

  it('tells the limit if requests ended after the peak', () => {
    const { sent, log } = busy((n) => `w${n % CAPACITY}`);
    const killedAt = 7500;
    const cut = sent.map((one): TestSample => {
      const over = one.start + one.elapsed;
      return over < killedAt ? one : { ...one, elapsed: killedAt - one.start, outcome: 'reset' };
    });
    const later = times(5, (i): TestSample => ({ id: 100 + i, start: 8000 + 500 * i, elapsed: 1, outcome: 'refused' }));
    const broken = log.filter(({ at }) => at < killedAt);
    expect(analyseRun(timelineOf([...cut, ...later], broken)).findings.maxConcurrency).toMatchObject({
      bound: 'exact',
      confidence: 'high',
      value: CAPACITY,
    });
  });
});
