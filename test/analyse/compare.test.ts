import { beforeAll, expect, test } from 'vitest';
import { compareRuns } from '../../src/analyse/compare.js';
import type { LoadShape, RunAnalysis } from '../../src/model/run-analysis.js';
import { jobOf, pool } from '../support/report.js';

let run: RunAnalysis;

beforeAll(async () => {
  [run] = (await jobOf({ pool: pool(4) })).analysed.runs as [RunAnalysis];
});

const USUAL: LoadShape = { perSecond: 10, requests: 100, serviceMs: 1000, durationMs: 10_000 };

/** In what each of these loads differs from most of them. */
const unlike = (...loads: readonly LoadShape[]) =>
  compareRuns(loads.map((load, i) => ({ ...run, id: `run-${i}`, load }))).rows.map((row) => row.unlike);

test('a load unlike that of most is named with what makes it so', () => {
  expect(unlike(USUAL, USUAL, { ...USUAL, serviceMs: 100 })).toEqual([[], [], ['service-time']]);
  expect(unlike({ ...USUAL, perSecond: 50, durationMs: 2000 }, USUAL, USUAL)).toEqual([['pace', 'duration'], [], []]);
});

test('loads alike within half as much again are one, and what was not recorded differs from nothing', () => {
  expect(unlike(USUAL, { ...USUAL, requests: 150 }, { requests: 100 })).toEqual([[], [], []]);
  expect(unlike(USUAL, { ...USUAL, requests: 151 })).toEqual([[], ['requests']]);
});

test('where all runs were meant to differ in one thing, it makes none of them odd', () => {
  //  pace        10   50   250
  //  requests   100  100   100
  const loads = [10, 50, 250].map((perSecond) => ({ ...USUAL, perSecond }));
  expect(unlike(...loads)).toEqual([[], [], []]);
  expect(unlike(...loads, { ...USUAL, perSecond: 1250, requests: 900 })).toEqual([[], [], [], ['requests']]);
});

test('one run is compared with nothing', () => {
  expect(unlike(USUAL)).toEqual([[]]);
});
