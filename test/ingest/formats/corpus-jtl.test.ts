import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { corpusFound, corpusList, corpusPath, readAny } from '../../support/corpus.js';

interface CsvCounts {
  readonly kind: 'csv';
  readonly rows: number;
  /** `null`: nobody counted; for a file without rows that means none. */
  readonly err: number | null;
  readonly tc: number | null;
}
interface XmlCounts {
  readonly kind: 'xml';
  readonly top: number;
  readonly topF: number;
  readonly nested: number;
}
interface Pair {
  readonly rule: string;
  readonly csv: string;
  readonly xml: string;
  readonly agree: boolean;
}

/** Where this program counts otherwise, and why. */
const DIFFERENT: Record<string, Partial<CsvCounts> & Partial<XmlCounts>> = {
  // Its one row is cut before the success column, so nothing says how the sample ended: skipped with a problem.
  'automatictester__lightning__not_enough_columns_in_data_part.csv': { rows: 0 },
  // Objects that XStream dumped: whoever counts elements with the usual attributes finds none of the three.
  'Blazemeter__taurus__nonstandard-unicode.jtl': { top: 3, topF: 3 },
};

const counts = corpusFound ? corpusList<Record<string, CsvCounts | XmlCounts>>('jtl-counts.json') : {};
const pairs = corpusFound ? corpusList<readonly Pair[]>('jtl-pairs.json') : [];
const folderOf = (name: string) => (existsSync(corpusPath('jtl-csv', name)) ? 'jtl-csv' : 'jtl-xml');
const files = Object.entries(counts).filter(([name]) => existsSync(corpusPath(folderOf(name), name)));

describe.skipIf(!corpusFound)('results from the wild (skipped where the collection is not beside the project)', () => {
  it.each(files)('%s', async (name, known) => {
    const { format, reading } = await readAny(corpusPath(folderOf(name), name));
    if (name.includes('NOT-JTL')) {
      expect(reading?.source.kind).not.toBe('client-samples');
      return;
    }
    const expected = { ...known, ...DIFFERENT[name] };
    expect(format).toBe(expected.kind === 'xml' ? 'jtl-xml' : 'jtl-csv');
    const { source } = reading!;
    if (expected.kind === 'xml') {
      expect(source.counts).toMatchObject({
        samples: expected.top,
        failed: expected.topF,
        subSamples: expected.nested,
      });
    } else {
      expect(source.counts).toMatchObject({ samples: expected.rows, failed: expected.err ?? 0 });
      if (expected.tc !== null) expect(source.counts).toMatchObject({ transactions: expected.tc });
    }
    expect(source.used + source.ignored + source.skipped).toBe(source.lines);
  });

  it.each(pairs)('$csv and $xml', async ({ rule, csv, xml, agree }) => {
    const [rows, elements] = await Promise.all([
      readAny(corpusPath('jtl-csv', csv)),
      readAny(corpusPath('jtl-xml', xml)),
    ]);
    const [a, b] = [rows.reading!.source.counts, elements.reading!.source.counts];
    const same = rule.startsWith('failed')
      ? a.failed === b.samples
      : a.samples === b.samples && a.failed === b.failed && a.transactions === b.transactions;
    expect(same).toBe(agree);
  });
});
