import { describe, expect, it } from 'vitest';
import { byOwnCount, chancesOfReuse, livesOf, slotsOf } from '../../../src/analyse/inferences/reuse/lives.js';
import { handled, timelineOf } from '../../support/timeline.js';

const served = (list: Parameters<typeof handled>[0]) => timelineOf(undefined, handled(list)).served!;

describe('the lives of workers', () => {
  it('tells a worker that serves one after another from one with several at once', () => {
    const lives = livesOf(
      served([
        { id: 1, from: 0, to: 1000, worker: 'a' },
        { id: 2, from: 1000, to: 2000, worker: 'a' },
        { id: 3, from: 0, to: 1000, worker: 'loop' },
        { id: 4, from: 500, to: 1500, worker: 'loop' },
      ]),
    );
    expect(lives.map(({ requests, atOnce, from, to }) => [requests, atOnce, from, to])).toEqual([
      [2, 1, 0, 2000],
      [2, 2, 0, 1500],
    ]);
  });

  it('counts the chances that reuse had to show', () => {
    const burst = [0, 1, 2].map((id) => ({ id, from: id, to: 100 + id, worker: `t${id}` }));
    const chances = (list: Parameters<typeof handled>[0]) => chancesOfReuse(served(list), served(list).end);
    expect(chances(burst)).toBe(0);
    expect(chances([...burst, { id: 9, from: 200, to: 300, worker: 't9' }])).toBe(1);
  });

  it('take the worker’s own count for their requests, lines that are missing included', () => {
    // Three workers count to #8, of which some lines are lost or come before the log; the numbers return, so each counts its own.
    const log = (worker: string, serials: readonly number[]) =>
      serials.map((serial, i) => ({ id: serial, from: 10 * serial + i, to: 10 * serial + 5, worker }));
    const some = [1, 2, 4, 5, 7, 8];
    const list = [...log('a', [4, 5, 7, 8]), ...log('b', some), ...log('c', some)];
    const known = served(list);
    const own = { ...known, serial: Uint32Array.from(known.id) };
    expect(byOwnCount(own, livesOf(own)).map(({ requests }) => requests)).toEqual([8, 8, 8]);
    const shared = { ...own, serial: Uint32Array.from(known.id, (_, i) => i + 1) };
    expect(
      byOwnCount(shared, livesOf(shared))
        .map(({ requests }) => requests)
        .sort(),
    ).toEqual([4, 6, 6]);
  });

  it('finds the slots behind workers that replace one another', () => {
    // two slots, each filled by three workers in turn
    const list = [0, 1, 2].flatMap((turn) =>
      ['x', 'y'].map((slot, n) => ({
        id: turn * 2 + n,
        from: turn * 10,
        to: turn * 10 + 10,
        worker: `${slot}${turn}`,
      })),
    );
    expect(livesOf(served(list)).length).toBe(6);
    expect(slotsOf(livesOf(served(list)))).toBe(2);
  });
});
