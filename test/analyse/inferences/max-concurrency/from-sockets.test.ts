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

//   accepted   ▁▂▅████████▅▂▁        queued   a few at the begin, one here and there
describe('connections that wait for a moment', () => {
  it('are no limit where the server holds many more afterwards', () => {
    const filled = accepted([
      [0, 21],
      [60, 51],
      [132, 1],
      [165, 0],
      [144, 0],
      [137, 0],
    ]);
    expect(filled).toMatchObject({ value: 165, atLimit: false });
  });

  it('are none where as a rule as many are held and nobody waits', () => {
    const room = [
      [2, 1],
      [30, 0],
      [30, 1],
      [30, 0],
      [30, 0],
      [31, 0],
      [30, 0],
    ] as const;
    expect(accepted(room)).toMatchObject({ value: 31, atLimit: false });
  });
});

//   accepted   2 2 2 3 3 3 3 4 4 4 5 5        others wait all the while
it('a pool that was still growing in the last look has no limit yet', () => {
  const growing = accepted([2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5].map((n) => [n, 20] as const));
  expect(growing).toMatchObject({ value: 5, atLimit: true, steady: false });
  const grown = accepted([2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4].map((n) => [n, 20] as const));
  expect(grown).toMatchObject({ value: 4, steady: true });
});

describe('whoever leaves while being served', () => {
  it('is accepted still: looks of before tell how many are', () => {
    const look = (held: number, left: number) => ({
      owned: { value: held, source: 0, line: 1 },
      closeWait: { value: left, source: 0, line: 1 },
      queued: { value: 5, source: 0, line: 1 },
    });
    const looks = [8, 8, 8, 5, 4, 3, 2, 0].map((held) => look(held, 8 - held));
    expect(acceptedOf({ looks } as never)).toMatchObject({ value: 8, steady: true, high: 8 });
  });
});
