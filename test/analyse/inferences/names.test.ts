import { describe, expect, it } from 'vitest';
import { nameCountsRequests } from '../../../src/analyse/inferences/reuse/names.js';
import type { Worker } from '../../../src/model/events.js';

const pids = (...list: readonly number[]): Worker[] =>
  list.map((pid) => ({ pid, thread: 'MainThread', identity: 'numbered' }));

describe('numbers of workers of which each served once', () => {
  it('count requests where they grow, if two prints changed places, too', () => {
    expect(nameCountsRequests(pids(100, 101, 105, 104, 106, 109, 112, 113, 118, 117, 120, 121))).toBe(true);
  });

  it('are those of a pool where they come in any order', () => {
    expect(nameCountsRequests(pids(118, 101, 120, 104, 112, 109, 106, 121, 100, 117, 105, 113))).toBe(false);
  });
});
