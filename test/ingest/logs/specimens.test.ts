import { describe, expect, it } from 'vitest';
import { logPatterns } from '../../../src/ingest/logs/index.js';

describe('every log pattern', () => {
  it('has an id of its own', () => {
    const ids = logPatterns.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  for (const pattern of logPatterns) {
    it(`${pattern.id} takes its specimens, and no pattern before it does`, () => {
      const matchers = logPatterns.map((one) => ({ id: one.id, matcher: one.open?.() ?? one }));
      for (const line of pattern.specimens) {
        const first = matchers.find(({ matcher }) => matcher.match(line) !== undefined);
        expect([line, first?.id]).toEqual([line, pattern.id]);
      }
    });
  }
});
