import { expect, it } from 'vitest';
import { commonest } from '../../../../src/analyse/inferences/overload/commonest.js';
import type { FailureKind } from '../../../../src/model/samples.js';

const told = (explained: Partial<Record<FailureKind, number>>, rest: Partial<Record<FailureKind, number>> = {}) =>
  commonest({
    byKind: new Map(Object.entries(explained).map(([kind, n]) => [kind as FailureKind, new Array<number>(n).fill(0)])),
    unexplained: new Map(Object.entries(rest) as [FailureKind, number][]),
  });

it('the commonest kind counts whatever of it the limit explains for the most part, and ties go by the order of kinds', () => {
  expect(told({})).toBeUndefined();
  expect(told({ 'http-503': 20, 'read-timeout': 15 })).toBe('http-503');
  expect(told({ 'http-503': 20, 'read-timeout': 15 }, { 'read-timeout': 5 })).toBe('read-timeout');
  // Most of these came when there was no limit.
  expect(told({ 'http-503': 20, 'read-timeout': 5 }, { 'read-timeout': 50 })).toBe('http-503');
});
