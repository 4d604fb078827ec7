import { describe, expect, it } from 'vitest';
import { activityOf } from '../../../src/analyse/series/activity.js';
import { samplesOf } from '../../support/samples.js';

const sum = (counts: readonly number[] = []) => counts.reduce((a, b) => a + b, 0);

describe('activityOf', () => {
  it('counts each request once when sent and once when ended, by outcome', () => {
    const samples = samplesOf([
      { start: 1000, elapsed: 50 },
      { start: 1010, elapsed: 1190, outcome: 'reset' },
      { start: 2190, elapsed: 9, outcome: 'abandoned' },
    ]);
    const { binMs, sent, ended } = activityOf(samples, 1000)!;
    expect(binMs).toBe(20);
    expect(sent).toHaveLength(61);
    expect([sent[0], sent[59], sum(sent)]).toEqual([2, 1, 3]);
    expect([ended.succeeded?.[2], ended.reset?.[60], ended.abandoned?.[59]]).toEqual([1, 1, 1]);
    expect(Object.keys(ended)).toHaveLength(3);
  });

  it.each([1, 60_000, 3 * 3_600_000, 40 * 3_600_000])('never makes more bins than can be drawn: %i ms', (length) => {
    const { sent, binMs } = activityOf(samplesOf([{ start: 0, elapsed: length }]), 0)!;
    expect(sent.length).toBeLessThanOrEqual(121);
    expect(sent.length * binMs).toBeGreaterThan(length);
  });

  it('keeps a request whose response time is not known among the sent', () => {
    const { sent, ended } = activityOf(samplesOf([{ start: 0, elapsed: Number.NaN }]), 0)!;
    expect([sum(sent), sum(ended.succeeded)]).toEqual([1, 0]);
  });

  it('needs a client', () => {
    expect(activityOf(undefined, 0)).toBeUndefined();
    expect(activityOf(samplesOf([]), 0)).toBeUndefined();
  });
});
