import { describe, expect, it } from 'vitest';
import { append } from '../../src/model/append.js';

describe('append', () => {
  it('begins a list per key and keeps the order in which values came', () => {
    const lists = new Map<string, number[]>();
    append(lists, 'a', 3);
    append(lists, 'b', 2);
    append(lists, 'a', 1);
    expect([...lists]).toEqual([
      ['a', [3, 1]],
      ['b', [2]],
    ]);
  });
});
