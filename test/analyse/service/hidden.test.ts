import { describe, expect, it } from 'vitest';
import { lostShare, withHidden } from '../../../src/analyse/service/hidden.js';
import type { Service } from '../../../src/analyse/service/service.js';
import { samplesOf } from '../../support/samples.js';

/** A log in which so many requests are whole and so many have lost their begin. */
const service = (complete: number, begins: number, lossy = true): Service =>
  ({ lossy, mended: { begins, ends: 0 }, typical: { complete }, sample: new Uint32Array(0) }) as unknown as Service;

describe('what a log that lost lines hides', () => {
  it('is as large a share as the ends without a begin tell', () => {
    expect(lostShare(service(98, 0))).toBeCloseTo(0.01);
    expect(lostShare(service(79, 19))).toBeCloseTo(0.2);
    // … and those who were served without a line.
    expect(lostShare({ ...service(79, 9), unseen: 10 })).toBeCloseTo(0.2);
  });

  it('is added to what is possible, but no more than clients had no answer', () => {
    expect(withHidden(service(79, 19), undefined, 40)).toBe(50);
    const answered = samplesOf([{ start: 0, elapsed: 10 }]);
    expect(withHidden(service(79, 19), answered, 40)).toBe(40);
    const gaveUp = samplesOf([1, 2, 3].map((start) => ({ start, elapsed: 10, outcome: 'read-timeout' as const })));
    expect(withHidden(service(79, 19), gaveUp, 40)).toBe(43);
  });

  it('is nothing where no line was lost', () => {
    expect(withHidden(service(79, 0, false), undefined, 40)).toBe(40);
  });
});
