import { describe, expect, it } from 'vitest';
import { isBareCut, tellCuts } from '../../../../src/ingest/formats/jtl/bare-exceptions.js';
import { OUTCOME_CODE, OUTCOMES } from '../../../../src/model/samples.js';

const CODE = 'Non HTTP response code: java.net.SocketException';

/** Outcomes of samples `[start, elapsed]`, and how many stay open; those of `bare` broke without a word. */
function told(samples: readonly (readonly [number, number])[], bare: readonly number[]) {
  const columns = {
    start: Float64Array.from(samples, ([start]) => start),
    elapsed: Float32Array.from(samples, ([, elapsed]) => elapsed),
    outcome: Uint8Array.from(samples, (_, i) => OUTCOME_CODE[bare.includes(i) ? 'other' : 'succeeded']),
  };
  const open = tellCuts(columns, bare);
  return { open, outcomes: bare.map((i) => OUTCOMES[columns.outcome[i]!]) };
}

describe('connections that broke without a word', () => {
  it('are those with the bare kind of exception alone', () => {
    expect(isBareCut(CODE, '', '')).toBe(true);
    expect(isBareCut(CODE, 'Non HTTP response message: Socket closed', '')).toBe(false);
    expect(isBareCut('Non HTTP response code: java.net.SocketTimeoutException', '', '')).toBe(false);
  });

  it('were cut by the server if others were sent later', () => {
    const samples = [
      [0, 2000],
      [500, 3],
      [600, 4],
      [5000, 2000],
    ] as const;
    expect(told(samples, [1, 2])).toEqual({ open: 0, outcomes: ['reset', 'reset'] });
  });

  it('and so was who came last and was cut as soon as these', () => {
    const samples = [
      [0, 2000],
      [500, 3],
      [5000, 3],
    ] as const;
    expect(told(samples, [1, 2])).toEqual({ open: 0, outcomes: ['reset', 'reset'] });
  });

  it('may be the client’s own end of the test where none was sent after', () => {
    const samples = [
      [0, 2000],
      [2500, 1500],
      [3000, 1000],
    ] as const;
    expect(told(samples, [1, 2])).toEqual({ open: 2, outcomes: ['other', 'other'] });
  });
});
