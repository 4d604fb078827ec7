import { describe, expect, it } from 'vitest';
import { coverageOf } from '../../../src/analyse/service/coverage.js';
import { handled, timelineOf } from '../../support/timeline.js';

const sent = Array.from({ length: 10 }, (_, id) => ({ id, start: 1000 * id, elapsed: 900 }));
const logged = (from: number, to: number) =>
  handled(sent.slice(from, to).map(({ id, start }) => ({ id, from: start + 1, to: start + 899 })));

describe('what of the client’s time the log tells', () => {
  it('is all of it where every answer lies within', () => {
    expect(coverageOf(timelineOf(sent, logged(0, 10)), [])).toBeUndefined();
    expect(coverageOf(timelineOf(sent, logged(1, 9)), [])).toBeUndefined();
  });

  it('is a part where the log begins late or breaks off', () => {
    // client  ██████████
    // log         ██████
    expect(coverageOf(timelineOf(sent, logged(4, 10)), [])).toMatchObject({ from: 4001 });
  });
});
