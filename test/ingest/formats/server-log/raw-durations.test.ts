import { describe, expect, it } from 'vitest';
import { rawDurations } from '../../../../src/ingest/formats/server-log/raw-durations.js';

const lines = (...texts: string[]) => texts.map((text, row) => ({ row, texts: text.split(' ') }));
const times = (...texts: string[]) => rawDurations(lines(...texts)).map(({ ms }) => Math.round(ms * 1000) / 1000);

describe('which number behind an access line is the duration', () => {
  it('is the one that differs from line to line, not the process id', () => {
    expect(times('3549765 15520', '3853474 15520', '3373776 15682')).toEqual([3549.765, 3853.474, 3373.776]);
    expect(times('57 420 3549765', '57 421 3853474', '57 420 3373776')).toEqual([3549.765, 3853.474, 3373.776]);
  });

  it('is the first with a decimal point: the whole before the part', () => {
    expect(times('345 3.108 3.107', '346 3.143 3.143')).toEqual([3108, 3143]);
  });

  it('has the unit that fits the size', () => {
    expect(times('3', '4', '3')).toEqual([3000, 4000, 3000]);
    expect(times('3003', '3004', '3001')).toEqual([3003, 3004, 3001]);
    expect(rawDurations(lines('3.25'))[0]?.resolutionMs).toBe(10);
  });

  it('leaves lines alone that have another count of numbers than most', () => {
    expect(rawDurations(lines('3003 7', '9', '3004 7')).map(({ row }) => row)).toEqual([0, 2]);
    expect(rawDurations([])).toEqual([]);
  });
});
