import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jtlCsv } from '../../../src/ingest/formats/jtl-csv.js';
import { InputFile } from '../../../src/ingest/text/input-file.js';
import { readFileWith } from '../../support/context.js';

const corpus = join(import.meta.dirname, '../../../../shared/corpus');
const found = existsSync(corpus);

interface Expected {
  readonly kind: string;
  readonly rows: number;
  /** `null`: nobody counted; for a file without rows that means none. */
  readonly err: number | null;
  readonly tc: number | null;
}

/** Where this program counts otherwise, and why. */
const DIFFERENT: Record<string, Partial<Expected>> = {
  // Its one row is cut before the success column, so nothing says how the sample ended: skipped with a problem.
  'automatictester__lightning__not_enough_columns_in_data_part.csv': { rows: 0 },
};

const counts: Record<string, Expected> = found ? JSON.parse(readFileSync(join(corpus, 'jtl-counts.json'), 'utf8')) : {};
const files = Object.entries(counts).filter(([name]) => existsSync(join(corpus, 'jtl-csv', name)));

describe.skipIf(!found)('recordings from the wild (skipped where the collection is not beside the project)', () => {
  it.each(files)('%s', async (name, expected) => {
    const path = join(corpus, 'jtl-csv', name);
    const { certainty } = jtlCsv.recognise(await new InputFile(path, name, 0).head());
    if (name.includes('NOT-JTL')) {
      expect(certainty).not.toBe('certain');
      return;
    }
    expect(certainty).toBe('certain');
    const { source } = await readFileWith(jtlCsv, path);
    const { rows, err, tc } = { ...expected, ...DIFFERENT[name] };
    expect(source.counts).toMatchObject({ samples: rows, failed: err ?? 0 });
    if (tc !== null) expect(source.counts).toMatchObject({ transactions: tc });
    expect(source.used + source.ignored + source.skipped).toBe(source.lines);
  });
});
