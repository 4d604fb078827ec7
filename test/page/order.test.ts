import { describe, expect, it } from 'vitest';
import { orderOf } from '../../src/page/order.js';

describe('the order of a column', () => {
  it('is by number', () => {
    expect(orderOf(['10', '9', '100'], 'number', 'ascending')).toEqual([1, 0, 2]);
    expect(orderOf(['10', '9', '100'], 'number', 'descending')).toEqual([2, 0, 1]);
  });

  it('is by name, and by the numbers in names', () => {
    expect(orderOf(['threads-10', 'threads-2', 'Flask'], 'text', 'ascending')).toEqual([2, 1, 0]);
  });

  it('leaves equal cells as they were, in both directions', () => {
    expect(orderOf(['1', '0', '1', '0'], 'number', 'ascending')).toEqual([1, 3, 0, 2]);
    expect(orderOf(['1', '0', '1', '0'], 'number', 'descending')).toEqual([0, 2, 1, 3]);
  });

  it('puts the unknown last, in both directions', () => {
    expect(orderOf(['', '5', '', '7'], 'number', 'ascending')).toEqual([1, 3, 0, 2]);
    expect(orderOf(['', '5', '', '7'], 'number', 'descending')).toEqual([3, 1, 0, 2]);
  });
});
