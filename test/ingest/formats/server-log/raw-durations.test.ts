import { describe, expect, it } from 'vitest';
import {
  areDurations,
  type KnownTimes,
  rawDurations,
} from '../../../../src/ingest/formats/server-log/raw-durations.js';

const lines = (...texts: string[]) => texts.map((text, row) => ({ row, id: row, texts: text.split(' ') }));
/** A client that waited so long for each answer. */
const waited = (...ms: number[]) => ({ spanMs: 1000, elapsed: new Map(ms.map((one, id) => [id, one])) });
const read = (raw: ReturnType<typeof lines>, known: KnownTimes = { spanMs: 1000 }) => {
  const found = rawDurations(raw, known);
  if (found === 'no-unit') throw new Error(found);
  return found;
};
const times = (...texts: string[]) => read(lines(...texts)).map(({ ms }) => Math.round(ms * 1000) / 1000);

describe('which number behind an access line is the duration', () => {
  it('is the one that differs from line to line, not the process id', () => {
    expect(times('3549765 15520', '3853474 15520', '3373776 15682')).toEqual([3549.765, 3853.474, 3373.776]);
    expect(times('57 420 3549765', '57 421 3853474', '57 420 3373776')).toEqual([3549.765, 3853.474, 3373.776]);
  });

  it('is the longest with a decimal point, of equal ones the first: others are parts of it', () => {
    expect(times('3 0.002 0.804', '3 0.003 0.800')).toEqual([804, 800]);
    expect(times('345 3.108 3.107', '346 3.143 3.143')).toEqual([3108, 3143]);
  });

  it('has the largest unit by which no request was in service for longer than its client waited', () => {
    const ms = (known: KnownTimes, ...texts: string[]) => read(lines(...texts), known).map((one) => one.ms);
    expect(ms(waited(324, 330, 326), '323', '329', '325')).toEqual([323, 329, 325]);
    expect(ms(waited(3010, 3012, 3400), '3', '3', '3')).toEqual([3000, 3000, 3000]);
    expect(ms(waited(3010, 3012, 9400), '3003', '3004', '3001')).toEqual([3003, 3004, 3001]);
    expect(ms(waited(7, 8, 9000), '3003', '4004', '3001')[1]).toBeCloseTo(4.004);
    expect(ms(waited(324, 330), '321.5', '322.5')).toEqual([321.5, 322.5]);
    expect(ms(waited(324, 330), '0.321', '0.322')).toEqual([321, 322]);
  });

  it('is told by a decimal point where no client is: seconds, unless these would be longer than the log', () => {
    const unitOf = (text: string, spanMs: number) => rawDurations(lines(text, text, text), { spanMs });
    expect(unitOf('1.203', 1000)).toMatchObject([{ ms: 1203 }, {}, {}]);
    expect(unitOf('1200.49', 13_000)).toMatchObject([{ ms: 1200.49 }, {}, {}]);
    expect(unitOf('58.33', 600_000)).toBe('no-unit');
  });

  it('compares with the longest wait where the client names no request', () => {
    expect(read(lines('323', '329'), { spanMs: 900, elapsed: new Map([[Number.NaN, 900]]) })[0]?.ms).toBe(323);
  });

  it('has the only unit of a sensible length where there is no client, else none', () => {
    expect(times('750', '751', '749')).toEqual([750, 751, 749]);
    expect(rawDurations(lines('3', '4', '3'), { spanMs: 9000 })).toBe('no-unit');
    expect(rawDurations(lines('3003', '3004', '3001'), { spanMs: 9000 })).toBe('no-unit');
    expect(read(lines('3.25'))[0]?.resolutionMs).toBe(10);
  });

  it('is none where it repeats itself and has nothing to do with the waits: the number is that of a process', () => {
    const waits = waited(1, 1202, 1205, 1204, 1203, 2410, 2404, 1202);
    expect(read(lines(...Array(8).fill('5')), waits)).toEqual([]);
    expect(read(lines(...'57 58 57 58 57 57 58 57'.split(' ')), waits)).toEqual([]);
    expect(read(lines(...Array(8).fill('500')))).toEqual([]);
  });

  it('may repeat itself where it is cut to whole seconds', () => {
    const ms = (...texts: string[]) =>
      read(lines(...texts), waited(1003, 1002, 1005, 1004, 1003, 2410)).map((one) => one.ms);
    expect(ms('1', '1', '1', '1', '1', '1')).toEqual(Array(6).fill(1000));
    expect(ms('0', '1', '1', '1', '0', '1')[1]).toBe(1000);
    expect(read(lines(...Array(6).fill('0')), waited(403, 402, 405, 404, 403, 810))).toHaveLength(6);
  });

  it('leaves lines alone that have another count of numbers than most', () => {
    expect(read(lines('753 7', '9', '754 7')).map(({ row }) => row)).toEqual([0, 2]);
    expect(rawDurations([], { spanMs: 0 })).toEqual([]);
  });
});

describe('whether the number in the place of a size is a duration', () => {
  const are = (known: KnownTimes, ...texts: string[]) => areDurations(lines(...texts), known);
  const served = ['1001191', '1052411', '1030344', '1000992', '1010044', '1004113', '1002555'];

  it('is so where those that were served at once took nearly all of their wait by it', () => {
    expect(are(waited(1004, 1055, 1031, 1003, 1013, 2004, 3011), ...served)).toBe(true);
    expect(are(waited(1004, 1055, 1031, 1003, 1013, 2004, 3011), ...served.map((us) => us.slice(0, -3)))).toBe(true);
  });

  it('is not so of sizes: they are alike, or have nothing to do with the waits', () => {
    expect(are(waited(201, 199, 200, 204, 203, 400, 600), ...served.map(() => '198'))).toBe(false);
    expect(are(waited(201, 199, 200, 204, 203, 400, 600), '54', '17', '911', '2304', '12', '77', '5015')).toBe(false);
    expect(are(waited(...served.map(() => 9000)), ...served)).toBe(false);
  });

  it('is not told without a client, or of other requests than its', () => {
    expect(are({ spanMs: 9000 }, ...served)).toBe(false);
    expect(are(waited(1004, 1055), ...served)).toBe(false);
  });
});
