import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../../src/ingest/logs/parts/wrappers.js';

describe('a line in a wrapper', () => {
  it('keeps its own time behind pm2’s', () => {
    const own = '2026-01-05T19:15:21.950Z [29] info: request 7 entered';
    expect(unwrap(`2026-01-05T19:15:21: ${own}`)).toEqual({ text: own });
    expect(unwrap(`2026-01-05T19:15:21: [${own.slice(0, 24)}] entered`).text).toMatch(/^\[2026/);
    expect(unwrap('2026-01-05T19:15:21: request 7 entered').text).toBe('2026-01-05T19:15:21: request 7 entered');
  });
});
