import { describe, expect, it } from 'vitest';
import { acceptedOf } from '../../../../src/analyse/inferences/max-concurrency/from-sockets.js';

/** Looks of so many accepted, while so many wait to be. */
const accepted = (list: readonly (readonly [accepted: number, queued: number])[]) =>
  acceptedOf({
    looks: list.map(([value, queued]) => ({
      owned: { value, source: 0, line: 1 },
      queued: { value: queued, source: 0, line: 1 },
    })),
  } as never);

//   accepted   4  8  8  12  16  12        queued   .  1  1  .  .  .
describe('one connection about to be accepted', () => {
  it('is no limit where the server is seen to hold more', () => {
    const room = accepted([4, 8, 8, 12, 16, 12].map((n, i) => [n, i === 1 || i === 2 ? 1 : 0]));
    expect(room).toMatchObject({ value: 16, atLimit: false });
    const limit = accepted([4, 8, 8, 8, 6, 4].map((n, i) => [n, i === 1 || i === 2 ? 1 : 0]));
    expect(limit).toMatchObject({ value: 8, atLimit: true });
  });
});
