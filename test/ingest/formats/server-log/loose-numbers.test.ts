import { describe, expect, it } from 'vitest';
import { looseNumbers } from '../../../../src/ingest/formats/server-log/loose-numbers.js';

const raw = (lines: readonly string[]) => lines.map((line, row) => ({ row, id: row, texts: line.split(' ') }));

describe('numbers that a log does not name', () => {
  it('are kept by column and row if they may be processes', () => {
    const columns = looseNumbers(raw(['0.836 12 7 9836939', '0.808 13 7 9808368', '0.81 12 7 9810766', '1 2']));
    expect(columns.map((column) => [...column])).toEqual([
      [
        [0, 12],
        [1, 13],
        [2, 12],
      ],
    ]);
  });
});
