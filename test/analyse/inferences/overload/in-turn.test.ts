import { describe, expect, it } from 'vitest';
import { inTurn } from '../../../../src/analyse/inferences/overload/in-turn.js';
import { type ClientSamples, OUTCOME_CODE } from '../../../../src/model/samples.js';

type Sample = readonly [start: number, end: number, outcome?: 'succeeded' | 'abandoned'];

const told = (list: readonly Sample[]) =>
  inTurn({
    count: list.length,
    start: Float64Array.from(list, ([start]) => start),
    elapsed: Float32Array.from(list, ([start, end]) => end - start),
    outcome: Uint8Array.from(list, ([, , outcome = 'succeeded']) => OUTCOME_CODE[outcome]),
    status: new Uint16Array(list.length),
  } as unknown as ClientSamples);

/** Uneven times in service, without chance: 600 to 1400 ms. */
const service = (k: number) => 600 + ((k * 367) % 801);

/** Clients that each wait for their own answer, at a server that serves so many at once, in turn. */
function closed(clients: number, limit: number, requests: number): Sample[] {
  const free = new Array<number>(limit).fill(0);
  const ready = Array.from({ length: clients }, (_, i) => 30 * i);
  return Array.from({ length: requests }, (_, k) => {
    const client = ready.indexOf(Math.min(...ready));
    const worker = free.indexOf(Math.min(...free));
    const start = ready[client]!;
    const end = Math.max(start, free[worker]!) + service(k);
    free[worker] = end;
    ready[client] = end + 2;
    return [start, end] as const;
  });
}

describe('whether requests waited for their turn, by the client alone', () => {
  it('sees it in clients of which more wait than are served, however uneven the requests are', () => {
    expect(told(closed(5, 2, 40))).toBe('waited');
    expect(told(closed(3, 1, 40))).toBe('waited');
  });

  it('sees it plainly where all take the same in turn', () => {
    const waves = Array.from({ length: 15 }, (_, k) => [k, 4000 * (1 + Math.floor(k / 5)) + k] as const);
    expect(told(waves)).toBe('plainly-waited');
  });

  it('sees that nobody waits where as many are served as there are clients', () => {
    expect(told(closed(5, 5, 40))).toBe('at-once');
  });

  it('sees nobody wait for another where there is one at a time', () => {
    expect(
      told([
        [0, 1000],
        [1500, 2000],
      ]),
    ).toBe('at-once');
  });

  it('sees it in those who were given up long after others that were sent later would have had their answer', () => {
    const answered = Array.from({ length: 10 }, (_, k) => [10 * k, 5000 + 10 * k] as const);
    const waiting = Array.from({ length: 20 }, (_, k) => [100 + 10 * k, 9000, 'abandoned'] as const);
    expect(told([...answered, ...waiting])).toMatch(/waited$/);
  });

  it('does not know it where too few were answered', () => {
    expect(told(Array.from({ length: 20 }, (_, k) => [k, 5000, k < 5 ? 'succeeded' : 'abandoned'] as const))).toBe(
      'open',
    );
  });
});
